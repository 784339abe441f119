// One embedding space of the library, open: the passages, the vectors, the model that makes them and the queue that feeds it.
import type { Embedder, SpaceVectors } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import { createIngestQueue, type IngestQueue } from '../ingest/ingestQueue.ts';
import type { PostId } from '../post.ts';
import type { Store } from '../store/openStore.ts';
import type { PassageRecord, StoredPost } from '../store/schema.ts';
import { Catalogue, type Entry, type ShownHead } from './catalogue.ts';
import type { ReadyModel } from './modelPort.ts';
import { latePart } from './lateParts.ts';
import { ModelSession } from './modelSession.ts';
import { pause } from '../pause.ts';
import { preparePost } from './preparePost.ts';
import type { Repetition } from './repetition.ts';
import { VectorHold } from './vectorHold.ts';

/** The same for every space: what a space is told to do depends on whether it answers or is still being filled. */
export interface SpacePorts {
  store: Store;
  repetition: Repetition;
  embed: (space: Space, embedder: Embedder, texts: readonly string[], signal: AbortSignal) => Promise<SpaceVectors>;
  /** The passages of a post were cut: so many tokens. */
  onCut: (tokens: number) => void;
  /** So many tokens of a post were embedded in so many milliseconds. */
  onEmbedded: (space: Space, tokens: number, ms: number) => void;
  /** A model is ready and its vectors are loaded. */
  onOpened: (space: Space, ready: ReadyModel) => Promise<void> | void;
  /** Every post that can be is embedded, and saved. */
  onComplete: (space: Space) => void;
  onChange: () => void;
  /** Resolves when nobody waits for an answer. */
  atRest: () => Promise<void>;
  now: () => number;
}

export class Space {
  readonly catalogue: Catalogue;
  readonly vectors: VectorHold;
  readonly queue: IngestQueue;
  readonly session: ModelSession;
  readonly #ports: SpacePorts;
  /** How passages are cut; null until a model has said it. */
  #rule: string | null = null;

  /** `catalogue` has the library's posts, if there are any yet. */
  constructor(ports: SpacePorts, catalogue = new Catalogue()) {
    const { store, repetition, onChange, atRest, now } = ports;
    this.#ports = ports;
    this.catalogue = catalogue;
    this.vectors = new VectorHold(store, catalogue);
    this.queue = createIngestQueue({
      work: async (host) => new (await latePart('reading')).IngestWork(host),
      prepare: async (id, signal) => {
        const prepared = await preparePost(
          { store, repetition, catalogue, vectors: this.vectors },
          this.#ready(),
          id,
          signal,
        );
        if (prepared !== null) ports.onCut(prepared.tokens);
        return prepared?.open ?? null;
      },
      batches: () => this.session.ready?.embedder.batches ?? false,
      workers: () => this.session.ready?.embedder.workers ?? 1,
      embed: (texts, signal) => ports.embed(this, this.#ready().embedder, texts, signal),
      found: (ids, vectors) => this.vectors.add(ids, vectors),
      save: (ids, vectors) => this.vectors.save(ids, vectors),
      onEmbedded: (passages, ms) =>
        ports.onEmbedded(
          this,
          passages.reduce((sum, { tokens }) => sum + tokens, 0),
          ms,
        ),
      onComplete: () => ports.onComplete(this),
      onChange,
      now,
      wait: pause,
    });
    this.session = new ModelSession({ space: this, onChange, atRest });
  }

  get rule(): string | null {
    return this.#rule;
  }

  /** Called by the session, when the vectors are loaded. */
  async opened(ready: ReadyModel): Promise<void> {
    await this.#ports.onOpened(this, ready);
  }

  /** The queue may work; called by the session after `opened`. `isQueued` where it has every post that waits already. */
  work({ isQueued = false }: { isQueued?: boolean } = {}): void {
    this.queue.resume();
    if (!isQueued) this.queueWaiting();
    if (this.queue.state().waiting === 0) this.#ports.onComplete(this);
  }

  /** Reads which passages the posts have, once it is known how they are cut. */
  async openPassages(rule: string): Promise<void> {
    if (this.#rule === rule) return;
    await this.#ports.repetition.ready();
    const records = await this.#ports.store.passages.all(rule);
    if (this.#rule !== null) this.catalogue.forgetPassages();
    this.#rule = rule;
    for (const record of records) this.catalogue.cut(record, rule);
  }

  /** Queues every post that lacks a vector, or would be cut otherwise by now. */
  queueWaiting(): void {
    const { repetition } = this.#ports;
    const isStale = ({ passages }: Entry): boolean => passages !== null && repetition.isStale(passages);
    this.queue.add(
      [...this.catalogue.entries()].filter((entry) => this.catalogue.isWaiting(entry) || isStale(entry)).map(toWaiting),
    );
  }

  /** Posts that have passages without a vector and are not queued: the model could not read them. */
  get leftOut(): number {
    const lacking = [...this.catalogue.entries()].filter((entry) => this.catalogue.isWaiting(entry)).length;
    return Math.max(0, lacking - this.queue.state().waiting);
  }

  /** A post came, or came with another content: nothing of it is embedded. */
  put(stored: ShownHead): void {
    this.vectors.remove(stored.id);
    this.catalogue.put(stored);
  }

  enqueue(ids: readonly PostId[]): void {
    this.queue.add(ids.flatMap((id) => this.catalogue.get(id) ?? []).map(toWaiting));
  }

  remove(ids: readonly PostId[]): void {
    for (const id of ids) {
      this.catalogue.remove(id);
      this.vectors.remove(id);
    }
    this.queue.remove(ids);
  }

  /** Posts came back as they were: their passages, and the vectors that the disk still has. */
  async restore(posts: readonly StoredPost[], records: readonly PassageRecord[]): Promise<void> {
    for (const stored of posts) this.put(stored);
    const rule = this.#rule;
    if (rule !== null) for (const record of records) this.catalogue.cut(record, rule);
    const ids = posts.map(({ id }) => id);
    await this.vectors.recall(new Set(ids.flatMap((id) => [...(this.catalogue.get(id)?.passages?.ids ?? [])])));
    this.enqueue(
      ids.filter((id) => {
        const entry = this.catalogue.get(id);
        return entry !== undefined && this.catalogue.isWaiting(entry);
      }),
    );
  }

  /** Stops for good; what was embedded is saved. */
  async close(): Promise<void> {
    // Both at once: a queue that waits for a model which is being started anew would wait for that, and a model left running
    // would stay in memory. What could not be saved is embedded again.
    const [saved] = await Promise.allSettled([this.queue.close(), this.session.close()]);
    if (saved.status === 'rejected') throw saved.reason;
  }

  #ready(): ReadyModel {
    if (this.session.ready === null) throw new KindredError('worker-crashed', 'The model is not ready.');
    return this.session.ready;
  }
}

function toWaiting({ summary }: Entry) {
  return { id: summary.id, date: summary.date };
}

/** The spaces that posts are kept in: the one that answers, and during a change of the model the one that will. */
export interface Spaces {
  current: Space;
  next: Space | null;
}

export const openSpaces = ({ current, next }: Spaces): Space[] => (next === null ? [current] : [current, next]);
