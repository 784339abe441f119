// The near-line queue: posts stored but not yet embedded, newest first, into vectors that can be searched. A post in haste
// overtakes all others, the one under way included. One post at a time, or, for a model that runs texts of one length together,
// many at once.
import type { SpaceVectors } from '../embedding.ts';
import { toKindredError } from '../errors.ts';
import type { QueueState } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import { Culprits, type Failure } from './culprits.ts';
import { PassagePool, type CallShape, type OpenPassage, type TakenPassage } from './passagePool.ts';
import { createVectorBuffer } from './vectorBuffer.ts';
import { WaitingPosts, type WaitingPost } from './waitingPosts.ts';

export type { OpenPassage } from './passagePool.ts';

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
/** Posts that the rate is averaged over. */
const RATE_WINDOW = 20;

export interface IngestPorts {
  /** Passages of the post as stored that still lack a vector; null when the post is gone. */
  prepare(post: PostId, signal: AbortSignal): Promise<OpenPassage[] | null>;
  /** The model runs texts of one length together, and is faster for it. */
  batches(): boolean;
  /** One vector a text. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<SpaceVectors>;
  /** Makes vectors searchable, before they are saved. Throws `space-mismatch` when another space is open by now. */
  found(ids: readonly number[], vectors: SpaceVectors): void;
  save(ids: readonly number[], vectors: SpaceVectors): Promise<void>;
  /** These passages of one call took so long, with the cutting of posts before it. */
  onEmbedded(passages: readonly OpenPassage[], ms: number): void;
  /** The queue has run empty and everything is saved. */
  onComplete(): void;
  /** `state` gives something new. */
  onChange(): void;
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface IngestQueue {
  state(): QueueState;
  add(posts: readonly WaitingPost[]): void;
  /** Lets posts that wait come before all others. */
  hasten(posts: readonly PostId[]): void;
  remove(posts: readonly PostId[]): void;
  /** Starts working, or goes on after `pause` or a failure. */
  resume(): void;
  /** Gives up the call under way, keeps what was embedded before, and says why. */
  pause(reason: string): void;
  /** Resolves when no post waits, or the queue stands still. */
  settled(): Promise<void>;
  /** Stops for good and saves what was embedded. */
  close(): Promise<void>;
}

type Activity =
  | { state: 'paused'; reason: string }
  | { state: 'failed'; reason: string }
  | { state: 'ready' }
  | { state: 'backing-off'; reason: string };

export function createIngestQueue(ports: IngestPorts): IngestQueue {
  const waiting = new WaitingPosts();
  const rates: number[] = [];
  /** Posts changed while they were worked on: their turn comes once more. */
  const again = new Set<PostId>();
  const culprits = new Culprits();
  let cutting: PostId | null = null;
  const pool = new PassagePool();
  let activity: Activity = { state: 'paused', reason: 'The model is not loaded yet.' };
  let note: string | null = null;
  let done = 0;
  /** When the last call, and the last post, was done. */
  let lap = { call: 0, post: 0 };
  let run: { stop: AbortController; ended: Promise<void> } | null = null;
  let closed = false;

  const buffer = createVectorBuffer({
    save: (ids, vectors) => ports.save(ids, vectors),
    now: () => ports.now(),
    onError: (error) => setNote(`Vectors could not be saved (${toKindredError(error).message})`),
  });

  function setNote(text: string | null): void {
    note = text;
    ports.onChange();
  }

  function move(next: Activity): void {
    activity = next;
    ports.onChange();
  }

  function start(): void {
    if (run !== null || closed || activity.state === 'paused' || activity.state === 'failed' || waiting.size === 0)
      return;
    const stop = new AbortController();
    const ended = work(stop.signal).finally(() => {
      run = null;
      ports.onChange();
      start();
    });
    run = { stop, ended };
    ports.onChange();
  }

  async function work(signal: AbortSignal): Promise<void> {
    const calls = new Set<Promise<void>>();
    const failures: Failure[] = [];
    const heed = (failure: Failure | null): void => void (failure === null || failures.push(failure));
    const begin = (pace: Pace): void => {
      const call = embed(pool.take(waiting.inOrder(), pace.shape), signal).then((failure) => {
        calls.delete(call);
        heed(failure);
      });
      calls.add(call);
    };
    lap = { call: ports.now(), post: ports.now() };
    while (!stopped(signal)) {
      if (failures.length > 0) {
        await Promise.all(calls);
        pool.clear();
        if (!stopped(signal)) await recover(failures.splice(0), signal);
        lap = { call: ports.now(), post: ports.now() };
        continue;
      }
      const pace = ports.batches() && !culprits.suspected ? TOGETHER : ONE_BY_ONE;
      const [first] = waiting.inOrder();
      const isCut = first === undefined || pool.has(first);
      if (isCut && pool.open > 0 && calls.size < pace.calls) {
        begin(pace);
        continue;
      }
      const next = isCut ? toCut(pace, calls.size) : first;
      if (next !== null) heed(await cut(next, signal));
      else if (calls.size > 0) await Promise.race(calls);
      else break;
    }
    await Promise.all(calls);
    pool.clear();
    await buffer
      .flush()
      .catch((error: unknown) => setNote(`Vectors could not be saved (${toKindredError(error).message})`));
    if (waiting.size === 0) {
      done = 0;
      ports.onComplete();
    }
  }

  /** The next post whose passages are wanted; null when there are enough, or no more posts. */
  function toCut({ window }: Pace, calls: number): PostId | null {
    if (window === 0 ? calls > 0 || pool.open > 0 : pool.open >= window) return null;
    for (const post of waiting.inOrder()) if (!pool.has(post)) return post;
    return null;
  }

  async function cut(post: PostId, signal: AbortSignal): Promise<Failure | null> {
    cutting = post;
    try {
      const passages = await ports.prepare(post, signal);
      if (passages === null || passages.length === 0) finish(post);
      else if (waiting.has(post)) pool.admit(post, passages);
      return null;
    } catch (error) {
      return { posts: [post], error };
    } finally {
      cutting = null;
    }
  }

  async function embed(call: readonly TakenPassage[], signal: AbortSignal): Promise<Failure | null> {
    try {
      const vectors = await ports.embed(
        call.map(({ text }) => text),
        signal,
      );
      const ids = call.map(({ id }) => id);
      ports.found(ids, vectors);
      buffer.add(ids, vectors);
    } catch (error) {
      return { posts: [...new Set(call.map(({ post }) => post))], error };
    }
    const now = ports.now();
    ports.onEmbedded(call, now - lap.call);
    lap.call = now;
    culprits.worked();
    for (const post of pool.done(call)) {
      rates.push(now - lap.post);
      lap.post = now;
      if (rates.length > RATE_WINDOW) rates.shift();
      done++;
      finish(post);
    }
    return null;
  }

  function finish(post: PostId): void {
    culprits.clear(post);
    if (!again.delete(post)) waiting.remove(post);
    ports.onChange();
  }

  /** After an error: waits and tries again, leaves the post out, or stops the queue. */
  async function recover(failures: readonly Failure[], signal: AbortSignal): Promise<void> {
    const { error, leftOut, crashes, next } = culprits.judge(failures, (post) => waiting.has(post));
    const { message } = toKindredError(error);
    if (next === 'stop') {
      move({ state: 'failed', reason: `${message} ${waiting.size} posts wait; try the model again to go on.` });
      run?.stop.abort();
      return;
    }
    if (leftOut !== null) {
      const why = crashes > 0 ? `, as the model stopped on it ${crashes} times` : '';
      note = `One post was left out${why}: ${message}`;
      finish(leftOut);
    }
    if (next.ms === 0) return;
    move({ state: 'backing-off', reason: `${message} Trying again in a moment.` });
    await ports.wait(next.ms, signal).catch(() => undefined);
    if (activity.state === 'backing-off') move({ state: 'ready' });
  }

  return {
    state() {
      const msPerPost = rates.length === 0 ? null : rates.reduce((sum, ms) => sum + ms, 0) / rates.length;
      const counts = { waiting: waiting.size, done, msPerPost };
      if (activity.state === 'failed') return { ...counts, state: 'failed', reason: activity.reason };
      if (activity.state !== 'ready' && waiting.size > 0)
        return { ...counts, state: 'paused', reason: activity.reason };
      return { ...counts, state: run === null ? 'idle' : 'working', reason: note };
    },
    add(posts) {
      for (const { id } of posts) if (id === cutting || pool.has(id)) again.add(id);
      waiting.add(posts);
      ports.onChange();
      start();
    },
    hasten: (posts) => waiting.hasten(posts),
    remove(posts) {
      for (const id of posts) {
        again.delete(id);
        culprits.clear(id);
        pool.drop(id);
        waiting.remove(id);
      }
      ports.onChange();
    },
    resume() {
      culprits.worked();
      note = null;
      move({ state: 'ready' });
      start();
    },
    pause(reason) {
      move({ state: 'paused', reason });
      run?.stop.abort();
    },
    async settled() {
      while (run !== null) await run.ended;
    },
    async close() {
      closed = true;
      run?.stop.abort();
      await run?.ended;
      await buffer.flush();
    },
  };
}

/** Asked by a function, as the answer changes while the loop awaits. */
function stopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
