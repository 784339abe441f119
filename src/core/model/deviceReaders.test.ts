// Which readers a device may have beside the worker that answers drafts.
import { describe, expect, test } from 'vitest';
import { FAKE_DEVICE, FAKE_MODEL } from '../../testing/fakeRunning.ts';
import { planDevice, readersToTry } from './devicePlan.ts';
import { NO_VERDICT } from './deviceVerdicts.ts';

describe('readers', () => {
  const onProcessor = { ...FAKE_DEVICE, hardwareConcurrency: 8, gpu: 'absent' } as const;
  const plan = { provider: 'wasm', readers: null } as const;

  test.each([
    [2, 8, 2],
    [4, 8, 3],
    [16, 32, 4],
    [16, 4, 2],
    [16, null, 2],
    [16, 2, null],
    [1, 8, null],
  ])('on %i cores with %j GiB are %j', (hardwareConcurrency, memoryGib, workers) => {
    const found = readersToTry({ ...onProcessor, hardwareConcurrency, memoryGib }, plan);
    expect(found).toEqual(workers === null ? null : { provider: 'wasm', threads: 1, workers });
  });

  test('are tried once, on the processor, where threads share memory', () => {
    expect(readersToTry(onProcessor, { ...plan, readers: 1 })).toBeNull();
    expect(readersToTry(FAKE_DEVICE, { ...plan, provider: 'webgpu' })).toBeNull();
    expect(readersToTry({ ...onProcessor, crossOriginIsolated: false }, plan)).toBeNull();
  });

  test('stand in the plan once they were the faster, beside as many threads as before', () => {
    const found = planDevice(onProcessor, FAKE_MODEL, { verdict: { ...NO_VERDICT, threads: 4, workers: 3 } });
    expect(found).toMatchObject({ threads: 4, workers: 1, readers: 3 });
    expect(found.candidates[1]?.reason).toMatch(/as measured; many posts are read by 3 workers of one thread/);
    const slower = planDevice(onProcessor, FAKE_MODEL, { verdict: { ...NO_VERDICT, workers: 1 } });
    expect(slower).toMatchObject({ threads: 4, workers: 1, readers: 1 });
    expect(slower.candidates[1]?.reason).not.toMatch(/many posts/);
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict: { ...NO_VERDICT, workers: 3 } }).readers).toBeNull();
  });
});
