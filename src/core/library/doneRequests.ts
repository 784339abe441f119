// What requests did, kept for a while: one that comes a second time is known, and what it did can be taken back.
import { KindredError } from '../errors.ts';
import type { PostId } from '../post.ts';
import type { RemovedPosts } from '../store/posts.ts';
import { forgetIn, noteIn, type Alongside, type RequestPart, type RequestRepository } from '../store/requests.ts';

/** Older ones are forgotten: each may hold the texts of many posts. */
const KEPT = 40;
/** Many tabs may ask for more than that at once; whatever comes again does so by then, for another tab has taken over. */
const SENT_AGAIN_WITHIN_MS = 120_000;
/** What an earlier visit has left is kept this long after it was done: the library may have been taken over, not reopened. */
const KEPT_OVER_VISITS_MS = 3_600_000;
/** Posts in one row: what is taken out together may be a whole library. */
const POSTS_PER_PART = 100;

export interface DoneRequest {
  added: PostId[];
  before: RemovedPosts;
  undone: boolean;
  /** How many parts it was done in so far. */
  parts: number;
}

export interface DoneRequestsPorts {
  requests: RequestRepository;
  now: () => number;
  /** Gets what can't be put back any more. */
  onForget: (before: RemovedPosts) => void;
}

export class DoneRequests {
  readonly #ports: DoneRequestsPorts;

  constructor(ports: DoneRequestsPorts) {
    this.#ports = ports;
  }

  newId(): string {
    return crypto.randomUUID();
  }

  /** Null for a request that was never begun, or too long ago. */
  async find(id: string): Promise<DoneRequest | null> {
    const parts = await this.#ports.requests.parts(id);
    return parts.length === 0 ? null : joined(parts);
  }

  /** Throws `unexpected` when it is not known any more. */
  async take(id: string): Promise<DoneRequest> {
    const found = await this.find(id);
    if (found !== null) return found;
    const message = 'This can not be undone any more: it is too long ago.';
    throw new KindredError('unexpected', message, { item: id });
  }

  /** Notes what one step of a request did, in the transaction that does it. */
  notePart<T>(id: string, part: number, did: (result: T) => Pick<RequestPart, 'added' | 'before'>): Alongside<T> {
    const at = this.#ports.now();
    return (transaction, result) => noteIn(transaction, id, part, { at, undone: false, ...did(result) });
  }

  /** The same for posts that are taken out, in as many parts as they need. */
  noteRemoval(id: string): Alongside<RemovedPosts> {
    const at = this.#ports.now();
    return async (transaction, removed) => {
      for (const [part, before] of inParts(removed).entries())
        await noteIn(transaction, id, part, { at, added: [], before, undone: false });
    };
  }

  /** Notes that a request was taken back, in the transaction that does so. */
  noteUndone(id: string): Alongside {
    const at = this.#ports.now();
    return async (transaction) => {
      await forgetIn(transaction, id);
      await noteIn(transaction, id, 0, { at, ...nothingDone(), undone: true });
    };
  }

  /** Notes a request that had nothing to do. */
  async noteNothing(id: string): Promise<void> {
    await this.#ports.requests.note(id, 0, { at: this.#ports.now(), ...nothingDone(), undone: false });
  }

  /** Forgets the oldest beyond those that are kept, but none that may still be sent again. */
  async trim(): Promise<void> {
    const { requests, now, onForget } = this.#ports;
    const known = await requests.all();
    const since = now() - SENT_AGAIN_WITHIN_MS;
    for (const { id } of known.slice(0, Math.max(0, known.length - KEPT)).filter(({ at }) => at < since)) {
      const old = await this.find(id);
      await requests.forget(id);
      if (old !== null) onForget(old.before);
    }
  }

  /** Forgets what an earlier visit has left, when the library is opened. */
  async clearOld(): Promise<void> {
    const { requests, now } = this.#ports;
    for (const { id, at } of await requests.all()) {
      if (now() - at > KEPT_OVER_VISITS_MS) await requests.forget(id);
    }
  }
}

const nothingDone = (): Pick<RequestPart, 'added' | 'before'> => ({ added: [], before: { posts: [], passages: [] } });

function joined(parts: readonly RequestPart[]): DoneRequest {
  const posts = new Map<PostId, RemovedPosts['posts'][number]>();
  // What a post was at first is what it goes back to.
  for (const { before } of parts) for (const post of before.posts) if (!posts.has(post.id)) posts.set(post.id, post);
  return {
    added: [...new Set(parts.flatMap(({ added }) => added))],
    before: { posts: [...posts.values()], passages: parts.flatMap(({ before }) => before.passages) },
    undone: parts.some(({ undone }) => undone),
    parts: parts.length,
  };
}

function inParts({ posts, passages }: RemovedPosts): RemovedPosts[] {
  const parts: RemovedPosts[] = [{ posts: [], passages: [] }];
  for (let from = 0; from < posts.length; from += POSTS_PER_PART) {
    const some = posts.slice(from, from + POSTS_PER_PART);
    const ids = new Set(some.map(({ id }) => id));
    parts[from / POSTS_PER_PART] = { posts: some, passages: passages.filter(({ post }) => ids.has(post)) };
  }
  return parts;
}
