// ONNX Runtime Web behind one function: rows of token ids in, rows of unit vectors out. The only file that knows the runtime.
import type * as Onnx from 'onnxruntime-web';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { KindredError } from '../errors.ts';
import type { ExecutionProvider } from '../status.ts';
import type { ModelManifest } from './manifest.ts';

/** The builds of the runtime: CPU only; WebGPU on JavaScript promise integration; WebGPU on Asyncify, larger, for browsers without. */
export type RuntimeBuild = 'wasm' | 'jspi' | 'asyncify';

/**
 * Addresses of the runtime's own files, for the builds that may be used; or the folder that holds them all, with a slash at
 * its end, which in Node is a plain path. Without, the runtime looks beside its own script.
 */
export type RuntimeAssets = string | Partial<Record<RuntimeBuild, { mjs: string; wasm: string }>>;

export interface EngineOptions {
  provider: ExecutionProvider;
  build: RuntimeBuild;
  threads: number;
  assets?: RuntimeAssets;
}

export interface Engine {
  /**
   * One vector a row: batch × dimension, unit length. `ids` is batch × length, all rows equally long, no padding.
   * Calls must not overlap; `Lanes` sees to that. Rejects with `backend-failed`.
   */
  run(ids: BigInt64Array, batch: number, length: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** An ONNX file whose graph is one Identity from x to y, both float32 [1]. */
const EMPTY_NETWORK = new Uint8Array([
  0x08, 0x08, 0x3a, 0x37, 0x0a, 0x10, 0x0a, 0x01, 0x78, 0x12, 0x01, 0x79, 0x22, 0x08, 0x49, 0x64, 0x65, 0x6e, 0x74,
  0x69, 0x74, 0x79, 0x12, 0x01, 0x67, 0x5a, 0x0f, 0x0a, 0x01, 0x78, 0x12, 0x0a, 0x0a, 0x08, 0x08, 0x01, 0x12, 0x04,
  0x0a, 0x02, 0x08, 0x01, 0x62, 0x0f, 0x0a, 0x01, 0x79, 0x12, 0x0a, 0x0a, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0a, 0x02,
  0x08, 0x01, 0x42, 0x02, 0x10, 0x0d,
]);

/** The part of the runtime that every build exports. */
type Runtime = Pick<typeof Onnx, 'env' | 'InferenceSession' | 'Tensor'>;

/**
 * Starts the runtime and loads the network. A WebGPU attempt that fails leaves its realm unusable: try again in a fresh worker.
 * Rejects with `backend-failed`.
 */
export async function createEngine(
  network: Uint8Array,
  manifest: Pick<ModelManifest, 'id' | 'dimension' | 'input' | 'output'>,
  options: EngineOptions,
): Promise<Engine> {
  const { runtime, session } = await startSession(network, options);
  const outputs = [manifest.output];

  function feeds(ids: BigInt64Array, dims: number[]): Record<string, Tensor> {
    const data = {
      input_ids: () => ids,
      attention_mask: () => new BigInt64Array(ids.length).fill(1n),
      token_type_ids: () => new BigInt64Array(ids.length),
    };
    return Object.fromEntries(manifest.input.map((name) => [name, new runtime.Tensor('int64', data[name](), dims)]));
  }

  return {
    async run(ids, batch, length) {
      const output = await guarded(options.provider, () => session.run(feeds(ids, [batch, length]), outputs));
      return checkedVectors(output[manifest.output], batch, manifest);
    },
    dispose: () => session.release(),
  };
}

/**
 * Fetches, compiles and starts the runtime, so that this goes on while the network is still on its way. `createEngine` with the
 * same options finds it started. Rejects with `backend-failed`.
 */
export async function startRuntime(options: EngineOptions): Promise<void> {
  await guarded(options.provider, async () => {
    const runtime = await prepareRuntime(options);
    // Nothing else starts it.
    const session = await runtime.InferenceSession.create(EMPTY_NETWORK, { executionProviders: ['wasm'] });
    await session.release();
  });
}

async function prepareRuntime({ build, threads, assets }: EngineOptions): Promise<Runtime> {
  const runtime = await importRuntime(build);
  const files = typeof assets === 'string' ? assets : assets?.[build];
  if (files !== undefined) runtime.env.wasm.wasmPaths = files;
  // Its default is one thread on two cores.
  runtime.env.wasm.numThreads = threads;
  runtime.env.wasm.proxy = false;
  runtime.env.logLevel = 'error';
  return runtime;
}

async function startSession(
  network: Uint8Array,
  options: EngineOptions,
): Promise<{ runtime: Runtime; session: InferenceSession }> {
  const { provider } = options;
  return guarded(provider, async () => {
    const runtime = await prepareRuntime(options);
    const session = await runtime.InferenceSession.create(network, {
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      // Capture replays wrong outputs on encoders.
      enableGraphCapture: false,
    });
    return { runtime, session };
  });
}

function importRuntime(build: RuntimeBuild): Promise<Runtime> {
  switch (build) {
    case 'wasm':
      return import('onnxruntime-web/wasm');
    case 'jspi':
      return import('onnxruntime-web/jspi');
    case 'asyncify':
      return import('onnxruntime-web/webgpu');
  }
}

function checkedVectors(
  output: Tensor | undefined,
  batch: number,
  manifest: { id: string; dimension: number },
): Float32Array {
  const [rows, columns] = output?.dims ?? [];
  const data: unknown = output?.data;
  if (!(data instanceof Float32Array) || rows !== batch || columns !== manifest.dimension) {
    const shape = output === undefined ? 'nothing' : `${output.type} [${output.dims.join(', ')}]`;
    const wanted = `float32 [${batch}, ${manifest.dimension}]`;
    throw failure(`The model ${manifest.id} gave ${shape} where its manifest promises ${wanted}.`, undefined);
  }
  // The data may live in the runtime's memory, which the next run overwrites.
  const vectors = data.slice();
  if (!vectors.every(Number.isFinite)) {
    throw failure(`The model ${manifest.id} gave numbers that are not finite.`, undefined);
  }
  return vectors;
}

async function guarded<T>(provider: ExecutionProvider, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const name = provider === 'webgpu' ? 'WebGPU' : 'WebAssembly';
    throw failure(`The model failed on ${name}: ${cause instanceof Error ? cause.message : String(cause)}.`, cause);
  }
}

function failure(what: string, cause: unknown): KindredError {
  const message = `${what} Suggestions by words still work; reload the page to try again.`;
  return new KindredError('backend-failed', message, cause === undefined ? {} : { cause });
}
