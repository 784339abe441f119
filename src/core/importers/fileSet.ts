// The files of one import, or of one archive, for posts that name another file of it.
import { KindredError } from '../errors.ts';
import { decodeText } from './decodeText.ts';
import type { FoundFile } from './foundFile.ts';
import { isMarkdownPost, splitName } from './postFiles.ts';

const MB = 1024 * 1024;
/** Files that others name are read whole, some of them once for each that names them. In bytes. */
const LARGEST_SIBLING = 64 * MB;

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
  readonly #passing: ReadonlySet<string>;
  readonly #read = new Set<FoundFile>();

  constructor(files: readonly FoundFile[], streamed?: StreamedFiles) {
    this.files = files;
    this.streamed = streamed?.streamed ?? null;
    this.paths = streamed?.paths ?? files.map(({ path }) => path);
    this.hasMarkdown = this.paths.some(isMarkdownPost);
    this.#byPath = new Map(files.map((file) => [file.path, file]));
    this.#passing = new Set(this.paths.filter((path) => !this.#byPath.has(path)));
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

  /**
   * The text of a file named relative to another; null where there is none. Rejects with `file-too-large` where the file, or the
   * archive it lies in, is too large for that, `file-encoding` where it is no text, `file-unreadable` where it has gone.
   */
  async sibling(from: string, path: string): Promise<string | null> {
    const names = [resolvePath(from, path), resolvePath('', path)];
    const file = names.map((name) => this.#byPath.get(name)).find((one) => one !== undefined);
    if (file === undefined) {
      const passing = names.find((name) => this.#passing.has(name));
      if (passing !== undefined) throw notKept(passing);
      return null;
    }
    if (file.size > LARGEST_SIBLING) throw tooLargeToName(file);
    this.#read.add(file);
    return decodeText(await file.whole(), { item: file.path });
  }
}

function tooLargeToName({ path, size }: FoundFile): KindredError {
  const mb = (bytes: number): number => Math.round(bytes / MB);
  return new KindredError(
    'file-too-large',
    `${path} has ${mb(size)} MB; a file that a post names may have ${mb(LARGEST_SIBLING)} MB. What names it came in without it: split it, then add both again.`,
    { item: path },
  );
}

/** Of a large archive that is read as a stream not every file can be kept for a post that comes later. */
function notKept(path: string): KindredError {
  return new KindredError(
    'file-too-large',
    `${path} lies in an archive too large to keep all of it at hand. What names it came in without it: unpack the archive, then add its folder.`,
    { item: path },
  );
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
