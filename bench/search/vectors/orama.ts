// Orama's vector search: a loop over float32 in JavaScript.
import { create, insertMultiple, searchVector } from '@orama/orama';
import { TOP, type VectorContender } from '../contender.ts';

const ROWS_AT_ONCE = 500;
/** Keeps every vector, whatever its cosine. */
const LEAST_SIMILARITY = -1;

export const oramaVectors: VectorContender = {
  name: 'Orama',
  exact: true,
  limit: 1_000_000,
  async build({ rows, dimension, count, check }) {
    const index = create({ schema: { embedding: `vector[${dimension}]` } as const });
    for (let row = 0; row < count; row += ROWS_AT_ONCE) {
      const some = Array.from({ length: Math.min(ROWS_AT_ONCE, count - row) }, (_, at) => ({
        id: String(row + at),
        embedding: Array.from(rows.subarray((row + at) * dimension, (row + at + 1) * dimension)),
      }));
      await insertMultiple(index, some, ROWS_AT_ONCE);
      check(row);
    }
    const ask = async ({ numbers }: { numbers: number[] }): Promise<number[]> => {
      const vector = { value: numbers, property: 'embedding' } as const;
      const { hits } = await searchVector(index, { mode: 'vector', vector, similarity: LEAST_SIMILARITY, limit: TOP });
      return hits.map(({ id }) => Number(id));
    };
    return { ways: [{ setting: '', ask }], memory: null };
  },
};
