// Members of a tar archive, packed or not: read as a stream, since nothing but reading tells where they lie.
import { createTarDecoder } from 'modern-tar';
import type { KindredError } from '../../errors.ts';
import { chunksOf, fileOfBytes, fileOfStream, gather } from '../foundFile.ts';
import type { FoundFile } from '../foundFile.ts';
import { brokenArchive, checkMembers, checkUnpacked } from './archiveLimits.ts';
import { memberPath, memberRoot } from './memberPath.ts';
import { unsafeName } from './unsafeName.ts';

const MB = 1024 * 1024;
/** Members are held while they are found as long as they fit here; of a larger archive only those that others name. In bytes. */
const MOST_HELD = 48 * MB;
const LARGEST_COMPANION = 2 * MB;
/** What posts name, and what tells of the site: it must be at hand whenever a post wants it. */
const COMPANION =
  /\.(?:vtt|srt|csv|ya?ml|toml)$|(?:^|\/)[^/]*(?:11tydata|config)[^/]*$|(?:^|\/)sitemap[^/]*\.xml$|transcript.*\.(?:txt|json|html?)$/i;
/** Finding the members and reading the posts each count as half of the archive. */
const HALF = 0.5;
/** What text unpacks to, for progress before the end is known. */
const USUAL_TIMES = 3;

export interface TarMembers {
  /** Those held: to be read at any time. */
  held: FoundFile[];
  /** The others, in the order of the archive; each must be read before the next is asked for. */
  streamed: AsyncIterable<FoundFile>;
  paths: string[];
  refused: KindredError[];
}

export interface TarSource {
  item: string;
  /** Bytes of the archive as it lies there. */
  packed: number;
  weight: number;
  /** The tar itself, unpacked; may be called twice. */
  open(): ReadableStream<Uint8Array>;
  signal: AbortSignal | undefined;
  onWeight(weight: number): void;
}

/** Rejects with `archive-broken` or `archive-unsafe`, or with the signal's reason. */
export async function tarFiles(source: TarSource): Promise<TarMembers> {
  const { item, packed, weight } = source;
  const refused: KindredError[] = [];
  const found: { path: string; size: number; bytes: Uint8Array<ArrayBuffer> | null }[] = [];
  let unpacked = 0;
  let heldBytes = 0;
  let holdsAll = true;
  let told = 0;
  for await (const { name, size, body } of members(source)) {
    unpacked += size;
    checkMembers(found.length + 1, item);
    checkUnpacked(unpacked, packed, item);
    const path = memberPath(name);
    if (path === null) {
      refused.push(unsafeName(name, item));
      await body.cancel();
      continue;
    }
    if (holdsAll && heldBytes + size > MOST_HELD) {
      holdsAll = false;
      for (const one of found) if (one.bytes !== null && !isCompanion(one)) one.bytes = null;
      heldBytes = found.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
    }
    const holds = (holdsAll || isCompanion({ path, size })) && heldBytes + size <= MOST_HELD;
    const bytes = holds ? await gather(body) : null;
    if (holds) heldBytes += size;
    else await body.cancel();
    found.push({ path, size, bytes });
    const share = weight * HALF * Math.min(1, unpacked / (packed * USUAL_TIMES));
    source.onWeight(share - told);
    told = share;
  }
  source.onWeight(weight * HALF - told);
  const names = found.map(({ path }) => path);
  const root = memberRoot(item, names);
  const share = (size: number): number => (weight * HALF * size) / Math.max(1, unpacked);
  return {
    held: found.flatMap(({ path, size, bytes }) =>
      bytes === null ? [] : [fileOfBytes(root + path, bytes, share(size))],
    ),
    streamed: streamed(
      source,
      new Set(found.flatMap(({ path, bytes }) => (bytes === null ? [path] : []))),
      root,
      share,
    ),
    paths: names.map((path) => root + path),
    refused,
  };
}

const isCompanion = ({ path, size }: { path: string; size: number }): boolean =>
  size <= LARGEST_COMPANION && COMPANION.test(path);

async function* streamed(
  source: TarSource,
  wanted: ReadonlySet<string>,
  root: string,
  share: (size: number) => number,
): AsyncGenerator<FoundFile> {
  if (wanted.size === 0) return;
  for await (const { name, size, body } of members(source)) {
    const path = memberPath(name);
    if (path === null || !wanted.has(path)) {
      await body.cancel();
      continue;
    }
    const file = fileOfStream({ path: root + path, size, weight: share(size) }, () => body);
    yield file;
    // Whatever was left unread is in the way of the next member.
    if (!body.locked) await body.cancel();
    else await file.stream().cancel();
  }
}

async function* members(
  source: TarSource,
): AsyncGenerator<{ name: string; size: number; body: ReadableStream<Uint8Array> }> {
  const { item, signal } = source;
  try {
    const entries = source.open().pipeThrough(createTarDecoder({ strict: true }));
    for await (const { header, body } of chunksOf(entries, signal)) {
      if (header.type === undefined || header.type === 'file') yield { name: header.name, size: header.size, body };
      else await body.cancel();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw brokenArchive(item, cause);
  }
}
