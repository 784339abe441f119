// What the library offers for keeping it elsewhere: backups, restores and exports. Part of LibraryApi.

export interface BackupProgress {
  step: 'writing' | 'checking' | 'restoring' | 'finishing';
  postsDone: number;
  postsTotal: number;
  elapsedMs: number;
}

export interface BackupOptions {
  /** With vectors, so that nothing is embedded again where it is restored. */
  vectors: boolean;
  /** What the page remembers by itself, as JSON; given back by a restore. */
  page: unknown;
  /** Where the author wants the file; null to get it as a Blob. It is replaced only once the backup is whole. */
  to: FileSystemFileHandle | null;
  signal?: AbortSignal;
  onProgress?: (progress: BackupProgress) => void;
}

/** A file that was written. */
export interface WrittenFile {
  bytes: number;
  posts: number;
  /** Passages with a vector. */
  vectors: number;
  drafts: number;
  /** Posts that could not be read from this browser's database, and are not in the file. */
  unreadable: number;
  /** Null where it went to a place that the author chose. */
  blob: Blob | null;
}

/** What a backup holds and what restoring it would do, the file having been checked to its end. */
export interface BackupContents {
  /** Milliseconds since the epoch. */
  madeAt: number;
  bytes: number;
  posts: number;
  drafts: number;
  vectors: number;
  /** Model that its vectors are of; null where it has none. */
  model: string | null;
  /** Posts of it that the library lacks, has in another version, and has as they are. */
  added: number;
  differing: number;
  same: number;
  /** Posts and drafts of the library that it lacks: they go when it replaces the library. */
  otherPosts: number;
  otherDrafts: number;
}

/** `merge` adds, and where both have a post or a draft keeps the newer; `replace` makes the library what the backup is. */
export type RestoreMode = 'merge' | 'replace';

export interface RestoreOptions {
  mode: RestoreMode;
  /** False embeds everything again. */
  vectors: boolean;
  /** What the page remembers by itself before the restore, as JSON; given back by `undoRestore`. */
  page?: unknown;
  /** One that is sent again under the id that it was sent with first is not done twice. */
  id?: string;
  signal?: AbortSignal;
  onProgress?: (progress: BackupProgress) => void;
}

export interface RestoreReport {
  /** Names the restore for `undoRestore`. */
  id: string;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  drafts: number;
  /** Vectors taken over. */
  vectors: number;
  /** Posts that are embedded again: their vectors are not in the file, or are of a model that the library is not read with. */
  queued: number;
  page: unknown;
}

/** `json-lines`: one post a line, with its passages and their vectors. `npy`: one NumPy record a passage, with ids. */
export type ExportFormat = 'json-lines' | 'npy';

export interface ExportOptions {
  format: ExportFormat;
  to: FileSystemFileHandle | null;
  signal?: AbortSignal;
  onProgress?: (progress: BackupProgress) => void;
}

export interface BackupApi {
  /** Writes all posts, drafts and settings into one file. Rejects with the signal's reason, and then leaves no file. */
  writeBackup(options: BackupOptions): Promise<WrittenFile>;
  /** Reads a file to its end without changing anything. Rejects with `backup-unknown`, `backup-damaged` or `backup-newer`. */
  inspectBackup(
    file: Blob,
    options?: { signal?: AbortSignal; onProgress?: (progress: BackupProgress) => void },
  ): Promise<BackupContents>;
  /**
   * Checks the whole file, then restores it: all of it, or, when it rejects or the page goes away meanwhile, nothing.
   * Rejects as `inspectBackup`, with `storage-full`, or with the signal's reason.
   */
  restoreBackup(file: Blob, options: RestoreOptions): Promise<RestoreReport>;
  /**
   * Makes the library what it was before the last restore, in one step, and gives what the page remembered then. For a week,
   * unless it is forgotten or another restore is made; then rejects with `unexpected`. Posts are read again where their
   * vectors have made room for others meanwhile.
   */
  undoRestore(id: string): Promise<unknown>;
  /** The last restore, while it can be taken back; null when there is none. */
  restoreToUndo(): Promise<RestoreReport | null>;
  /** Gives up the room of what takes a restore back; nothing happens where another one was made since. */
  forgetRestore(id: string): Promise<void>;
  exportPosts(options: ExportOptions): Promise<WrittenFile>;
}
