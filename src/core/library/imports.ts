// Bringing posts in: from the importers in short batches onto the shelf, with progress, cancel and undo.
import { isAbort, isKindredError, toKindredError } from '../errors.ts';
import type { ImportEvent } from '../importers/index.ts';
import type { ImportIssue, ImportProgress, ImportReport, UnclearTable } from '../libraryApi.ts';
import type { Post, PostId } from '../post.ts';
import type { Alongside } from '../store/requests.ts';
import type { DoneRequest, DoneRequests } from './doneRequests.ts';
import type { PutReport, Shelf } from './shelf.ts';
import { createThrottle } from './throttle.ts';

/** Posts written in one transaction: enough to be fast, few enough that a cancel loses little. */
const POSTS_PER_WRITE = 50;
/** Or those of this time, in milliseconds, so that posts show while a large file is still read. */
const WRITE_AT_LEAST_MS = 300;
/** So few come by hand, and are waited for: they overtake those of a large import. */
const FEW_POSTS = 5;
/** A file can be broken in as many places as it has items: beyond this, issues are only counted. */
const MOST_ISSUES = 1000;

export interface ImportRun {
  /** An import that was begun with this id goes on where it was cut off, and is reported as one. */
  id?: string | undefined;
  events: (signal: AbortSignal, onProgress: (progress: ImportProgress) => void) => AsyncIterable<ImportEvent>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Written with each batch, in its transaction. */
  alongside?: Alongside<PutReport>;
}

export interface ImportsPorts {
  shelf: Shelf;
  done: DoneRequests;
  now: () => number;
}

export class Imports {
  readonly #ports: ImportsPorts;
  readonly #running = new Map<AbortController, string>();

  constructor(ports: ImportsPorts) {
    this.#ports = ports;
  }

  /** Rejects with the signal's reason when it aborts; `cancel` instead ends the run with what was stored. */
  async run(run: ImportRun): Promise<ImportReport> {
    const { now, done } = this.#ports;
    const { events, signal, onProgress = () => undefined, id = done.newId() } = run;
    signal?.throwIfAborted();
    const stop = new AbortController();
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    this.#running.set(stop, id);
    const batch = new Batch(id, this.#ports, run.id === undefined ? null : await done.find(id), run.alongside);
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
    if (batch.parts === 0) await done.noteNothing(id).catch(() => undefined);
    await done.trim().catch(() => undefined);
    const { added, changed, unchanged, issues, leftOut, tables } = batch;
    if (added.length + changed.length <= FEW_POSTS) this.#ports.shelf.hasten([...added, ...changed]);
    signal?.throwIfAborted();
    return { id, added, changed, unchanged, issues, leftOut, tables, cancelled };
  }

  /** Those of the ids, or all. */
  cancel(ids?: readonly string[]): void {
    for (const [stop, id] of this.#running) if (ids?.includes(id) ?? true) stop.abort();
  }

  async undo(id: string): Promise<void> {
    const { done, shelf } = this.#ports;
    const { added, before, undone } = await done.take(id);
    if (undone) return;
    if (added.length > 0) await shelf.remove(added);
    await shelf.restore(before, done.noteUndone(id));
  }
}

/** The posts and issues of one import, and the posts not yet written. */
class Batch {
  readonly added: PostId[];
  readonly changed: PostId[];
  readonly issues: ImportIssue[] = [];
  readonly leftOut: ImportReport['leftOut'] = { draft: 0, private: 0, reply: 0 };
  readonly tables: UnclearTable[] = [];
  unchanged = 0;
  /** Steps of this import that are noted. */
  parts: number;
  readonly #id: string;
  readonly #ports: ImportsPorts;
  readonly #alongside: Alongside<PutReport> | undefined;
  /** Added or changed before the import was cut off. */
  readonly #known: ReadonlySet<PostId>;
  readonly #files = new Map<PostId, string>();
  #open: Post[] = [];
  #lastWrite: number;

  constructor(id: string, ports: ImportsPorts, begun: DoneRequest | null, alongside?: Alongside<PutReport>) {
    this.#id = id;
    this.#alongside = alongside;
    this.#ports = ports;
    this.added = begun?.added ?? [];
    this.changed = begun?.before.posts.map((post) => post.id) ?? [];
    this.parts = begun?.parts ?? 0;
    this.#known = new Set([...this.added, ...this.changed]);
    this.#lastWrite = ports.now();
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
    if (this.#open.length < POSTS_PER_WRITE && this.#ports.now() - this.#lastWrite < WRITE_AT_LEAST_MS) return;
    await this.write();
  }

  async write(): Promise<void> {
    this.#lastWrite = this.#ports.now();
    const posts = this.#open;
    this.#open = [];
    if (posts.length === 0) return;
    try {
      const { shelf, done } = this.#ports;
      const note = done.notePart(this.#id, this.parts, ({ added, before }: PutReport) => ({ added, before }));
      const noted: Alongside<PutReport> = async (transaction, report) => {
        await note(transaction, report);
        await this.#alongside?.(transaction, report);
      };
      this.#count(posts, await shelf.put(posts, noted));
    } catch (error) {
      const { code, message } = toKindredError(error, 'storage-failed');
      for (const post of posts) this.#fail({ item: this.#files.get(post.id) ?? post.title, code, message });
      // What fits in neither disk nor memory now won't fit with the next batch either.
      if (!isKindredError(error, 'storage-failed')) throw error;
    }
  }

  #count(posts: readonly Post[], report: PutReport): void {
    const fresh = new Set([...report.added, ...report.changed]);
    if (fresh.size > 0) this.parts++;
    this.added.push(...report.added.filter((id) => !this.#known.has(id)));
    this.changed.push(...report.changed.filter((id) => !this.#known.has(id)));
    this.unchanged += report.unchanged - posts.filter(({ id }) => this.#known.has(id) && !fresh.has(id)).length;
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
