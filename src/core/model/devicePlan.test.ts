// The device plan as a table.
import { describe, expect, test } from 'vitest';
import type { Capabilities } from './capabilities.ts';
import type { Race } from '../status.ts';
import { otherRunners, planDevice, runtimeBuild } from './devicePlan.ts';
import type { PlanOptions } from './devicePlan.ts';
import { forgetRefusal, NO_VERDICT } from './deviceVerdicts.ts';
import type { NetworkFile } from './manifest.ts';

const file = (format: NetworkFile['format']): NetworkFile => ({
  path: `model.${format}.onnx`,
  bytes: 1,
  sha256: '0'.repeat(64),
  format,
  probeTolerance: 0.97,
});
const both = { id: 'm', revision: '1', files: { wasm: file('int8'), webgpu: file('nbits') } };

const good: Capabilities = {
  crossOriginIsolated: true,
  hardwareConcurrency: 8,
  memoryGib: 8,
  wasmSimd: true,
  wasmThreads: true,
  jspi: true,
  gpu: 'hardware',
  shaderF16: true,
  adapter: 'nvidia ampere',
  gpuBufferBytes: 1_000_000_000,
  browser: 'Chromium 144',
};

const race = (webgpu: number, wasm: number, kept: 'webgpu' | 'wasm'): Race => ({
  contenders: [
    { provider: 'webgpu', threads: 1, tokensPerSecond: webgpu, atMost: false },
    { provider: 'wasm', threads: 4, tokensPerSecond: wasm, atMost: false },
  ],
  kept: { provider: kept, threads: kept === 'wasm' ? 4 : 1 },
  passages: 16,
  ms: 2_000,
  at: '2026-03-02T10:12:00.000Z',
});
const refusedFor = (reason: string, demoted = false) => ({ reason, at: '2026-03-02T10:12:00.000Z', demoted });

interface Case {
  when: string;
  device?: Partial<Capabilities>;
  webgpu?: NetworkFile | null;
  options?: PlanOptions;
  chosen: string;
  webgpuReason: RegExp;
}

const cases: Case[] = [
  { when: 'there is a graphics card', chosen: 'webgpu nbits 1', webgpuReason: /adapter is there/ },
  { when: 'the browser has no WebGPU', device: { gpu: 'absent' }, chosen: 'wasm int8 4', webgpuReason: /no WebGPU/ },
  {
    when: 'no adapter is offered',
    device: { gpu: 'no-adapter' },
    chosen: 'wasm int8 4',
    webgpuReason: /no graphics adapter/,
  },
  { when: 'the adapter is emulated', device: { gpu: 'software' }, chosen: 'wasm int8 4', webgpuReason: /emulated/ },
  {
    when: 'the adapter is emulated but asked for',
    device: { gpu: 'software' },
    options: { provider: 'webgpu' },
    chosen: 'webgpu nbits 1',
    webgpuReason: /adapter is there/,
  },
  { when: 'the model has no file for it', webgpu: null, chosen: 'wasm int8 4', webgpuReason: /no file/ },
  {
    when: 'half precision is needed and missing',
    webgpu: file('fp16'),
    device: { shaderF16: false },
    chosen: 'wasm int8 4',
    webgpuReason: /half precision/,
  },
  { when: 'half precision is needed and there', webgpu: file('fp16'), chosen: 'webgpu fp16 1', webgpuReason: /there/ },
  {
    when: 'WASM is asked for',
    options: { provider: 'wasm' },
    chosen: 'wasm int8 4',
    webgpuReason: /switched off/,
  },
  {
    when: 'WebGPU has failed before',
    options: { verdict: { ...NO_VERDICT, refused: { webgpu: refusedFor('its probes disagreed') } } },
    chosen: 'wasm int8 4',
    webgpuReason: /^its probes disagreed \(found 2026-03-02\)$/,
  },
  {
    when: 'WebGPU has failed before and is asked for by name',
    options: {
      provider: 'webgpu',
      verdict: { ...NO_VERDICT, refused: { webgpu: refusedFor('its probes disagreed') } },
    },
    chosen: 'webgpu nbits 1',
    webgpuReason: /adapter is there/,
  },
  {
    when: 'WebGPU has failed before and the adapter is gone',
    device: { gpu: 'no-adapter' },
    options: { verdict: { ...NO_VERDICT, refused: { webgpu: refusedFor('its probes disagreed') } } },
    chosen: 'wasm int8 4',
    webgpuReason: /no graphics adapter/,
  },
  {
    when: 'WebGPU was slower',
    options: { verdict: { ...NO_VERDICT, race: race(900.4, 2300, 'wasm') } },
    chosen: 'wasm int8 4',
    webgpuReason: /^slower here: 900 tokens a second there, 2300 on the processor$/,
  },
  {
    when: 'WebGPU was faster',
    options: { verdict: { ...NO_VERDICT, race: race(9000, 2300, 'webgpu') } },
    chosen: 'webgpu nbits 1',
    webgpuReason: /^faster here: 9000/,
  },
  {
    when: 'WebGPU was slower but has read the posts',
    options: { verdict: { ...NO_VERDICT, race: race(2000, 2300, 'webgpu') } },
    chosen: 'webgpu nbits 1',
    webgpuReason: /^kept, as your posts are read with it/,
  },
  {
    when: 'threads were measured',
    device: { gpu: 'absent' },
    options: { verdict: { ...NO_VERDICT, threads: 7 } },
    chosen: 'wasm int8 7',
    webgpuReason: /no WebGPU/,
  },
  {
    when: 'more threads were measured than there are cores now',
    device: { gpu: 'absent' },
    options: { verdict: { ...NO_VERDICT, threads: 12 } },
    chosen: 'wasm int8 4',
    webgpuReason: /no WebGPU/,
  },
  {
    when: 'threads were given up',
    device: { gpu: 'absent' },
    options: { verdict: { ...NO_VERDICT, threads: 4, refused: { threads: refusedFor('lost 6 times', true) } } },
    chosen: 'wasm int8 1',
    webgpuReason: /no WebGPU/,
  },
  {
    when: 'the adapter takes only small buffers',
    device: { gpuBufferBytes: 0 },
    chosen: 'wasm int8 4',
    webgpuReason: /buffers of 0 bytes/,
  },
  {
    when: 'a number of threads is asked for',
    options: { provider: 'wasm', threads: 3 },
    chosen: 'wasm int8 3',
    webgpuReason: /switched off/,
  },
];

describe('the device plan', () => {
  test.each(cases)('when $when: $chosen', ({ device, webgpu, options, chosen, webgpuReason }) => {
    const files = { ...both.files, ...(webgpu === undefined ? {} : { webgpu }) };
    const plan = planDevice({ ...good, ...device }, { ...both, files }, options);
    expect(`${plan.provider} ${plan.format} ${plan.threads}`).toBe(chosen);
    expect(plan.probeWorstCosine).toBeNull();
    expect(plan.candidates.map((candidate) => candidate.provider)).toEqual(['webgpu', 'wasm']);
    expect(plan.candidates.filter((candidate) => candidate.chosen)).toMatchObject([{ provider: plan.provider }]);
    expect(plan.candidates[0]?.reason).toMatch(webgpuReason);
    expect(plan.candidates[1]?.reason).not.toBe('');
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [6, 4],
    [64, 4],
  ])('on %i cores WASM takes %i threads', (hardwareConcurrency, threads) => {
    expect(planDevice({ ...good, gpu: 'absent', hardwareConcurrency }, both).threads).toBe(threads);
  });

  test.each([
    [{ crossOriginIsolated: false }, /not cross-origin isolated/],
    [{ wasmThreads: false }, /no WebAssembly threads/],
    [{ hardwareConcurrency: 1 }, /one thread/],
  ])('with %j it takes one thread and says why', (device, reason) => {
    const plan = planDevice({ ...good, gpu: 'absent', ...device }, both);
    expect(plan.threads).toBe(1);
    expect(plan.candidates[1]?.reason).toMatch(reason);
  });

  test('without SIMD there is no plan, and the message says what still works and what to do', () => {
    expect(() => planDevice({ ...good, wasmSimd: false }, both)).toThrow(
      expect.objectContaining({
        code: 'wasm-simd-missing',
        message: expect.stringMatching(/by words still work.*use a current/) as string,
      }) as Error,
    );
  });

  test('WebGPU asked for where there is none fails with the reason', () => {
    const plan = () => planDevice({ ...good, gpu: 'absent' }, both, { provider: 'webgpu' });
    expect(plan).toThrow(expect.objectContaining({ code: 'backend-failed' }) as Error);
    expect(plan).toThrow('no WebGPU');
  });
});

test('a demotion is told, with its date; a backend that never passed is not one', () => {
  const refused = { webgpu: refusedFor('lost 6 times', true), threads: refusedFor('no room', false) };
  const plan = planDevice(good, both, { verdict: { ...NO_VERDICT, refused } });
  expect(plan.demotions).toEqual([{ what: 'webgpu', reason: 'lost 6 times', at: '2026-03-02T10:12:00.000Z' }]);
  expect(plan.candidates[1]?.reason).toMatch(/^one thread: no room/);
});

test('what is found holds for one adapter, core count, version of browser and model', () => {
  const key = (device: Partial<Capabilities>, model: Partial<typeof both> = {}) =>
    planDevice({ ...good, ...device }, { ...both, ...model }).key;
  const others = [
    key({ adapter: 'intel' }),
    key({ browser: 'Chromium 145' }),
    key({ hardwareConcurrency: 4 }),
    key({ crossOriginIsolated: false }),
    key({}, { revision: '2' }),
    key({}, { id: 'n' }),
  ];
  expect(new Set([key({}), ...others]).size).toBe(others.length + 1);
  expect(key({})).toBe(key({}));
});

test.each([
  [2, 2, [1]],
  [8, 4, [2, 7]],
  [4, 3, [2, 4]],
  [1, 1, []],
  [64, 4, [2, 8]],
])('on %i cores %i threads are timed against %j', (hardwareConcurrency, threads, others) => {
  const found = otherRunners({ ...good, hardwareConcurrency }, { threads, workers: 1 });
  expect(found).toEqual(others.map((other) => ({ provider: 'wasm', threads: other })));
});

test.each([
  ['wasm', true, 'wasm'],
  ['wasm', false, 'wasm'],
  ['webgpu', true, 'jspi'],
  ['webgpu', false, 'asyncify'],
] as const)('on %s with promise integration %s the runtime is the %s build', (provider, jspi, build) => {
  expect(runtimeBuild({ provider }, { jspi })).toBe(build);
});

describe('what was found out', () => {
  const { webgpu, threads } = { webgpu: refusedFor('it failed: no shader'), threads: refusedFor('no room', true) };

  test('can be tried again, what the device lacks can not', () => {
    const found = planDevice(good, both, { verdict: { ...NO_VERDICT, refused: { webgpu, threads } } });
    expect(found.candidates.map(({ again }) => again)).toEqual(['webgpu', 'threads']);
    const absent = planDevice({ ...good, gpu: 'absent' }, both, { verdict: { ...NO_VERDICT, refused: { webgpu } } });
    expect(absent.candidates.map(({ again }) => again)).toEqual([null, null]);
    expect(planDevice(good, both).candidates.map(({ again }) => again)).toEqual([null, null]);
  });

  test('is forgotten for one way alone, and what was timed with it too', () => {
    const race: Race = {
      contenders: [],
      kept: { provider: 'wasm', threads: 2 },
      passages: 16,
      ms: 900,
      at: '2026-03-02T10:12:00.000Z',
    };
    const verdict = { refused: { webgpu, threads }, race, threads: 2, workers: null, batched: true };
    expect(forgetRefusal(verdict, 'webgpu')).toEqual({ ...verdict, refused: { threads }, race: null, batched: null });
    expect(forgetRefusal(verdict, 'threads')).toEqual({ ...verdict, refused: { webgpu }, threads: null });
    expect(planDevice(good, both, { verdict: forgetRefusal(verdict, 'webgpu') }).provider).toBe('webgpu');
    expect(verdict.refused).toEqual({ webgpu, threads });
  });
});

describe('where threads can not share memory', () => {
  const apart: Capabilities = { ...good, gpu: 'absent', crossOriginIsolated: false, hardwareConcurrency: 2 };
  const one = { threads: 1, workers: 1 };

  test('a second worker is timed against one, where there is a core for it and none yet', () => {
    expect(otherRunners(apart, one)).toEqual([{ provider: 'wasm', threads: 1, workers: 2 }]);
    expect(otherRunners({ ...apart, hardwareConcurrency: 1 }, one)).toEqual([]);
    expect(otherRunners(apart, { threads: 1, workers: 2 })).toEqual([]);
  });

  test('two are taken once they were the faster, and one stays where they were not', () => {
    expect(planDevice(apart, both)).toMatchObject({ ...one, threadsMeasured: false });
    const plan = planDevice(apart, both, { verdict: { ...NO_VERDICT, workers: 2 } });
    expect(plan).toMatchObject({ threads: 1, workers: 2, threadsMeasured: true });
    expect(plan.candidates[1]?.reason).toBe('two workers, faster here than one: the page is not cross-origin isolated');
    const slower = planDevice(apart, both, { verdict: { ...NO_VERDICT, workers: 1 } });
    expect(slower).toMatchObject({ ...one, threadsMeasured: true });
    expect(slower.candidates[1]?.reason).toMatch(/^one thread: /);
  });

  test('where they can, two threads answer drafts all the same', () => {
    expect(
      planDevice({ ...apart, crossOriginIsolated: true }, both, { verdict: { ...NO_VERDICT, workers: 2 } }),
    ).toMatchObject({ threads: 2, workers: 1, readers: 2 });
  });
});
