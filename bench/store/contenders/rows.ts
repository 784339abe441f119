// One row per vector with idb, as most pages do it, in large transactions: the best that rows can do.
import { openDB, type IDBPDatabase } from 'idb';
import { quantise } from '../../../src/core/search/quantise.ts';
import type { StoreContender, StoreInput } from '../contender.ts';

const NAME = 'rows';
const ROWS_PER_TRANSACTION = 1000;

interface VectorRow {
  id: number;
  post: string;
  values: Float32Array | Int8Array;
  scale: number;
}

const open = (): Promise<IDBPDatabase> =>
  openDB(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('posts', { keyPath: 'id' });
      database.createObjectStore('vectors', { keyPath: 'id' });
    },
  });

async function inBatches(
  database: IDBPDatabase,
  store: 'posts' | 'vectors',
  count: number,
  rowAt: (at: number) => unknown,
  check: (done: number) => void,
): Promise<void> {
  for (let from = 0; from < count; from += ROWS_PER_TRANSACTION) {
    const transaction = database.transaction(store, 'readwrite', { durability: 'relaxed' });
    for (let at = from; at < Math.min(from + ROWS_PER_TRANSACTION, count); at++) void transaction.store.put(rowAt(at));
    await transaction.done;
    check(from);
  }
}

function rowsOf(name: string, toValues: (row: Float32Array, dimension: number) => Pick<VectorRow, 'values' | 'scale'>) {
  return {
    name,
    limit: Infinity,
    async write({ posts, rows, dimension }: StoreInput, check) {
      const database = await open();
      const started = performance.now();
      await inBatches(database, 'posts', posts.length, (at) => posts[at], check);
      const between = performance.now();
      const count = rows.length / dimension;
      const ofAPost = count / posts.length;
      const rowAt = (at: number): VectorRow => ({
        id: at,
        post: posts[Math.floor(at / ofAPost)]!.id,
        ...toValues(rows.slice(at * dimension, (at + 1) * dimension), dimension),
      });
      await inBatches(database, 'vectors', count, rowAt, check);
      const ended = performance.now();
      database.close();
      return { others: between - started, vectors: ended - between };
    },
    async reopen({ vector }) {
      const started = performance.now();
      const database = await open();
      const rows = (await database.getAll('vectors')) as VectorRow[];
      let best = -Infinity;
      let found = '';
      for (const { post, values, scale } of rows) {
        let sum = 0;
        for (let at = 0; at < vector.length; at++) sum += vector[at]! * values[at]!;
        if (sum * scale > best) [best, found] = [sum * scale, post];
      }
      const vectors = performance.now() - started;
      database.close();
      return { words: null, vectors, found: { words: null, vectors: found } };
    },
  } satisfies StoreContender;
}

export const floatRows = rowsOf('One row per vector, float32', (values) => ({ values, scale: 1 }));

export const byteRows = rowsOf('One row per vector, int8', (row, dimension) => {
  const { values, scales } = quantise(row, dimension);
  return { values, scale: scales[0]! };
});
