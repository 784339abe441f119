// Orama: what it saves of itself, as one row of IndexedDB, which is less than any of the formats of its plugin for persistence.
import { create, insertMultiple, load, save, searchVector, type RawData } from '@orama/orama';
import { openDB } from 'idb';
import type { StoreContender } from '../contender.ts';

const ROWS_AT_ONCE = 500;
const NAME = 'orama';

const empty = (dimension: number) => create({ schema: { post: 'string', vector: `vector[${dimension}]` } as const });

const open = () => openDB(NAME, 1, { upgrade: (database) => void database.createObjectStore('saved') });

export const orama: StoreContender = {
  name: 'Orama',
  limit: 100_000,
  async write({ posts, rows, dimension }, check) {
    const started = performance.now();
    const index = empty(dimension);
    const texts = posts.flatMap(({ id, text, passages }) =>
      passages.map(([start, end]) => ({ post: id, text: text.slice(start, end) })),
    );
    for (let from = 0; from < texts.length; from += ROWS_AT_ONCE) {
      const some = texts.slice(from, from + ROWS_AT_ONCE).map((data, nth) => {
        const at = from + nth;
        return { ...data, vector: Array.from(rows.subarray(at * dimension, (at + 1) * dimension)) };
      });
      await insertMultiple(index, some, ROWS_AT_ONCE);
      check(from);
    }
    const database = await open();
    await database.put('saved', save(index), 0);
    database.close();
    return { vectors: performance.now() - started, others: 0 };
  },
  async reopen({ vector }, dimension) {
    const started = performance.now();
    const database = await open();
    const index = empty(dimension);
    load(index, (await database.get('saved', 0)) as RawData);
    const asked = { value: Array.from(vector), property: 'vector' } as const;
    const { hits } = await searchVector(index, { mode: 'vector', vector: asked, similarity: -1, limit: 10 });
    const vectors = performance.now() - started;
    database.close();
    return { words: null, vectors, found: { words: null, vectors: hits[0]?.document.post ?? '' } };
  },
};
