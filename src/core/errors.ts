// Every error that Kindred raises on purpose: one class, one union of codes, the cause kept.

/** What went wrong, for code to branch on and for the user interface to turn into text. */
export type ErrorCode =
  // Files and feeds brought in by the author
  | 'file-empty'
  | 'file-too-large'
  | 'file-encoding'
  | 'file-unreadable'
  | 'format-unknown'
  | 'format-broken'
  | 'front-matter-broken'
  | 'feed-is-html'
  | 'feed-entities'
  | 'feed-list'
  // Feeds and folders that are followed
  | 'feed-server'
  | 'feed-address'
  | 'feed-unreachable'
  | 'feed-unfit'
  | 'folder-lost'
  | 'archive-broken'
  | 'archive-unsafe'
  | 'archive-locked'
  | 'post-without-text'
  | 'post-too-long'
  | 'post-id-twice'
  // Model files
  | 'model-missing'
  | 'model-damaged'
  | 'model-truncated'
  | 'model-network'
  | 'manifest-invalid'
  // Running the model
  | 'wasm-simd-missing'
  | 'backend-failed'
  | 'probes-disagree'
  | 'text-too-long'
  | 'space-mismatch'
  // Storage
  | 'storage-missing'
  | 'storage-full'
  | 'storage-blocked'
  | 'storage-newer'
  | 'storage-failed'
  // Backups
  | 'backup-unknown'
  | 'backup-damaged'
  | 'backup-newer'
  // Tabs
  | 'taken-over'
  | 'tab-outdated'
  // Workers
  | 'worker-crashed'
  | 'disposed'
  | 'unexpected';

export interface KindredErrorOptions {
  /** The file, post or address the error is about. */
  item?: string;
  cause?: unknown;
}

/** The message says what happened, to which item, and what to do next. */
export class KindredError extends Error {
  override readonly name = 'KindredError';
  readonly code: ErrorCode;
  readonly item: string | undefined;

  constructor(code: ErrorCode, message: string, options: KindredErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.item = options.item;
  }
}

export function isKindredError(error: unknown, code?: ErrorCode): error is KindredError {
  return error instanceof KindredError && (code === undefined || error.code === code);
}

/** True for the rejection of an aborted call, whichever signal caused it. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Anything thrown, as a KindredError; a KindredError passes through untouched. */
export function toKindredError(error: unknown, code: ErrorCode = 'unexpected', item?: string): KindredError {
  if (error instanceof KindredError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KindredError(code, message, item === undefined ? { cause: error } : { item, cause: error });
}
