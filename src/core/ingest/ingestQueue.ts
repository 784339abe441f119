// The near-line queue: posts stored but not yet embedded, newest first, into vectors that can be searched. A post in haste
// overtakes all others, the one under way included. One post at a time, or, for a model that runs texts of one length together or
// in several workers, many at once.
import type { SpaceVectors } from '../embedding.ts';
import { toKindredError } from '../errors.ts';
import type { QueueState } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import type { Consequence } from './culprits.ts';
import type { IngestWork, WorkHost } from './ingestWork.ts';
import type { OpenPassage } from './passagePool.ts';
import { createVectorBuffer } from './vectorBuffer.ts';
import { WaitingPosts, type WaitingPost } from './waitingPosts.ts';

export type { OpenPassage } from './passagePool.ts';

/** Posts that the rate is averaged over. */
const RATE_WINDOW = 20;

export interface IngestPorts {
  /** What does the work, asked for once there is some. */
  work(host: WorkHost): Promise<IngestWork>;
  /** Passages of the post as stored that still lack a vector; null when the post is gone. */
  prepare(post: PostId, signal: AbortSignal): Promise<OpenPassage[] | null>;
  /** The model runs texts of one length together, and is faster for it. */
  batches(): boolean;
  /** Workers that share the calls of the model. */
  workers(): number;
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
  let worker: IngestWork | null = null;
  let activity: Activity = { state: 'paused', reason: 'The model is not loaded yet.' };
  let note: string | null = null;
  let done = 0;
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
    try {
      worker ??= await ports.work(host);
    } catch (error) {
      move({ state: 'failed', reason: toKindredError(error).message });
      return;
    }
    await worker.run(signal);
    await buffer
      .flush()
      .catch((error: unknown) => setNote(`Vectors could not be saved (${toKindredError(error).message})`));
    if (waiting.size === 0) {
      done = 0;
      ports.onComplete();
    }
  }

  function finish(post: PostId, ms: number | null): void {
    if (ms !== null) {
      rates.push(ms);
      if (rates.length > RATE_WINDOW) rates.shift();
      done++;
    }
    if (!again.delete(post)) waiting.remove(post);
    ports.onChange();
  }

  /** After an error: waits for another try, says that a post was left out, or stops the queue. */
  async function recover({ error, leftOut, crashes, next }: Consequence, signal: AbortSignal): Promise<void> {
    const { message } = toKindredError(error);
    if (next === 'stop') {
      move({ state: 'failed', reason: `${message} ${waiting.size} posts wait; try the model again to go on.` });
      run?.stop.abort();
      return;
    }
    if (leftOut !== null) {
      const why = crashes > 0 ? `, as the model stopped on it ${crashes} times` : '';
      setNote(`One post was left out${why}: ${message}`);
    }
    if (next.ms === 0) return;
    move({ state: 'backing-off', reason: `${message} Trying again in a moment.` });
    await ports.wait(next.ms, signal).catch(() => undefined);
    if (activity.state === 'backing-off') move({ state: 'ready' });
  }

  const host: WorkHost = {
    ports,
    inOrder: () => waiting.inOrder(),
    waits: (post) => waiting.has(post),
    keep: (ids, vectors) => buffer.add(ids, vectors),
    finish,
    recover,
  };

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
      for (const { id } of posts) if (worker?.isAt(id) === true) again.add(id);
      waiting.add(posts);
      ports.onChange();
      start();
    },
    hasten: (posts) => waiting.hasten(posts),
    remove(posts) {
      for (const id of posts) {
        again.delete(id);
        worker?.forget(id);
        waiting.remove(id);
      }
      ports.onChange();
    },
    resume() {
      worker?.tryAgain();
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
