// What an importer is: one format, from one file to its posts.
import { toKindredError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { ColumnChoice, ImportIssue, LeftOut, UnclearTable } from '../libraryApi.ts';
import type { Post, StructuredText } from '../post.ts';

/** Left out on purpose: what the author has not published, or what is no post. */
export type SkipReason = LeftOut | 'not-a-post';

export interface ImportIssueEvent {
  kind: 'issue';
  issue: ImportIssue;
}

export type ImportEvent =
  /** `item` names the place within a file of many posts. */
  | { kind: 'post'; post: Post; file: string; item?: string }
  | ImportIssueEvent
  | { kind: 'skipped'; file: string; reason: SkipReason }
  /** A table whose columns the author has to name. */
  | { kind: 'table'; table: UnclearTable };

/** One file of an import, read on demand. */
export interface SourceFile {
  /** As chosen, with forward slashes. */
  readonly path: string;
  /** All bytes; no more than the importer's `maxBytes`, else it rejects with `file-too-large`. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The whole text, decoded; no byte order mark, no NUL. Rejects with `file-encoding` when the bytes are no text of the encoding
   * they claim, `file-unreadable` when the file has gone.
   */
  text(): Promise<string>;
  /** The bytes in pieces, counted for progress; stops with the signal's reason. */
  chunks(): AsyncGenerator<Uint8Array>;
}

export interface ImporterContext {
  /** What the author calls the place that the files come from. */
  readonly source: string;
  readonly signal: AbortSignal | undefined;
  /** What is left out unless asked for. */
  readonly include: ReadonlySet<LeftOut>;
  /** Which columns of a table hold what, where the author has said so. */
  readonly columns: ColumnChoice | null;
  /**
   * The text of another file of the same import, by a path relative to `from`; null when it was not chosen. Rejects with
   * `file-too-large`, `file-encoding` or `file-unreadable` where it cannot be had.
   */
  sibling(from: string, path: string): Promise<string | null>;
  /** The path of a file of the same import for which `test` holds, or null. */
  find(test: (path: string) => boolean): string | null;
  /** Tells the author of something besides the posts; of the same item once, however many posts meet it. */
  tell(issue: ImportIssueEvent): void;
  /** Reads Markdown, in the way that is worth it for so many files. Throws `format-broken` when it nests too deep. */
  readonly markdownToText: (markdown: string) => StructuredText;
  /** How the site makes addresses for files below a folder, where its configuration says so. */
  permalinkFor(path: string): string | null;
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
export function issueFrom(error: unknown, code: ErrorCode, item: string): ImportIssueEvent {
  const known = toKindredError(error, code, item);
  const message = known.message.includes(item) ? known.message : `${item} could not be read. ${known.message}`;
  return issueEvent(known.code, item, message);
}

export function issueEvent(code: ErrorCode, item: string, message: string): ImportIssueEvent {
  return { kind: 'issue', issue: { code, item, message } };
}
