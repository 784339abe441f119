// The index that ships. Each vector is a post of its own, which is the most work for it.
import { quantise } from '../../../src/core/search/quantise.ts';
import { createScanKernel } from '../../../src/core/search/scanKernel.ts';
import { VectorIndex } from '../../../src/core/search/vectorIndex.ts';
import { TOP, type VectorContender } from '../contender.ts';

const ROWS_BETWEEN_CHECKS = 4096;

export const OURS = 'Kindred';

export const ours: VectorContender = {
  name: OURS,
  exact: true,
  limit: Infinity,
  build({ rows, dimension, count, check }) {
    const kernel = createScanKernel(dimension);
    const index = new VectorIndex(dimension, kernel);
    for (let row = 0; row < count; row++) {
      index.add(String(row), quantise(rows.subarray(row * dimension, (row + 1) * dimension), dimension));
      if (row % ROWS_BETWEEN_CHECKS === 0) check(row);
    }
    const ask = ({ floats }: { floats: Float32Array }): number[] =>
      index.search(floats, { most: TOP }).map(({ post }) => Number(post));
    return { ways: [{ setting: '', ask }], memory: kernel.bytes().buffer.byteLength };
  },
};
