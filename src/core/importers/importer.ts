// What an importer is: one format, from one file to its posts.
import { toKindredError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { ImportIssue } from '../libraryApi.ts';
import type { Post } from '../post.ts';

export type ImportEvent =
  /** `item` names the place within a file of many posts. */
  | { kind: 'post'; post: Post; file: string; item?: string }
  | { kind: 'issue'; issue: ImportIssue }
  /** Left out on purpose: a draft of the author's, or a file that is no post. */
  | { kind: 'skipped'; file: string; reason: 'draft' | 'not-a-post' };

/** One file of an import, read on demand. */
export interface SourceFile {
  /** As chosen, with forward slashes. */
  readonly path: string;
  readonly blob: Blob;
  /**
   * The whole text, decoded; no byte order mark, no NUL. Rejects with `file-encoding` when the bytes are no text of the encoding
   * they claim, `file-unreadable` when the file has gone.
   */
  text(): Promise<string>;
}

export interface ImporterContext {
  /** What the author calls the place that the files come from. */
  readonly source: string;
  readonly signal: AbortSignal | undefined;
  /** The text of another file of the same import, by a path relative to `from`; null when it was not chosen. */
  sibling(from: string, path: string): Promise<string | null>;
  /** How the site makes addresses for files below a folder, where its configuration says so. */
  permalinkFor(path: string): string | null;
  /** Called with bytes as a streaming importer gets on. */
  readonly onBytes: (bytes: number) => void;
}

export interface Importer {
  /** Named in messages to the author. */
  readonly label: string;
  /** Larger files are refused before they are read; Infinity for a format read as a stream. */
  readonly maxBytes: number;
  /** Posts and issues of one file. What it throws becomes one more issue of the file. */
  read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent>;
}

/** An error as an issue; its message names the item. `code` for errors that carry none. */
export function issueFrom(error: unknown, code: ErrorCode, item: string): ImportEvent {
  const known = toKindredError(error, code, item);
  const message = known.message.includes(item) ? known.message : `${item} could not be read. ${known.message}`;
  return issueEvent(known.code, item, message);
}

export function issueEvent(code: ErrorCode, item: string, message: string): ImportEvent {
  return { kind: 'issue', issue: { code, item, message } };
}
