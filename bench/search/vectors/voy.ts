// voy: a k-d tree in Rust, compiled to WebAssembly.
import * as glue from 'voy-search/voy_search_bg.js';
import wasmUrl from 'voy-search/voy_search_bg.wasm?url';
import { TOP, type VectorContender } from '../contender.ts';

const ROWS_AT_ONCE = 500;
let memory: WebAssembly.Memory | null = null;

/** Its own entry wants a bundler that imports WebAssembly as a module. */
async function load(): Promise<WebAssembly.Memory> {
  if (memory !== null) return memory;
  const { instance } = await WebAssembly.instantiateStreaming(fetch(wasmUrl), { './voy_search_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  memory = instance.exports['memory'] as WebAssembly.Memory;
  return memory;
}

export const voy: VectorContender = {
  name: 'voy',
  exact: true,
  limit: 100_000,
  async build({ rows, dimension, count, check }) {
    const own = await load();
    const resource = (from: number, to: number) => ({
      embeddings: Array.from({ length: to - from }, (_, index) => ({
        id: String(from + index),
        title: '',
        url: '',
        embeddings: Array.from(rows.subarray((from + index) * dimension, (from + index + 1) * dimension)),
      })),
    });
    const index = new glue.Voy(resource(0, Math.min(ROWS_AT_ONCE, count)));
    for (let row = ROWS_AT_ONCE; row < count; row += ROWS_AT_ONCE) {
      index.add(resource(row, Math.min(row + ROWS_AT_ONCE, count)));
      check(row);
    }
    const ask = ({ floats }: { floats: Float32Array }): number[] =>
      index.search(floats, TOP).neighbors.map(({ id }) => Number(id));
    return { ways: [{ setting: '', ask }], memory: own.buffer.byteLength };
  },
};
