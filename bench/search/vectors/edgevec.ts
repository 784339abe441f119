// EdgeVec: Rust in WebAssembly SIMD, a graph (HNSW) or a flat list of float32.
import init, { EdgeVec, EdgeVecConfig, JsIndexType } from 'edgevec/edgevec.js';
import wasmUrl from 'edgevec/edgevec_bg.wasm?url';
import { TOP, type VectorContender } from '../contender.ts';

const ROWS_BETWEEN_CHECKS = 500;
/** With unit vectors it orders as the cosine does; asked for cosines, its graph gives the farthest instead of the nearest. */
const METRIC = 'l2';
/** It has no setting for a search; one that asks for more results looks further. */
const DEPTHS = [10, 50, 100, 200, 400, 800];

const contender = (name: string, type: JsIndexType, depths: readonly number[], limit: number): VectorContender => ({
  name,
  exact: type === JsIndexType.Flat,
  limit,
  async build({ rows, dimension, count, check }) {
    const { memory } = await init({ module_or_path: wasmUrl });
    const config = new EdgeVecConfig(dimension);
    config.indexType = type;
    config.metric = METRIC;
    const before = memory.buffer.byteLength;
    const index = new EdgeVec(config);
    const places = new Map<number, number>();
    for (let row = 0; row < count; row++) {
      places.set(index.insert(rows.subarray(row * dimension, (row + 1) * dimension)), row);
      if (row % ROWS_BETWEEN_CHECKS === 0) check(row);
    }
    const ways = depths.map((depth) => ({
      setting: depths.length === 1 ? '' : `best ${depth}`,
      ask: ({ floats }: { floats: Float32Array }): number[] =>
        (index.search(floats, depth) as { id: number }[]).slice(0, TOP).map(({ id }) => places.get(id) ?? -1),
    }));
    return { ways, memory: memory.buffer.byteLength - before };
  },
});

export const edgevecGraph = contender('EdgeVec, HNSW', JsIndexType.Hnsw, DEPTHS, 100_000);
export const edgevecFlat = contender('EdgeVec, flat', JsIndexType.Flat, [TOP], 1_000_000);
