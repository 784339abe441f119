// The work of the queue: posts cut into passages, passages into calls of the model. Loaded when there is work.
import type { SpaceVectors } from '../embedding.ts';
import type { PostId } from '../post.ts';
import { Culprits, type Consequence, type Failure } from './culprits.ts';
import type { IngestPorts } from './ingestQueue.ts';
import { PassagePool, type CallShape, type TakenPassage } from './passagePool.ts';

interface Pace {
  shape: CallShape;
  /** Posts are cut until so many passages are there to choose from; 0: only when nothing else is left to do. */
  window: number;
  /** Calls at once. */
  calls: number;
}

/** Short calls, so that a pause or a closing page waits little. */
const ONE_BY_ONE: Pace = { shape: { most: 16, alike: false }, window: 0, calls: 1 };
/**
 * Of so many passages of blogs seven or eight on average are of one length; of twice as many ten, of half as many four or five. While
 * one call runs, the next is on its way and cut into tokens.
 */
const TOGETHER: Pace = { shape: { most: 32, alike: true }, window: 512, calls: 2 };
/** Several workers take a text each from whichever call has one: a call for each of them, and the next posts cut by the time one ends. */
const SHARED = { shape: { most: 16, alike: false }, window: 32 };
/** After so many calls all are waited for: work of the background, and a worker whose memory has grown, wait for such a moment. */
const CALLS_TO_A_REST = 16;

export interface WorkHost {
  ports: Pick<IngestPorts, 'prepare' | 'batches' | 'workers' | 'embed' | 'found' | 'onEmbedded' | 'now'>;
  /** Posts that wait, in the order of their turns. Asked again after each step. */
  inOrder(): Iterable<PostId>;
  waits(post: PostId): boolean;
  /** Vectors go to the disk. */
  keep(ids: readonly number[], vectors: SpaceVectors): void;
  /** Nothing is left to do for the post. `ms` since the last, where something of it was embedded. */
  finish(post: PostId, ms: number | null): void;
  /** Resolves when the next try may begin. */
  recover(after: Consequence, signal: AbortSignal): Promise<void>;
}

export class IngestWork {
  readonly #host: WorkHost;
  readonly #culprits = new Culprits();
  readonly #pool = new PassagePool();
  #cutting: PostId | null = null;
  /** When the last call, and the last post, was done. */
  #lap = { call: 0, post: 0 };

  constructor(host: WorkHost) {
    this.#host = host;
  }

  /** The post is cut, or being cut: what changes in it now comes too late. */
  isAt(post: PostId): boolean {
    return post === this.#cutting || this.#pool.has(post);
  }

  /** The post is gone from the queue. */
  forget(post: PostId): void {
    this.#culprits.clear(post);
    this.#pool.drop(post);
  }

  /** The author asks for another try. */
  tryAgain(): void {
    this.#culprits.worked();
  }

  /** Until no post waits, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const calls = new Set<Promise<void>>();
    const failures: Failure[] = [];
    const heed = (failure: Failure | null): void => {
      if (failure !== null) failures.push(failure);
    };
    const begin = (shape: CallShape): void => {
      const call = this.#embed(this.#pool.take(this.#host.inOrder(), shape), signal).then((failure) => {
        calls.delete(call);
        heed(failure);
      });
      calls.add(call);
    };
    let begun = 0;
    this.#startLap();
    while (!signal.aborted) {
      if (begun >= CALLS_TO_A_REST) {
        await Promise.all(calls);
        begun = 0;
      }
      if (failures.length > 0) {
        await Promise.all(calls);
        this.#pool.clear();
        await this.#recover(failures.splice(0), signal);
        continue;
      }
      const pace = this.#pace();
      const [first] = this.#host.inOrder();
      const isCut = first === undefined || this.#pool.has(first);
      if (isCut && this.#pool.open > 0 && calls.size < pace.calls) {
        begin(pace.shape);
        begun++;
        continue;
      }
      const next = isCut ? this.#toCut(pace, calls.size) : first;
      if (next !== null) heed(await this.#cut(next, signal));
      else if (calls.size > 0) await Promise.race(calls);
      else break;
    }
    await Promise.all(calls);
    this.#pool.clear();
  }

  #pace(): Pace {
    const { ports } = this.#host;
    if (this.#culprits.suspected) return ONE_BY_ONE;
    if (ports.batches()) return TOGETHER;
    const workers = ports.workers();
    return workers > 1 ? { ...SHARED, calls: workers } : ONE_BY_ONE;
  }

  /** The next post whose passages are wanted; null when there are enough, or no more posts. */
  #toCut({ window }: Pace, calls: number): PostId | null {
    if (window === 0 ? calls > 0 || this.#pool.open > 0 : this.#pool.open >= window) return null;
    for (const post of this.#host.inOrder()) if (!this.#pool.has(post)) return post;
    return null;
  }

  async #cut(post: PostId, signal: AbortSignal): Promise<Failure | null> {
    this.#cutting = post;
    try {
      const passages = await this.#host.ports.prepare(post, signal);
      if (passages === null || passages.length === 0) this.#finish(post, null);
      else if (this.#host.waits(post)) this.#pool.admit(post, passages);
      return null;
    } catch (error) {
      return { posts: [post], error };
    } finally {
      this.#cutting = null;
    }
  }

  async #embed(call: readonly TakenPassage[], signal: AbortSignal): Promise<Failure | null> {
    const { ports } = this.#host;
    try {
      const vectors = await ports.embed(
        call.map(({ text }) => text),
        signal,
      );
      const ids = call.map(({ id }) => id);
      ports.found(ids, vectors);
      this.#host.keep(ids, vectors);
    } catch (error) {
      return { posts: [...new Set(call.map(({ post }) => post))], error };
    }
    const now = ports.now();
    ports.onEmbedded(call, now - this.#lap.call);
    this.#lap.call = now;
    this.#culprits.worked();
    for (const post of this.#pool.done(call)) {
      this.#finish(post, now - this.#lap.post);
      this.#lap.post = now;
    }
    return null;
  }

  #finish(post: PostId, ms: number | null): void {
    this.#culprits.clear(post);
    this.#host.finish(post, ms);
  }

  async #recover(failures: readonly Failure[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const after = this.#culprits.judge(failures, (post) => this.#host.waits(post));
    if (after.leftOut !== null) this.#finish(after.leftOut, null);
    await this.#host.recover(after, signal);
    this.#startLap();
  }

  #startLap(): void {
    const now = this.#host.ports.now();
    this.#lap = { call: now, post: now };
  }
}
