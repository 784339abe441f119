// The files of one import, or of one archive, for posts that name another file of it.
import { decodeText } from './decodeText.ts';
import type { FoundFile } from './foundFile.ts';
import { isMarkdownPost, splitName } from './postFiles.ts';

/** Larger files than this are no companion of a post: some forty hours of speech. In bytes. */
const LARGEST_SIBLING = 8 * 1024 * 1024;

export interface StreamedFiles {
  /** Files that come once, in their own order, before those of the set. */
  streamed: AsyncIterable<FoundFile>;
  /** Of all files, those that come once too. */
  paths: readonly string[];
}

export class FileSet {
  readonly files: readonly FoundFile[];
  readonly paths: readonly string[];
  readonly streamed: AsyncIterable<FoundFile> | null;
  /** Pages of HTML beside posts in Markdown are what a site's generator makes, or makes pages of. */
  readonly hasMarkdown: boolean;
  readonly #byPath: ReadonlyMap<string, FoundFile>;
  readonly #read = new Set<FoundFile>();

  constructor(files: readonly FoundFile[], streamed?: StreamedFiles) {
    this.files = files;
    this.streamed = streamed?.streamed ?? null;
    this.paths = streamed?.paths ?? files.map(({ path }) => path);
    this.hasMarkdown = this.paths.some(isMarkdownPost);
    this.#byPath = new Map(files.map((file) => [file.path, file]));
  }

  /** As chosen, but tables first, since they may name other files, and what may be a transcript last: by then it is known which were taken in. */
  *inReadingOrder(): Generator<FoundFile> {
    for (const turn of [0, 1, 2, 3]) yield* this.files.filter((file) => turnOf(file) === turn);
  }

  wasRead(file: FoundFile): boolean {
    return this.#read.has(file);
  }

  /** The path of a file for which `test` holds, or null. */
  find(test: (path: string) => boolean): string | null {
    return this.paths.find(test) ?? null;
  }

  /** The text of a file named relative to another, or null. Rejects with `file-encoding` where it is no text, `file-unreadable` where it has gone. */
  async sibling(from: string, path: string): Promise<string | null> {
    const file = this.#byPath.get(resolvePath(from, path)) ?? this.#byPath.get(resolvePath('', path));
    if (file === undefined || file.size > LARGEST_SIBLING) return null;
    this.#read.add(file);
    return decodeText(await file.whole(), { item: file.path });
  }
}

/** Pages, JSON and plain text are transcripts where a feed names them; JSON may tell of a video and name its captions. */
const TURNS: ReadonlyMap<string, number> = new Map([
  ['csv', 0],
  ['html', 2],
  ['htm', 2],
  ['json', 2],
  ['txt', 2],
  ['srt', 3],
  ['vtt', 3],
]);

const turnOf = ({ path }: FoundFile): number => TURNS.get(splitName(path).extension) ?? 1;

function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
