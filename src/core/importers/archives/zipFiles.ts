// Members of a zip archive, read where they lie: nothing is unpacked before it is wanted.
import { BlobReader, configure, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import { KindredError } from '../../errors.ts';
import { fileOfBytes, fileOfStream, gather } from '../foundFile.ts';
import type { FoundFile } from '../foundFile.ts';
import { brokenArchive, checkMembers, checkUnpacked } from './archiveLimits.ts';
import { checkedStream } from './checkedStream.ts';
import { memberPath, memberRoot } from './memberPath.ts';
import { unsafeName } from './unsafeName.ts';

/** Small members are unpacked once, for their head and their text. In bytes. */
const HELD_WHOLE = 1024 * 1024;

export interface Members {
  files: FoundFile[];
  /** Names that point out of the archive, and members under a password. */
  refused: KindredError[];
}

/** Rejects with `archive-broken` when its directory can't be read, `archive-unsafe` when it would unpack to too much. */
export async function zipFiles(blob: Blob, item: string, weight: number): Promise<Members> {
  // A worker of its own would be one more thing that can die; the platform unpacks off the thread anyway.
  configure({ useWebWorkers: false });
  const entries = await listEntries(blob, item);
  const refused: KindredError[] = [];
  const kept: { entry: FileEntry; path: string }[] = [];
  for (const entry of entries) {
    const path = memberPath(entry.filename);
    if (path === null) refused.push(unsafeName(entry.filename, item));
    else if (entry.encrypted) refused.push(locked(path, item));
    else kept.push({ entry, path });
  }
  const root = memberRoot(
    item,
    kept.map(({ path }) => path),
  );
  const packed = Math.max(
    1,
    kept.reduce((sum, { entry }) => sum + entry.compressedSize, 0),
  );
  const files = kept.map(({ entry, path }) => memberFile(entry, root + path, (weight * entry.compressedSize) / packed));
  return { files, refused };
}

async function listEntries(blob: Blob, item: string): Promise<FileEntry[]> {
  const files: FileEntry[] = [];
  let unpacked = 0;
  try {
    // Names are judged one by one below, so that one bad name costs one member and not the archive.
    const reader = new ZipReader(new BlobReader(blob), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      files.push(entry);
      unpacked += entry.uncompressedSize;
      checkMembers(files.length, item);
      checkUnpacked(unpacked, blob.size, item);
    }
  } catch (cause) {
    throw brokenArchive(item, cause);
  }
  return files;
}

function memberFile(entry: FileEntry, path: string, weight: number): FoundFile {
  const place = { path, size: entry.uncompressedSize, weight };
  const stream = (): ReadableStream<Uint8Array> => unpack(entry, path);
  if (entry.uncompressedSize > HELD_WHOLE) {
    const again = (): FoundFile => fileOfStream(place, stream);
    return {
      ...place,
      type: '',
      head: async () => {
        const once = again();
        const head = await once.head();
        await once.stream().cancel();
        return head;
      },
      whole: () => gather(stream()),
      stream,
    };
  }
  // Kept only until it is read as a whole: of an archive one small member is held at a time.
  let held: Promise<Uint8Array<ArrayBuffer>> | null = null;
  const whole = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await (held ?? gather(stream()));
    held = null;
    return bytes;
  };
  return {
    ...place,
    type: '',
    head: async () => fileOfBytes(path, await (held ??= gather(stream())), 0).head(),
    whole,
    stream,
  };
}

/** What goes wrong while unpacking comes as an error that names the member. */
function unpack(entry: FileEntry, path: string): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  entry.getData(writable, { checkSignature: true }).catch((cause: unknown) => {
    failure = cause;
    void writable.abort(cause).catch(() => undefined);
  });
  return checkedStream(readable, {
    check: (length) => {
      if (length > entry.uncompressedSize) throw wrongSize(path);
    },
    failed: (cause) => brokenArchive(path, failure ?? cause),
  });
}

function wrongSize(item: string): KindredError {
  return new KindredError(
    'archive-unsafe',
    `${item} unpacks to more than its archive says, so it was not read further. Unpack the archive yourself and add the folder.`,
    { item },
  );
}

function locked(path: string, item: string): KindredError {
  return new KindredError(
    'archive-locked',
    `${path} in ${item} is under a password. Unpack the archive yourself and add the folder.`,
    { item: path },
  );
}
