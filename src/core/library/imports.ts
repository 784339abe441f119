// Bringing posts in: from the importers in short batches onto the shelf, with progress, cancel and undo.
import { isAbort, isKindredError, toKindredError } from '../errors.ts';
import type { ImportEvent } from '../importers/index.ts';
import type { ImportIssue, ImportProgress, ImportReport, UnclearTable } from '../libraryApi.ts';
import type { Post, PostId } from '../post.ts';
import type { RemovedPosts } from '../store/posts.ts';
import type { Shelf } from './shelf.ts';
import { createThrottle } from './throttle.ts';
import { UndoList } from './undo.ts';

/** Posts written in one transaction: enough to be fast, few enough that a cancel loses little. */
const POSTS_PER_WRITE = 50;
/** Or those of this time, in milliseconds, so that posts show while a large file is still read. */
const WRITE_AT_LEAST_MS = 300;
/** So few come by hand, and are waited for: they overtake those of a large import. */
const FEW_POSTS = 5;
/** A file can be broken in as many places as it has items: beyond this, issues are only counted. */
const MOST_ISSUES = 1000;

export interface ImportRun {
  events: (signal: AbortSignal, onProgress: (progress: ImportProgress) => void) => AsyncIterable<ImportEvent>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
}

interface Undo {
  added: PostId[];
  before: RemovedPosts;
}

export interface ImportsPorts {
  shelf: Shelf;
  now: () => number;
  /** What can't be undone any more, so that its vectors may go. */
  onForget: (before: RemovedPosts) => void;
}

export class Imports {
  readonly #ports: ImportsPorts;
  readonly #undo: UndoList<Undo>;
  readonly #running = new Set<AbortController>();

  constructor(ports: ImportsPorts) {
    this.#ports = ports;
    this.#undo = new UndoList('import', ({ before }) => ports.onForget(before));
  }

  /** Rejects with the signal's reason when it aborts; `cancel` instead ends the run with what was stored. */
  async run({ events, signal, onProgress = () => undefined }: ImportRun): Promise<ImportReport> {
    const { now } = this.#ports;
    signal?.throwIfAborted();
    const stop = new AbortController();
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    this.#running.add(stop);
    const batch = new Batch(this.#ports.shelf, now);
    const tell = createThrottle(onProgress, now);
    let cancelled = false;
    try {
      for await (const event of events(stop.signal, tell.offer)) {
        stop.signal.throwIfAborted();
        await batch.take(event);
      }
    } catch (error) {
      if (!isAbort(error) || !stop.signal.aborted) batch.stoppedBy(error);
      cancelled = stop.signal.aborted;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#running.delete(stop);
    }
    await batch.write();
    tell.flush();
    const { added, changed, before, unchanged, issues, leftOut, tables } = batch;
    if (added.length + changed.length <= FEW_POSTS) this.#ports.shelf.hasten([...added, ...changed]);
    const id = this.#undo.keep({ added, before });
    signal?.throwIfAborted();
    return { id, added, changed, unchanged, issues, leftOut, tables, cancelled };
  }

  cancel(): void {
    for (const stop of this.#running) stop.abort();
  }

  async undo(id: string): Promise<void> {
    const undo = this.#undo.take(id);
    try {
      if (undo.added.length > 0) await this.#ports.shelf.remove(undo.added);
      if (undo.before.posts.length > 0) await this.#ports.shelf.restore(undo.before);
    } catch (error) {
      this.#undo.keepAgain(id, undo);
      throw error;
    }
  }
}

/** The posts and issues of one import, and the posts not yet written. */
class Batch {
  readonly added: PostId[] = [];
  readonly changed: PostId[] = [];
  readonly issues: ImportIssue[] = [];
  readonly before: RemovedPosts = { posts: [], passages: [] };
  readonly leftOut: ImportReport['leftOut'] = { draft: 0, private: 0, reply: 0 };
  readonly tables: UnclearTable[] = [];
  unchanged = 0;
  readonly #shelf: Shelf;
  readonly #now: () => number;
  readonly #files = new Map<PostId, string>();
  #open: Post[] = [];
  #lastWrite: number;

  constructor(shelf: Shelf, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
    this.#lastWrite = now();
  }

  async take(event: ImportEvent): Promise<void> {
    switch (event.kind) {
      case 'issue':
        this.#fail(event.issue);
        break;
      case 'post':
        this.#files.set(event.post.id, event.item ?? event.file);
        this.#open.push(event.post);
        break;
      case 'table':
        this.tables.push(event.table);
        break;
      case 'skipped':
        if (event.reason !== 'not-a-post') this.leftOut[event.reason]++;
        break;
    }
    if (this.#open.length < POSTS_PER_WRITE && this.#now() - this.#lastWrite < WRITE_AT_LEAST_MS) return;
    await this.write();
  }

  async write(): Promise<void> {
    this.#lastWrite = this.#now();
    const posts = this.#open;
    this.#open = [];
    if (posts.length === 0) return;
    try {
      const report = await this.#shelf.put(posts);
      this.added.push(...report.added);
      this.changed.push(...report.changed);
      this.unchanged += report.unchanged;
      this.before.posts.push(...report.before.posts);
      this.before.passages.push(...report.before.passages);
    } catch (error) {
      const { code, message } = toKindredError(error, 'storage-failed');
      for (const post of posts) this.#fail({ item: this.#files.get(post.id) ?? post.title, code, message });
      // What fits in neither disk nor memory now won't fit with the next batch either.
      if (!isKindredError(error, 'storage-failed')) throw error;
    }
  }

  /** The importers themselves gave up: said as an issue, and what came before it stays. */
  stoppedBy(error: unknown): void {
    const { code, message, item } = toKindredError(error, 'file-unreadable');
    this.#fail({ item: item ?? 'The import', code, message });
  }

  #fail(issue: ImportIssue): void {
    if (this.issues.length < MOST_ISSUES) this.issues.push(issue);
  }
}
