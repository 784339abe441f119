// An embedder that seems to run in a worker, at a speed that a test chooses.
import type { Capabilities } from '../core/model/capabilities.ts';
import type { PlannedModel } from '../core/model/devicePlan.ts';
import { planDevice } from '../core/model/devicePlan.ts';
import { KindredError } from '../core/errors.ts';
import type { Runner } from '../core/status.ts';
import { abortable } from '../workers/abortable.ts';
import type { RunningEmbedder } from '../workers/startEmbedder.ts';
import { COSINES } from './cosines.ts';
import { FAKE_DIMENSION, fakeEmbedder } from './fakeEmbedder.ts';

const file = { path: 'model.onnx', bytes: 1, sha256: '0'.repeat(64), probeTolerance: 0.99 };
export const FAKE_MODEL: PlannedModel = {
  id: 'fake',
  revision: '1',
  files: { wasm: { ...file, format: 'int8' }, webgpu: { ...file, format: 'nbits' } },
};
/** Of four cores and a graphics card. */
export const FAKE_DEVICE: Capabilities = {
  crossOriginIsolated: true,
  hardwareConcurrency: 4,
  memoryGib: 8,
  wasmSimd: true,
  wasmThreads: true,
  jspi: true,
  gpu: 'hardware',
  shaderF16: true,
  adapter: 'fake',
  gpuBufferBytes: null,
  browser: 'Fake 1',
};

export interface FakeRunning extends RunningEmbedder {
  readonly disposed: boolean;
  readonly texts: string[];
  lose(): void;
}

export function fakeRunning(
  { provider, threads, workers = 1 }: Runner,
  msPerText: number,
  capabilities: Capabilities = FAKE_DEVICE,
  /** Milliseconds a text of a call of the queue where texts run together; they don't where it is not given. */
  msTogether?: number,
): FakeRunning {
  const inner = fakeEmbedder({ numeric: provider === 'webgpu' ? 'nbits' : 'int8' });
  const texts: string[] = [];
  let disposed = false;
  let resolveClosed: (error: KindredError) => void = () => undefined;
  const closed = new Promise<KindredError>((resolve) => (resolveClosed = resolve));
  return {
    space: inner.space,
    maxTokens: 128,
    cosines: COSINES,
    tokensPerSecond: null,
    plan: planDevice(capabilities, FAKE_MODEL, { provider, ...(provider === 'wasm' ? { threads, workers } : {}) }),
    survey: { capabilities, model: FAKE_MODEL },
    recycled: 0,
    memoryBytes: () => 0,
    closed,
    replaceable: false,
    batches: msTogether !== undefined,
    workers,
    texts,
    get disposed() {
      return disposed;
    },
    async embed(given, { signal, lane, alone = false }) {
      if (disposed) throw new KindredError('disposed', 'The embedder was closed.');
      texts.push(...given);
      const ms = alone || lane === 'draft' ? msPerText : (msTogether ?? msPerText);
      const work = new Promise<void>((resolve) => setTimeout(resolve, ms * given.length));
      await abortable(work, signal);
      return new Float32Array(given.length * FAKE_DIMENSION);
    },
    countTokens: (given) => Promise.resolve(Uint32Array.from(given, () => 10)),
    lose: () => resolveClosed(new KindredError('worker-crashed', 'lost')),
    dispose() {
      disposed = true;
      resolveClosed(new KindredError('disposed', 'The embedder was closed.'));
    },
  };
}
