// What the library offers to the page. `Library` implements it in the worker; the page holds a typed proxy of it.
import type { BackupApi } from './backupApi.ts';
import type { CrossPostApi } from './crossPostApi.ts';
import type { PreviewApi } from './previewApi.ts';
import type { ModelsStatus } from './modelChoice.ts';
import type { RoomApi } from './roomApi.ts';
import type { FollowApi } from './followApi.ts';
import type { DevicePlan, ExecutionProvider, ModelState, Refusable } from './status.ts';
import type { Draft, DraftId, DraftQuery } from './draft.ts';
import type { ErrorCode } from './errors.ts';
import type { Post, PostId, PostKind, PostSummary } from './post.ts';
import type { Differences, Span, SuggestionSet } from './suggestion.ts';
import type { TabsState } from './tabs.ts';

/** One file as chosen or dropped. `path` is relative to the folder chosen, with forward slashes. */
export interface ImportFile {
  path: string;
  blob: Blob;
}

export interface ImportProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  postsFound: number;
  failed: number;
  elapsedMs: number;
}

export interface ImportIssue {
  /** Path of the file, and the item within it where there is one. */
  item: string;
  code: ErrorCode;
  message: string;
}

/** What an import leaves out unless it is asked for: what is not published, not for all, or part of somebody else's talk. */
export type LeftOut = 'draft' | 'private' | 'reply';

/** Which column of a table holds what; null for none. */
export interface ColumnChoice {
  text: string;
  title: string | null;
  date: string | null;
  url: string | null;
  id: string | null;
  summary: string | null;
  author: string | null;
  tags: string | null;
}

/** A table of which nobody can tell from the names of its columns which holds what: no post of it came in. */
export interface UnclearTable {
  file: string;
  columns: string[];
  /** The first rows, cells clipped, in the order of the columns. */
  rows: string[][];
  guess: ColumnChoice;
}

/** How an author wants files to be read. */
export interface ImportChoices {
  include?: readonly LeftOut[];
  /** For every table among the files. */
  columns?: ColumnChoice;
}

export interface ImportReport {
  /** Names the import for `undoImport`. */
  id: string;
  added: PostId[];
  changed: PostId[];
  unchanged: number;
  issues: ImportIssue[];
  /** Posts that `ImportChoices.include` would bring in. */
  leftOut: Record<LeftOut, number>;
  tables: UnclearTable[];
  cancelled: boolean;
}

export interface PostQuery {
  /** Words that must occur in title, text, tags or source; empty for all. */
  search: string;
  sort: 'date' | 'title' | 'words' | 'source';
  descending: boolean;
}

/** Which posts may be suggested; null for any. */
export interface PostChoice {
  kind: PostKind | null;
  source: string | null;
  tag: string | null;
  /** Dated in this year or later. */
  since: number | null;
  /** What is never suggested, whatever else is chosen; none by default. */
  except?: readonly Exception[];
}

/** Posts of a source, below a folder of it, with a tag, or in a language. A folder is named as its source's posts are: "Blog/posts/2020"; a language by its tag: "en". */
export interface Exception {
  by: 'source' | 'folder' | 'tag' | 'language';
  value: string;
}

export const anyPost: PostChoice = { kind: null, source: null, tag: null, since: null };

/** What a `PostChoice` can be made of in a library. */
export interface PostFacets {
  kinds: PostKind[];
  sources: string[];
  tags: string[];
  /** In which any post is dated. */
  years: number[];
  /** Folders that posts lie in, those with most posts first. */
  folders: string[];
  /** Languages that posts are in, those of most posts first. */
  languages: string[];
}

/** Posts taken out of the library, to be put back by `restorePosts` for a while. */
export interface Removal {
  id: string;
  count: number;
}

/** One of two posts that say the same. */
export interface CompetingPost {
  id: PostId;
  title: string;
  date: string | null;
  source: string;
  words: number;
}

/**
 * What may be done about two posts that say the same: `redirect` where one has all that the other says, `merge` where each
 * has something of its own, `ignore` where one links to the other, so that its readers know.
 */
export type CompetingAdvice = 'merge' | 'redirect' | 'ignore';

export interface CompetingPair {
  /** The newer first where the dates tell. */
  posts: readonly [CompetingPost, CompetingPost];
  /** Share of the shorter text that stands in the longer in the same words, 0 to 1. */
  sameWords: number;
  differs: Differences;
  advice: CompetingAdvice;
  /** For `redirect`: which of the two may go, by its place in `posts`; null otherwise. */
  spare: 0 | 1 | null;
  /** The author has said that it may stay so. */
  ignored: boolean;
}

export interface CompetingProgress {
  postsDone: number;
  postsTotal: number;
  elapsedMs: number;
}

export interface CompetingReport {
  /** Those with most words in common first. */
  pairs: CompetingPair[];
  /** Posts that were compared. */
  posts: number;
}

export interface QueueState {
  /** Posts whose passages are not all embedded yet. */
  waiting: number;
  /** Posts embedded since the queue last was empty. */
  done: number;
  /** Milliseconds per post over the last posts embedded; null before the first. */
  msPerPost: number | null;
  state: 'idle' | 'working' | 'paused' | 'failed';
  /** Why, when failed or paused. */
  reason: string | null;
}

/** What the disk gave back other than it was written: what it held is made again. */
export interface DamagedBlock {
  what: 'vectors' | 'digests' | 'terms';
  /** Its number. */
  block: number;
  reason: string;
}

export interface StorageState {
  kind: 'indexeddb' | 'memory';
  /** Why it is memory only: private mode, blocked or full; null for indexeddb. */
  reason: string | null;
  usedBytes: number | null;
  quotaBytes: number | null;
  /** Of those used, what the library takes, without models and the page itself; null where the browser does not say. */
  databaseBytes: number | null;
  persisted: boolean;
  /** When this database was made, in milliseconds since the epoch: another one is another library. Null in memory. */
  madeAt: number | null;
  /** Found since the library was opened. */
  damaged: readonly DamagedBlock[];
}

export interface LibraryStatus {
  posts: number;
  passages: number;
  /** Posts that are shown as another place of one. */
  joined: number;
  /** Passages with a vector of the current space. */
  vectors: number;
  /** The model that answers. */
  model: ModelState;
  models: ModelsStatus;
  plan: DevicePlan | null;
  queue: QueueState;
  storage: StorageState;
  /** Vectors computed since this page was opened: 0 after a reload of a complete library. */
  embeddedThisSession: number;
  /** Another number whenever feeds and folders that are followed, or how they stand, are others. */
  followed: number;
  /** Which tab does this. */
  tabs: TabsState;
}

/** A request that is sent again, as the tab that had it is gone, carries the id that it was sent with first: nothing is done twice. */
export interface RequestOptions {
  id?: string;
}

export interface OpenOptions {
  /** Absolute address of the list of models, beside their folders; the site's own by default. */
  modelList?: string;
  /** Runs every model there or not at all; by default WebGPU where it proves itself, else WASM. */
  provider?: ExecutionProvider;
}

/** Which sentence of a passage says what the draft says. */
export interface PartQuestion {
  post: PostId;
  /** [start, end) in the post's text. */
  passage: Span;
  /** The part of the draft that the passage matches, as Markdown, or its title. */
  draft: string;
}

export interface LibraryApi extends BackupApi, CrossPostApi, FollowApi, PreviewApi, RoomApi {
  /**
   * Opens storage, loads the index and starts the model. Lexical search works when it resolves; the model may still be
   * loading. The first call counts: later ones, with whatever options, only give the status.
   */
  open(options?: OpenOptions): Promise<LibraryStatus>;
  status(): Promise<LibraryStatus>;
  /** Calls back at every change of status, at most ten times a second; returns when unsubscribed through the signal. */
  watchStatus(onStatus: (status: LibraryStatus) => void, options: { signal: AbortSignal }): Promise<void>;

  importFiles(
    files: ImportFile[],
    options: ImportChoices & {
      source: string;
      signal?: AbortSignal;
      onProgress?: (progress: ImportProgress) => void;
    } & RequestOptions,
  ): Promise<ImportReport>;
  /**
   * Stops imports under way, those of the ids or all: their calls then resolve with what was stored. Aborting the signal
   * rejects them instead.
   */
  cancelImport(ids?: readonly string[]): Promise<void>;
  /** Takes out what an import added and puts back what it changed. Nothing is left to do for one that was undone. */
  undoImport(id: string): Promise<void>;
  /**
   * Brings the demo's posts in, and at the first time its drafts; what is there already is not changed. With `firstVisit`
   * nothing comes back that the author once took out.
   */
  importDemo(
    options?: {
      firstVisit?: boolean;
      signal?: AbortSignal;
      onProgress?: (progress: ImportProgress) => void;
    } & RequestOptions,
  ): Promise<ImportReport>;

  listPosts(query: PostQuery): Promise<PostSummary[]>;
  postFacets(): Promise<PostFacets>;
  getPost(id: PostId): Promise<Post | null>;
  removePosts(ids: PostId[], options?: RequestOptions): Promise<Removal>;
  clearPosts(options?: RequestOptions): Promise<Removal>;
  restorePosts(removal: string): Promise<void>;

  /** A newer call of `suggest` by the same asker supersedes an older one, which then rejects as aborted. */
  suggest(query: DraftQuery, options?: { signal?: AbortSignal; asker?: string }): Promise<SuggestionSet>;

  /**
   * The sentence of a passage that is nearest to a part of the draft, [start, end) in the post's text; null where the
   * passage is one sentence, or only words can be compared. Rejects with the signal's reason when aborted.
   */
  closestPart(question: PartQuestion, options?: { signal?: AbortSignal }): Promise<Span | null>;

  /**
   * Pairs of posts that say the same, over the whole library, by words and, where posts have vectors, by meaning. Runs in the
   * background, a few posts at a time. Rejects with the signal's reason when aborted.
   */
  findCompeting(options?: {
    signal?: AbortSignal;
    onProgress?: (progress: CompetingProgress) => void;
  }): Promise<CompetingReport>;
  /** Remembers that two posts may say the same, or forgets it; the order of the two is of no account. */
  ignoreCompeting(pair: readonly [PostId, PostId], ignored: boolean): Promise<void>;
  /** The pairs that may say the same. */
  ignoredPairs(): Promise<[PostId, PostId][]>;

  listDrafts(): Promise<Draft[]>;
  /**
   * Stores a draft. With `base`, the time at which the version was changed that this one was made from (null for a new
   * draft), it is stored only over that version or none: where the text stored is another, nothing is stored, and the
   * answer is what is there. Null when it was stored.
   */
  saveDraft(draft: Draft, options?: { base?: number | null }): Promise<Draft | null>;
  removeDraft(id: DraftId): Promise<void>;

  /**
   * Reads the library with another model of the list: every post is embedded again in the background while the vectors of
   * the model before answer; once all are, it takes over at once. Survives a reload. Naming the present model cancels a
   * change. Rejects with `model-missing` when it is not in the list.
   */
  chooseModel(id: string): Promise<void>;
  /** Stays with the present model, and forgets what the other had embedded. */
  cancelModelChange(): Promise<void>;
  /** After a failure, or while the model is held: fetches what is missing of it and starts it. */
  retryModel(): Promise<void>;
  /** Stops fetching the model, which is then held until `retryModel`. What has arrived is kept, and words go on answering. */
  stopModel(): Promise<void>;
  /** Forgets what this browser keeps of a model. One that runs goes on; the next visit that wants it fetches it. */
  forgetModelFiles(id: string): Promise<void>;
  /** Forgets what was found out against the graphics card, or against several threads, and starts the model anew with it. */
  tryBackendAgain(what: Refusable): Promise<void>;
  close(): Promise<void>;
}
