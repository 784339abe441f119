// Which post is to blame for calls of the model that fail, and what is done about it.
import { isAbort, isKindredError } from '../errors.ts';
import type { PostId } from '../post.ts';

/** Waits after a crash, doubling each time; a fresh worker needs seconds to load the model. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A post that crashes the worker this often is left out; so many crashes in a row without any success stop the queue. */
const CRASHES_PER_POST = 3;
const CRASHES_IN_A_ROW = 6;

/** What a call, or the cutting of a post, ended with. */
export interface Failure {
  posts: readonly PostId[];
  error: unknown;
}

export interface Consequence {
  /** What is told of. */
  error: unknown;
  /** To be left out; null when none is to blame, or none yet. */
  leftOut: PostId | null;
  /** So often it crashed the model; 0 when it only could not be read. */
  crashes: number;
  /** What is waited until the next try; `stop` when there is none. */
  next: { ms: number } | 'stop';
}

export class Culprits {
  readonly #crashes = new Map<PostId, number>();
  readonly #suspects = new Set<PostId>();
  #inARow = 0;

  /** One of several posts may be to blame: until they are done, posts go one by one. */
  get suspected(): boolean {
    return this.#suspects.size > 0;
  }

  /** A call was answered, or the author asks for another try. */
  worked(): void {
    this.#inARow = 0;
  }

  /** The post is done, left out or gone. */
  clear(post: PostId): void {
    this.#crashes.delete(post);
    this.#suspects.delete(post);
  }

  /** At least one failure; `posts` that are gone meanwhile are no longer among theirs. */
  judge(failures: readonly Failure[], isThere: (post: PostId) => boolean): Consequence {
    const posts = [...new Set(failures.flatMap((failure) => failure.posts))].filter(isThere);
    const crash = failures.find(({ error }) => isCrash(error));
    const error = (crash ?? failures[0])?.error;
    const alone = posts.length === 1 ? (posts[0] ?? null) : null;
    if (alone === null) for (const post of posts) this.#suspects.add(post);
    if (crash === undefined) return { error, leftOut: alone, crashes: 0, next: { ms: 0 } };
    this.#inARow++;
    if (this.#inARow >= CRASHES_IN_A_ROW) return { error, leftOut: null, crashes: 0, next: 'stop' };
    const crashes = alone === null ? 0 : (this.#crashes.get(alone) ?? 0) + 1;
    if (alone !== null) this.#crashes.set(alone, crashes);
    const leftOut = crashes >= CRASHES_PER_POST ? alone : null;
    const ms = Math.min(FIRST_BACKOFF_MS * 2 ** (this.#inARow - 1), LONGEST_BACKOFF_MS);
    return { error, leftOut, crashes, next: { ms } };
  }
}

const isCrash = (error: unknown): boolean =>
  isKindredError(error, 'worker-crashed') ||
  isKindredError(error, 'backend-failed') ||
  isKindredError(error, 'space-mismatch') ||
  isAbort(error);
