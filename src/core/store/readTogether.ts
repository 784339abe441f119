// Reads whose transactions end without this thread: what is asked for at one go is one of them, and nothing is added to it later.
import type { Backend, Transaction } from './backend.ts';
import type { StoreName } from './schema.ts';

export type Reads = Pick<Transaction, 'get' | 'getAll' | 'getAllKeys' | 'count'>;

interface Ask {
  of: (transaction: Transaction) => Promise<void>;
  fail: (error: unknown) => void;
}

/**
 * What is asked of it one after the other may be of different states of the stores, so whoever uses it sees to it that nobody
 * writes meanwhile. Rejects as `Backend.run`.
 */
export function readTogether(disk: Backend, stores: readonly StoreName[]): Reads {
  let asks: Ask[] = [];

  function ask<T>(request: (transaction: Transaction) => Promise<T>): Promise<T> {
    return new Promise((resolve, fail) => {
      if (asks.length === 0) queueMicrotask(send);
      asks.push({ of: async (transaction) => resolve(await request(transaction)), fail });
    });
  }

  function send(): void {
    const together = asks;
    asks = [];
    const answered = disk.run(stores, 'readonly', async (transaction) => {
      const answers = together.map(({ of }) => of(transaction));
      transaction.end?.();
      await Promise.all(answers);
    });
    answered.catch((error: unknown) => together.forEach(({ fail }) => fail(error)));
  }

  return {
    get: (store, key) => ask((transaction) => transaction.get(store, key)),
    getAll: (store, span, count) => ask((transaction) => transaction.getAll(store, span, count)),
    getAllKeys: (store, span) => ask((transaction) => transaction.getAllKeys(store, span)),
    count: (store) => ask((transaction) => transaction.count(store)),
  };
}
