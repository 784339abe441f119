// Repository of posts, with the records of their passages: what leaves with a post leaves in one transaction.
import type { PostId } from '../post.ts';
import type { Backend } from './backend.ts';
import { recordsOf, spanOf } from './passages.ts';
import type { Alongside } from './requests.ts';
import { META, PASSAGES, POSTS, type PassageRecord, type StoredPost } from './schema.ts';
import { isStoredPost } from './soundRows.ts';

/** Posts in one read: some megabytes at most, so that opening a large library stays flat in memory. */
const POSTS_PER_READ = 200;

export interface RemovedPosts {
  posts: StoredPost[];
  passages: PassageRecord[];
}

export interface PostRepository {
  get(id: PostId): Promise<StoredPost | null>;
  /** Those that exist, in the order asked. */
  getMany(ids: readonly PostId[]): Promise<StoredPost[]>;
  /** Every post, in batches; `onBatch` may take its time. Returns how many rows could not be read. */
  each(onBatch: (posts: StoredPost[]) => void | Promise<void>): Promise<number>;
  count(): Promise<number>;
  /** Adds or replaces. A post of a new revision keeps the record of its old passages until they are cut anew. */
  put(posts: readonly StoredPost[], alongside?: Alongside): Promise<void>;
  /** Takes posts and their passages out, and returns them as they were. */
  remove(ids: readonly PostId[], alongside?: Alongside<RemovedPosts>): Promise<RemovedPosts>;
  /** Puts back what `remove` returned, or an earlier revision. */
  restore(removed: RemovedPosts, alongside?: Alongside): Promise<void>;
}

export function createPostRepository(backend: Backend): PostRepository {
  return {
    get: async (id) => {
      const row = await backend.run([POSTS], 'readonly', (transaction) => transaction.get(POSTS, id));
      return isStoredPost(row) ? row : null;
    },
    getMany: async (ids) => {
      const rows = await backend.run([POSTS], 'readonly', (transaction) =>
        Promise.all(ids.map((id) => transaction.get(POSTS, id))),
      );
      return rows.filter(isStoredPost);
    },
    async each(onBatch) {
      let unreadable = 0;
      for (let last: PostId | undefined, more = true; more;) {
        const span = last === undefined ? {} : { lower: last, lowerOpen: true };
        const rows = await backend.run([POSTS], 'readonly', (t) => t.getAll(POSTS, span, POSTS_PER_READ));
        const posts = rows.filter(isStoredPost);
        unreadable += rows.length - posts.length;
        if (posts.length > 0) await onBatch(posts);
        last = rows.at(-1)?.id;
        more = rows.length === POSTS_PER_READ;
      }
      return unreadable;
    },
    count: () => backend.run([POSTS], 'readonly', (transaction) => transaction.count(POSTS)),
    put: (posts, alongside = nothing) =>
      backend.run([POSTS, META], 'readwrite', async (transaction) => {
        for (const post of posts) await transaction.put(POSTS, post);
        await alongside(transaction);
      }),
    remove: (ids, alongside = nothing) =>
      backend.run([POSTS, PASSAGES, META], 'readwrite', async (transaction) => {
        const removed: RemovedPosts = { posts: [], passages: [] };
        for (const id of ids) {
          const post = await transaction.get(POSTS, id);
          if (isStoredPost(post)) removed.posts.push(post);
          await transaction.delete(POSTS, id);
          removed.passages.push(...(await recordsOf(transaction, id)));
          const keys = await transaction.getAllKeys(PASSAGES, spanOf(id));
          for (const key of keys) await transaction.delete(PASSAGES, key);
        }
        await alongside(transaction, removed);
        return removed;
      }),
    restore: (removed, alongside = nothing) =>
      backend.run([POSTS, PASSAGES, META], 'readwrite', async (transaction) => {
        for (const post of removed.posts) await transaction.put(POSTS, post);
        for (const record of removed.passages) await transaction.put(PASSAGES, record);
        await alongside(transaction);
      }),
  };
}

const nothing = (): Promise<void> => Promise.resolve();
