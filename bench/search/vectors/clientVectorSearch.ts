// client-vector-search: objects with arrays of numbers, compared one after the other and sorted.
import { EmbeddingIndex } from 'client-vector-search';
import { TOP, type VectorContender } from '../contender.ts';

const ROWS_BETWEEN_CHECKS = 500;

export const clientVectorSearch: VectorContender = {
  name: 'client-vector-search',
  exact: true,
  limit: 1_000_000,
  build({ rows, dimension, count, check }) {
    const index = new EmbeddingIndex();
    for (let row = 0; row < count; row++) {
      index.add({ id: row, embedding: Array.from(rows.subarray(row * dimension, (row + 1) * dimension)) });
      if (row % ROWS_BETWEEN_CHECKS === 0) check(row);
    }
    const ask = async ({ numbers }: { numbers: number[] }): Promise<number[]> => {
      const found = await index.search(numbers, { topK: TOP, useStorage: 'none' });
      return found.map(({ object }) => (object as { id: number }).id);
    };
    return { ways: [{ setting: '', ask }], memory: null };
  },
};
