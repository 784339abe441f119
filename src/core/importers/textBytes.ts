// How much text files may hold at most, without reading them: by their sizes, and for archives by what they unpack to.
import type { ImportFile } from '../libraryApi.ts';
import { archiveKind, type ArchiveKind } from './archives/archiveKind.ts';
import { FileSet } from './fileSet.ts';
import { fileOfBlob, type FoundFile } from './foundFile.ts';
import { lazyPart } from './lazyParts.ts';
import { mayBePost } from './postFiles.ts';

/** An archive in an archive is not opened for this. What prose unpacks to, times its size. */
const UNPACKS_TO = 3;
/** Smaller files are no archive that matters: their first bytes are not looked at. In bytes. */
const SMALL = 64 * 1024;

/** In bytes, pictures and what else is no post left out. Rejects with the signal's reason. */
export async function mostTextBytes(files: readonly ImportFile[], signal?: AbortSignal): Promise<number> {
  const found = files.map(fileOfBlob);
  const { hasMarkdown } = new FileSet(found);
  let sum = 0;
  for (const file of found) {
    signal?.throwIfAborted();
    if (mayBePost(file.path, hasMarkdown)) sum += await textBytesOf(file);
  }
  return sum;
}

async function textBytesOf(file: FoundFile): Promise<number> {
  // The import itself will say what is wrong with a file that can't be read.
  const kind = file.size < SMALL ? null : await file.head().then(archiveKind, () => null);
  if (kind === null) return file.size;
  if (kind !== 'zip') return unpacked(kind, file.size);
  const members = await membersOf(file).catch(() => null);
  if (members === null) return unpacked(kind, file.size);
  const { hasMarkdown } = new FileSet(members);
  return members
    .filter(({ path }) => mayBePost(path, hasMarkdown))
    .reduce((sum, { path, size }) => sum + (ARCHIVE.test(path) ? unpacked('zip', size) : size), 0);
}

const ARCHIVE = /\.(?:zip|tgz|gz)$/i;
const unpacked = (kind: ArchiveKind, size: number): number => (kind === 'tar' ? size : size * UNPACKS_TO);

async function membersOf(file: FoundFile): Promise<readonly FoundFile[]> {
  const { openArchive } = await lazyPart('archives', file.path);
  const { set } = await openArchive(file, 'zip', { signal: undefined, onWeight: () => undefined });
  return set.files;
}
