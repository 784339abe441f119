// The near-line queue: posts stored but not yet embedded, one at a time, newest first, into vectors that can be searched. A
// post in haste overtakes all others, the one under way included.
import type { SpaceVectors } from '../embedding.ts';
import { isAbort, isKindredError, toKindredError } from '../errors.ts';
import type { QueueState } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import { createVectorBuffer } from './vectorBuffer.ts';
import { WaitingPosts, type WaitingPost } from './waitingPosts.ts';

/** Passages in one call of the model: short enough that a pause or a closing page waits little. */
const PASSAGES_PER_CALL = 16;
/** Waits after a crash, doubling each time; a fresh worker needs seconds to load the model. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A post that crashes the worker this often is left out; so many crashes in a row without any success stop the queue. */
const CRASHES_PER_POST = 3;
const CRASHES_IN_A_ROW = 6;
/** Posts that the rate is averaged over. */
const RATE_WINDOW = 20;

/** A passage that has no vector yet. */
export interface OpenPassage {
  id: number;
  text: string;
  tokens: number;
}

export interface IngestPorts {
  /** Passages of the post as stored that still lack a vector; null when the post is gone. */
  prepare(post: PostId, signal: AbortSignal): Promise<OpenPassage[] | null>;
  /** One vector a text. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<SpaceVectors>;
  /** Makes vectors searchable, before they are saved. Throws `space-mismatch` when another space is open by now. */
  found(ids: readonly number[], vectors: SpaceVectors): void;
  save(ids: readonly number[], vectors: SpaceVectors): Promise<void>;
  /** These passages, all that a post lacked, took so long. */
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
  const crashes = new Map<PostId, number>();
  let activity: Activity = { state: 'paused', reason: 'The model is not loaded yet.' };
  let note: string | null = null;
  let done = 0;
  let current: PostId | null = null;
  let crashesInARow = 0;
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
    for (let post = waiting.next(); post !== null && !stopped(signal); post = waiting.next()) {
      current = post;
      try {
        const whole = await embedPost(post, signal);
        crashesInARow = 0;
        crashes.delete(post);
        if (whole) finish(post);
      } catch (error) {
        if (stopped(signal)) break;
        await recover(post, error, signal);
      } finally {
        current = null;
      }
    }
    await buffer
      .flush()
      .catch((error: unknown) => setNote(`Vectors could not be saved (${toKindredError(error).message})`));
    if (waiting.size === 0) {
      done = 0;
      ports.onComplete();
    }
  }

  /** False when it gave way to a post in haste; what was embedded of it by then is found. */
  async function embedPost(post: PostId, signal: AbortSignal): Promise<boolean> {
    const started = ports.now();
    const passages = await ports.prepare(post, signal);
    if (passages === null || passages.length === 0) return true;
    for (let from = 0; from < passages.length; from += PASSAGES_PER_CALL) {
      signal.throwIfAborted();
      if (waiting.mustYield(post)) return false;
      const part = passages.slice(from, from + PASSAGES_PER_CALL);
      const vectors = await ports.embed(
        part.map((passage) => passage.text),
        signal,
      );
      const ids = part.map((passage) => passage.id);
      ports.found(ids, vectors);
      buffer.add(ids, vectors);
    }
    const took = ports.now() - started;
    ports.onEmbedded(passages, took);
    rates.push(took);
    if (rates.length > RATE_WINDOW) rates.shift();
    done++;
    return true;
  }

  function finish(post: PostId): void {
    if (!again.delete(post)) waiting.remove(post);
    ports.onChange();
  }

  /** After an error: waits and tries again, leaves the post out, or stops the queue. */
  async function recover(post: PostId, error: unknown, signal: AbortSignal): Promise<void> {
    const { message } = toKindredError(error);
    const crashed =
      isKindredError(error, 'worker-crashed') ||
      isKindredError(error, 'backend-failed') ||
      isKindredError(error, 'space-mismatch') ||
      isAbort(error);
    if (!crashed) {
      note = `One post was left out: ${message}`;
      finish(post);
      return;
    }
    const count = (crashes.get(post) ?? 0) + 1;
    crashes.set(post, count);
    crashesInARow++;
    if (crashesInARow >= CRASHES_IN_A_ROW) {
      move({ state: 'failed', reason: `${message} ${waiting.size} posts wait; try the model again to go on.` });
      run?.stop.abort();
      return;
    }
    if (count >= CRASHES_PER_POST) {
      note = `One post was left out, as the model stopped on it ${count} times: ${message}`;
      crashes.delete(post);
      finish(post);
    }
    move({ state: 'backing-off', reason: `${message} Trying again in a moment.` });
    const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (crashesInARow - 1), LONGEST_BACKOFF_MS);
    await ports.wait(backoff, signal).catch(() => undefined);
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
      for (const { id } of posts) if (id === current) again.add(id);
      waiting.add(posts);
      ports.onChange();
      start();
    },
    hasten: (posts) => waiting.hasten(posts),
    remove(posts) {
      for (const id of posts) {
        again.delete(id);
        waiting.remove(id);
      }
      ports.onChange();
    },
    resume() {
      crashesInARow = 0;
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
