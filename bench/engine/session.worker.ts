// The thread of one bare session: the runtime on rows of token ids, made into tensors beforehand. The ceiling.
import * as ort from 'onnxruntime-web/wasm';
import { serve, type Endpoint } from '../../src/workers/rpc/index.ts';
import { runtimeAssets } from '../../src/workers/runtimeAssets.ts';
import type { SessionWorker } from './contender.ts';

declare const self: Endpoint & typeof globalThis;

let session: ort.InferenceSession | null = null;

function feeds(ids: readonly number[], names: readonly string[]): Record<string, ort.Tensor> {
  const values: Readonly<Record<string, (at: number) => bigint>> = {
    input_ids: (at) => BigInt(ids[at] ?? 0),
    attention_mask: () => 1n,
    token_type_ids: () => 0n,
  };
  return Object.fromEntries(
    names.map((name) => {
      const value = values[name] ?? (() => 0n);
      return [
        name,
        new ort.Tensor(
          'int64',
          BigInt64Array.from(ids, (_, at) => value(at)),
          [1, ids.length],
        ),
      ];
    }),
  );
}

/** A pooled row as it is; rows of tokens as their mean. Unit length. */
function pooled({ data, dims }: ort.Tensor): Float32Array {
  const rows = data as Float32Array;
  const width = dims.at(-1) ?? 1;
  const sum = new Float32Array(width);
  rows.forEach((value, at) => (sum[at % width]! += value));
  const norm = Math.hypot(...sum);
  return sum.map((value) => value / norm);
}

const worker: SessionWorker = {
  async load(network, { threads, session: options = {} }) {
    const assets = runtimeAssets(self.location.href);
    if (typeof assets !== 'string' && assets.wasm !== undefined) ort.env.wasm.wasmPaths = assets.wasm;
    ort.env.wasm.numThreads = threads;
    ort.env.logLevel = 'error';
    const bytes = new Uint8Array(await (await fetch(network)).arrayBuffer());
    const started = performance.now();
    session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], ...options });
    return { createMs: performance.now() - started };
  },

  async run(rows) {
    const open = session;
    if (open === null) throw new Error('No session is open.');
    const inputs = rows.map((ids) => feeds(ids, open.inputNames));
    const outputs: ort.Tensor[] = [];
    const started = performance.now();
    for (const one of inputs) outputs.push((await open.run(one))[open.outputNames[0]!]!);
    const ms = performance.now() - started;
    const vectors = outputs.map(pooled);
    const joined = new Float32Array(vectors.length * (vectors[0]?.length ?? 0));
    vectors.forEach((vector, at) => joined.set(vector, at * vector.length));
    return { ms, vectors: joined };
  },
};

serve(worker, self);
