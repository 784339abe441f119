// Repository of posts, with their digests and the records of their passages: what changes with a post changes in one transaction.
import type { PostId } from '../post.ts';
import type { Vocabulary } from '../text/termBlock.ts';
import type { Backend, Transaction } from './backend.ts';
import { digestOf, type PostDigest } from './digest.ts';
import { POSTS_PER_DIGEST_BLOCK, type Digests } from './digestBlock.ts';
import { recordsOf, spanOf } from './passages.ts';
import type { PostChanges } from './postChanges.ts';
import type { Alongside } from './requests.ts';
import { PASSAGES, POSTS, type PassageRecord, type StoredPost } from './schema.ts';
import { isStoredPost } from './soundRows.ts';

/** Posts in one read: some megabytes at most, so that reading a large library stays flat in memory. */
const POSTS_PER_READ = 200;

export interface RemovedPosts {
  posts: StoredPost[];
  passages: PassageRecord[];
}

export interface OpenReport {
  /** Posts that were digested anew: digests of another version, or a damaged block of them. */
  digested: number;
  /** Rows that could not be read. */
  unreadable: number;
}

export interface DigestTaker {
  /** Digests as stored, their terms by id. */
  onBlock: (digests: Digests, vocabulary: Vocabulary) => void;
  /** A digest that was made anew; it comes after all blocks. */
  onDigest: (digest: PostDigest) => void;
}

export interface PostRepository {
  /** Hands out the digest of every post. Call it once, before posts are changed. */
  open(taker: DigestTaker): Promise<OpenReport>;
  get(id: PostId): Promise<StoredPost | null>;
  /** Those that exist, in the order asked. */
  getMany(ids: readonly PostId[]): Promise<StoredPost[]>;
  /** Every post, in batches; `onBatch` may take its time. Returns how many rows could not be read. */
  each(onBatch: (posts: StoredPost[]) => void | Promise<void>): Promise<number>;
  count(): Promise<number>;
  /** Adds or replaces, and gives the digests. A post of a new revision keeps the record of its old passages until they are cut anew. */
  put(posts: readonly StoredPost[], alongside?: Alongside): Promise<PostDigest[]>;
  /** Notes the languages of posts that still are of the revision given; ids of those that are. */
  noteLanguages(found: ReadonlyMap<PostId, Required<Pick<StoredPost, 'revision' | 'language'>>>): Promise<PostId[]>;
  /** Takes posts and their passages out, and returns them as they were. */
  remove(ids: readonly PostId[], alongside?: Alongside<RemovedPosts>): Promise<RemovedPosts>;
  /** Puts back what `remove` returned, or an earlier revision, and gives the digests. */
  restore(removed: RemovedPosts, alongside?: Alongside): Promise<PostDigest[]>;
}

export function createPostRepository(backend: Backend, changes: PostChanges): PostRepository {
  async function putAll({ posts, passages }: RemovedPosts, alongside: Alongside = nothing): Promise<PostDigest[]> {
    const put = posts.map(digestOf);
    return changes.run(async (transaction) => {
      for (const post of posts) await transaction.put(POSTS, post);
      for (const record of passages) await transaction.put(PASSAGES, record);
      await alongside(transaction);
      return { result: put, digests: { put } };
    });
  }

  const getMany = async (ids: readonly PostId[]): Promise<StoredPost[]> => {
    const rows = await backend.run([POSTS], 'readonly', (transaction) =>
      Promise.all(ids.map((id) => transaction.get(POSTS, id))),
    );
    return rows.filter(isStoredPost);
  };

  return {
    async open({ onBlock, onDigest }) {
      const { lacking } = await changes.digests.load(onBlock);
      let digested = 0;
      for (let from = 0; from < lacking.length; from += 2 * POSTS_PER_DIGEST_BLOCK) {
        const ids = lacking.slice(from, from + 2 * POSTS_PER_DIGEST_BLOCK);
        const found = await changes.run(async (transaction) => {
          const rows = await Promise.all(ids.map((id) => transaction.get(POSTS, id)));
          const put = rows.filter(isStoredPost).map(digestOf);
          return { result: put, digests: { put } };
        });
        digested += found.length;
        found.forEach(onDigest);
      }
      if (changes.digests.needsMending) await changes.run(() => Promise.resolve({ result: undefined, digests: {} }));
      return { digested, unreadable: lacking.length - digested };
    },
    get: async (id) => (await getMany([id]))[0] ?? null,
    getMany,
    async each(onBatch) {
      let unreadable = 0;
      for (let after: PostId | undefined, more = true; more;) {
        const span = after === undefined ? {} : { lower: after, lowerOpen: true };
        const rows = await backend.run([POSTS], 'readonly', (t) => t.getAll(POSTS, span, POSTS_PER_READ));
        const posts = rows.filter(isStoredPost);
        unreadable += rows.length - posts.length;
        if (posts.length > 0) await onBatch(posts);
        after = rows.at(-1)?.id;
        more = rows.length === POSTS_PER_READ;
      }
      return unreadable;
    },
    count: () => backend.run([POSTS], 'readonly', (transaction) => transaction.count(POSTS)),
    put: (posts, alongside) => putAll({ posts: [...posts], passages: [] }, alongside),
    noteLanguages: (found) =>
      changes.run(async (transaction) => {
        const rows = await Promise.all([...found.keys()].map((id) => transaction.get(POSTS, id)));
        const posts = rows.filter(isStoredPost).flatMap((stored): StoredPost[] => {
          const told = found.get(stored.id);
          return told?.revision === stored.revision ? [{ ...stored, language: told.language }] : [];
        });
        for (const post of posts) await transaction.put(POSTS, post);
        return { result: posts.map(({ id }) => id), digests: { put: posts.map(digestOf) } };
      }),
    remove: (ids, alongside = nothing) =>
      changes.run(async (transaction) => {
        const removed = await takeOut(transaction, ids);
        await alongside(transaction, removed);
        return { result: removed, digests: { remove: ids } };
      }),
    restore: putAll,
  };
}

/** For a transaction over posts and passages: takes posts and their passages out, and gives them as they were. */
export async function takeOut(transaction: Transaction, ids: readonly PostId[]): Promise<RemovedPosts> {
  const removed: RemovedPosts = { posts: [], passages: [] };
  // All are asked for before the first is waited for: each wait is a way to the disk and back.
  const found = await Promise.all(
    Array.from(new Set(ids), async (id) => {
      const [post, records, keys] = await Promise.all([
        transaction.get(POSTS, id),
        recordsOf(transaction, id),
        transaction.getAllKeys(PASSAGES, spanOf(id)),
      ]);
      return { id, post, records, keys };
    }),
  );
  for (const { id, post, records, keys } of found) {
    if (isStoredPost(post)) removed.posts.push(post);
    removed.passages.push(...records);
    await transaction.delete(POSTS, id);
    for (const key of keys) await transaction.delete(PASSAGES, key);
  }
  return removed;
}

const nothing = (): Promise<void> => Promise.resolve();
