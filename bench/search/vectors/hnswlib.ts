// hnswlib-wasm: the reference implementation of HNSW in C++, compiled to WebAssembly.
import { loadHnswlib } from 'hnswlib-wasm';
import { TOP, type VectorContender } from '../contender.ts';

/** The values of the paper's own implementation. */
const M = 16;
const EF_CONSTRUCTION = 200;
const SEED = 100;
const EFS = [10, 50, 100, 200, 400, 800];
const ROWS_BETWEEN_CHECKS = 500;

export const hnswlib: VectorContender = {
  name: 'hnswlib-wasm',
  exact: false,
  limit: 100_000,
  async build({ rows, dimension, count, check }) {
    const library = await loadHnswlib();
    const heap = (): number => (library as unknown as { HEAPU8: Uint8Array }).HEAPU8.byteLength;
    const index = new library.HierarchicalNSW('ip', dimension, '');
    index.initIndex(count, M, EF_CONSTRUCTION, SEED);
    for (let row = 0; row < count; row++) {
      index.addPoint(rows.subarray(row * dimension, (row + 1) * dimension), row, false);
      if (row % ROWS_BETWEEN_CHECKS === 0) check(row);
    }
    const ways = EFS.map((ef) => ({
      setting: `ef ${ef}`,
      ask({ floats }: { floats: Float32Array }): number[] {
        index.setEfSearch(ef);
        return index.searchKnn(floats, TOP, undefined).neighbors;
      },
    }));
    return { ways, memory: heap() };
  },
};
