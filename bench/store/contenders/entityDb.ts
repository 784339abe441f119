// entity-db: a row per text with its vector, each in a transaction of its own; a question reads them all.
import { EntityDB } from '@babycommando/entity-db';
import type { StoreContender } from '../contender.ts';

/** Insertions under way at once: it has no call for many. */
const AT_ONCE = 500;

const open = (): EntityDB => new EntityDB({ vectorPath: 'vector' });

export const entityDb: StoreContender = {
  name: 'entity-db',
  limit: 100_000,
  async write({ posts, rows, dimension }, check) {
    const database = open();
    const started = performance.now();
    const texts = posts.flatMap(({ id, text, passages }) =>
      passages.map(([start, end]) => ({ post: id, text: text.slice(start, end) })),
    );
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      await Promise.all(
        texts.slice(from, from + AT_ONCE).map((data, nth) => {
          const at = from + nth;
          return database.insertManualVectors({ ...data, vector: rows.slice(at * dimension, (at + 1) * dimension) });
        }),
      );
      check(from);
    }
    return { vectors: performance.now() - started, others: 0 };
  },
  async reopen({ vector }) {
    const started = performance.now();
    const [best] = await open().queryManualVectors(vector as unknown as number[], { limit: 10 });
    const vectors = performance.now() - started;
    return { words: null, vectors, found: { words: null, vectors: String(best?.['post']) } };
  },
};
