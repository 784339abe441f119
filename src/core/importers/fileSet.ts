// The files of one import, for posts that name another file of it.
import type { ImportFile } from '../libraryApi.ts';
import { decodeText } from './decodeText.ts';
import { splitName } from './postFiles.ts';
import { readBytes } from './readBytes.ts';

/** Larger transcripts than this are none: some forty hours of speech. In bytes. */
const LARGEST_SIBLING = 8 * 1024 * 1024;

export class FileSet {
  readonly #files: readonly ImportFile[];
  readonly #byPath: ReadonlyMap<string, ImportFile>;
  readonly #read = new Set<ImportFile>();

  constructor(files: readonly ImportFile[]) {
    this.#files = files;
    this.#byPath = new Map(files.map((file) => [file.path, file]));
  }

  /** As chosen, but transcripts last: by then it is known which of them posts have taken in. */
  *inReadingOrder(): Generator<ImportFile> {
    yield* this.#files.filter((file) => !isTranscript(file));
    yield* this.#files.filter(isTranscript);
  }

  wasRead(file: ImportFile): boolean {
    return this.#read.has(file);
  }

  /** The text of a file named relative to another, or null. Rejects with `file-encoding` where it is no text, `file-unreadable` where it has gone. */
  async sibling(from: string, path: string): Promise<string | null> {
    const file = this.#byPath.get(resolvePath(from, path)) ?? this.#byPath.get(resolvePath('', path));
    if (file === undefined || file.blob.size > LARGEST_SIBLING) return null;
    this.#read.add(file);
    return decodeText(await readBytes(file.blob, file.path), { item: file.path });
  }
}

function isTranscript(file: ImportFile): boolean {
  const { extension } = splitName(file.path);
  return extension === 'vtt' || extension === 'srt';
}

function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
