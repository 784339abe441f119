// An archive of any kind as the files in it.
import { KindredError } from '../../errors.ts';
import { FileSet } from '../fileSet.ts';
import { fileOfStream, gather } from '../foundFile.ts';
import type { FoundFile } from '../foundFile.ts';
import type { ArchiveKind } from './archiveKind.ts';
import { archiveKind } from './archiveKind.ts';
import { brokenArchive, checkUnpacked, LARGEST_INNER } from './archiveLimits.ts';
import { checkedStream } from './checkedStream.ts';
import { archiveStem } from './memberPath.ts';
import { tarFiles } from './tarFiles.ts';
import { zipFiles } from './zipFiles.ts';

export interface OpenedArchive {
  set: FileSet;
  /** What of the archive is left out, and why. */
  refused: KindredError[];
}

export interface OpenOptions {
  signal: AbortSignal | undefined;
  /** Called with the share of the archive that was read in finding its members. */
  onWeight: (weight: number) => void;
}

/** Office documents and the like are zips too, but hold no posts. */
const OTHER_ZIPS = /(?:^|\/)(?:\[Content_Types\]\.xml|META-INF\/MANIFEST\.MF|META-INF\/container\.xml)$/;

/** Rejects with `archive-broken`, `archive-unsafe`, `archive-locked` or `format-unknown`, or with the signal's reason. */
export async function openArchive(file: FoundFile, kind: ArchiveKind, options: OpenOptions): Promise<OpenedArchive> {
  switch (kind) {
    case 'zip':
      return openZip(file);
    case 'tar':
      return openTar(file, () => file.stream(), options);
    case 'gzip':
      return openGzip(file, options);
  }
}

async function openZip(file: FoundFile): Promise<OpenedArchive> {
  const { path, weight } = file;
  const { files, refused } = await zipFiles(await inOnePlace(file), path, weight);
  if (files.some(({ path: member }) => OTHER_ZIPS.test(member))) {
    throw new KindredError(
      'format-unknown',
      `${path} is a document or a program, not an archive of posts. Save its text as Markdown or HTML and add that.`,
      { item: path },
    );
  }
  return { set: new FileSet(files), refused };
}

/** A zip is read from its end: one that lies in another archive has to be held. */
async function inOnePlace(file: FoundFile): Promise<Blob> {
  if (file.blob !== undefined) return file.blob;
  if (file.size > LARGEST_INNER) {
    throw new KindredError(
      'archive-unsafe',
      `${file.path} is an archive in an archive and has more than ${LARGEST_INNER / 1024 / 1024} MB. Unpack the outer one and add this one by itself.`,
      { item: file.path },
    );
  }
  return new Blob([await file.whole()]);
}

async function openTar(
  { path, weight, size }: FoundFile,
  open: () => ReadableStream<Uint8Array>,
  { signal, onWeight }: OpenOptions,
): Promise<OpenedArchive> {
  const { held, streamed, paths, refused } = await tarFiles({
    item: path,
    packed: size,
    weight,
    open,
    signal,
    onWeight,
  });
  return { set: new FileSet(held, { streamed, paths }), refused };
}

async function openGzip(file: FoundFile, options: OpenOptions): Promise<OpenedArchive> {
  // Within an archive a stream comes once, and this one may be wanted twice.
  const source = file.blob ?? new Blob([await file.whole()]);
  const open = (): ReadableStream<Uint8Array> => gunzip(source, file.path);
  const place = { path: unpackedName(file.path), size: file.size, weight: file.weight };
  const head = await headOf(fileOfStream(place, open));
  if (archiveKind(head) === 'tar') return openTar(file, open, options);
  const single: FoundFile = {
    ...place,
    type: '',
    head: async () => head,
    whole: () => gather(open()),
    stream: open,
  };
  return { set: new FileSet([single]), refused: [] };
}

async function headOf(file: FoundFile): Promise<Uint8Array> {
  const head = await file.head();
  await file.stream().cancel();
  return head;
}

function gunzip(source: Blob, item: string): ReadableStream<Uint8Array> {
  return checkedStream(source.stream().pipeThrough(new DecompressionStream('gzip')), {
    check: (length) => checkUnpacked(length, source.size, item),
    failed: (cause) => brokenArchive(item, cause),
  });
}

/** posts.jsonl.gz holds posts.jsonl. */
function unpackedName(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder + archiveStem(path);
}
