// The device plan as a table.
import { describe, expect, test } from 'vitest';
import type { Capabilities } from './capabilities.ts';
import { planDevice, runtimeBuild } from './devicePlan.ts';
import type { PlanOptions } from './devicePlan.ts';
import type { NetworkFile } from './manifest.ts';

const file = (format: NetworkFile['format']): NetworkFile => ({
  path: `model.${format}.onnx`,
  bytes: 1,
  sha256: '0'.repeat(64),
  format,
  probeTolerance: 0.97,
});
const both = { wasm: file('int8'), webgpu: file('nbits') };

const good: Capabilities = {
  crossOriginIsolated: true,
  hardwareConcurrency: 8,
  wasmSimd: true,
  wasmThreads: true,
  jspi: true,
  gpu: 'hardware',
  shaderF16: true,
};

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
    options: { webgpuRefused: 'its probes disagreed' },
    chosen: 'wasm int8 4',
    webgpuReason: /^its probes disagreed$/,
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
    const files = { ...both, ...(webgpu === undefined ? {} : { webgpu }) };
    const plan = planDevice({ ...good, ...device }, files, options);
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

test.each([
  ['wasm', true, 'wasm'],
  ['wasm', false, 'wasm'],
  ['webgpu', true, 'jspi'],
  ['webgpu', false, 'asyncify'],
] as const)('on %s with promise integration %s the runtime is the %s build', (provider, jspi, build) => {
  expect(runtimeBuild({ provider }, { jspi })).toBe(build);
});
