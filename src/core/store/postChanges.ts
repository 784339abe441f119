// Every change of posts goes through here, so that their digests change in the same transaction.
import type { DamagedBlock } from '../libraryApi.ts';
import type { Backend, Durability, Transaction } from './backend.ts';
import { DigestKeeper, type DigestChange } from './digests.ts';
import { DIGESTS, META, PASSAGES, POSTS, TERMS, type StoreName } from './schema.ts';

export interface PostChange<T> {
  result: T;
  digests: DigestChange;
}

export interface PostChangeOptions {
  /** More stores of the same transaction. */
  stores?: readonly StoreName[];
  durability?: Durability;
}

export interface PostChanges {
  digests: DigestKeeper;
  /**
   * Runs `work` in a transaction over posts, passages and settings, one change after the other, so that each finds the
   * digests as the last has left them. Rejects as `Backend.run`.
   */
  run<T>(work: (transaction: Transaction) => Promise<PostChange<T>>, options?: PostChangeOptions): Promise<T>;
}

/** One for a library: it knows where digests stand. */
export function createPostChanges(backend: Backend, onDamaged?: (block: DamagedBlock) => void): PostChanges {
  const digests = new DigestKeeper(backend, onDamaged);
  let last: Promise<unknown> = Promise.resolve();
  return {
    digests,
    run(work, { stores = [], durability } = {}) {
      const job = last.then(async () => {
        const { result, written } = await backend.run(
          [POSTS, PASSAGES, DIGESTS, TERMS, META, ...stores],
          'readwrite',
          async (transaction) => {
            const done = await work(transaction);
            return { result: done.result, written: await digests.write(transaction, done.digests) };
          },
          durability,
        );
        digests.learn(written);
        return result;
      });
      last = job.catch(() => undefined);
      return job;
    },
  };
}
