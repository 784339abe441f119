import { describe, expect, test } from 'vitest';
import { KindredError } from '../../core/index.ts';
import type { DevicePlan, ExecutionProvider } from '../../core/index.ts';
import type { Backend } from './backend.ts';
import type { TextSet } from './benchTexts.ts';
import { createDeviceBench, type BenchState, type DeviceBenchPorts } from './deviceBench.ts';

const plan = (provider: ExecutionProvider): DevicePlan => ({
  provider,
  format: provider === 'wasm' ? 'int8' : 'nbits',
  threads: provider === 'wasm' ? 2 : 1,
  workers: 1,
  readers: null,
  threadsMeasured: false,
  batched: provider === 'webgpu',
  batchedMeasured: false,
  probeWorstCosine: 0.9987,
  device: 'a browser',
  key: 'a browser, tiny',
  race: null,
  demotions: [],
  losses: { times: 0, last: null },
  candidates: [
    {
      provider: 'webgpu',
      format: 'nbits',
      chosen: provider === 'webgpu',
      reason: 'the browser has no WebGPU',
      again: null,
    },
    { provider: 'wasm', format: 'int8', chosen: provider === 'wasm', reason: '2 threads with SIMD', again: null },
  ],
});

const SETS: TextSet[] = [
  { words: 2, whole: false, texts: ['one two', 'six four'] },
  { words: null, whole: false, texts: ['a', 'b c', 'd'] },
  { words: null, whole: true, texts: ['a', 'b c', 'd'] },
];

interface Call {
  provider: ExecutionProvider;
  texts: readonly string[];
  perCall: number | undefined;
  alone: boolean | undefined;
}

/** A device whose default is `first`; the clock says 10 ms a text on WebGPU, 25 for each by itself, and 40 on WASM. */
function fakeDevice(first: ExecutionProvider | KindredError, onEmbed: (call: Call) => void = () => undefined) {
  const calls: Call[] = [];
  const closed: ExecutionProvider[] = [];
  const ports: DeviceBenchPorts = {
    model: 'tiny',
    texts: () => Promise.resolve(SETS),
    open: async ({ provider = first }) => {
      if (provider instanceof KindredError) throw provider;
      const backend: Backend = {
        plan: plan(provider),
        readyMs: 1234,
        fromCache: true,
        countTokens: (texts) => Promise.resolve({ ms: 0, tokens: Uint32Array.from(texts, (text) => text.length) }),
        batchesRefused: null,
        embed: (texts, perCall, alone) => {
          const call = { provider, texts, perCall, alone };
          calls.push(call);
          onEmbed(call);
          const ms = texts.length * (provider === 'wasm' ? 40 : alone === true ? 25 : 10);
          return Promise.resolve({ ms, vectors: new Float32Array(texts.length * 2).fill(Math.SQRT1_2) });
        },
        close: () => closed.push(provider),
      };
      return backend;
    },
  };
  return { bench: createDeviceBench(ports), calls, closed };
}

function resultOf(state: BenchState) {
  if (state.stage === 'ready') throw new Error('Nothing was measured.');
  return state.result;
}

describe('a device with a graphics card', () => {
  test('is measured on both backends, in turn, and their vectors are compared', async () => {
    const { bench, calls, closed } = fakeDevice('webgpu');
    await bench.run();
    const { backends, sets, gpuRefused, agreement } = resultOf(bench.getState());
    expect(bench.getState().stage).toBe('done');
    expect(backends.map(({ provider }) => provider)).toEqual(['webgpu', 'wasm']);
    expect(gpuRefused).toBeNull();
    expect(sets.map(({ ms }) => ms)).toEqual([
      { webgpu: 20, 'webgpu-alone': 50, wasm: 80 },
      { webgpu: 30, 'webgpu-alone': 75, wasm: 120 },
      { webgpu: 30, 'webgpu-alone': 75, wasm: 120 },
    ]);
    expect(agreement?.worst).toBeCloseTo(1);
    expect(calls.slice(0, 4).map(({ provider, alone }) => [provider, alone])).toEqual([
      ['webgpu', false],
      ['webgpu', true],
      ['wasm', false],
      ['webgpu', false],
    ]);
    expect(closed).toEqual(['webgpu', 'wasm']);
  });

  test('gets paragraphs as the queue gives them, and all in one call', async () => {
    const { bench } = fakeDevice('webgpu');
    await bench.run();
    expect(resultOf(bench.getState()).sets.map(({ even, perCall }) => [even, perCall])).toEqual([
      [true, 16],
      [false, 16],
      [false, 3],
    ]);
  });
});

test('without one, WebAssembly is measured and the reason told', async () => {
  const { bench } = fakeDevice('wasm');
  await bench.run();
  const result = resultOf(bench.getState());
  expect(result.backends.map(({ provider }) => provider)).toEqual(['wasm']);
  expect(result.gpuRefused).toBe('the browser has no WebGPU');
  expect(result.agreement).toBeNull();
});

test('one that fails its probes is named, and the other measured', async () => {
  const { bench } = fakeDevice(new KindredError('probes-disagree', 'The worst cosine is 0.2.'));
  await bench.run();
  const result = resultOf(bench.getState());
  expect(bench.getState().stage).toBe('done');
  expect(result.gpuRefused).toBe('The worst cosine is 0.2.');
  expect(result.backends.map(({ provider }) => provider)).toEqual(['wasm']);
});

test('a stop keeps what was measured, and closes the workers', async () => {
  const { bench, closed } = fakeDevice('wasm', ({ texts }) => {
    if (texts.length === 3) bench.stop();
  });
  await bench.run();
  expect(bench.getState().stage).toBe('stopped');
  expect(resultOf(bench.getState()).sets).toHaveLength(1);
  expect(closed).toEqual(['wasm']);
});

test('a failure is a state with its code', async () => {
  const { bench } = fakeDevice('wasm', () => {
    throw new KindredError('backend-failed', 'It broke.');
  });
  await bench.run();
  const state = bench.getState();
  expect(state.stage === 'failed' && state.error.code).toBe('backend-failed');
});

test('the rounds in which a device warms up do not count', async () => {
  let round = 0;
  const slowAtFirst = createDeviceBench({
    model: 'tiny',
    texts: () => Promise.resolve(SETS.slice(0, 1)),
    open: async () => ({
      plan: plan('wasm'),
      readyMs: 1,
      fromCache: true,
      countTokens: () => Promise.resolve({ ms: 0, tokens: new Uint32Array(2) }),
      batchesRefused: null,
      embed: () => Promise.resolve({ ms: round++ < 2 ? 5000 : 50, vectors: new Float32Array(4) }),
      close: () => undefined,
    }),
  });
  await slowAtFirst.run();
  expect(resultOf(slowAtFirst.getState()).sets[0]?.ms.wasm).toBe(50);
});
