// Whether the device plan lets texts run together.
import { describe, expect, test } from 'vitest';
import { FAKE_DEVICE, FAKE_MODEL } from '../../testing/fakeRunning.ts';
import type { Race } from '../status.ts';
import { planDevice } from './devicePlan.ts';
import { forgetRefusal, NO_VERDICT } from './deviceVerdicts.ts';

describe('texts of one length run together on a graphics card', () => {
  const batches = { reason: 'of 4 texts at once one is another', at: '2026-03-02T10:12:00.000Z', demoted: false };

  test('until they are found to be wrong, or slower, there; never on the processor', () => {
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL)).toMatchObject({ batched: true, batchedMeasured: false });
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict: { ...NO_VERDICT, batched: true } })).toMatchObject({
      batched: true,
      batchedMeasured: true,
    });
    const slower = planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict: { ...NO_VERDICT, batched: false } });
    expect(slower).toMatchObject({ provider: 'webgpu', batched: false, batchedMeasured: true });
    expect(slower.candidates[0]).toMatchObject({
      reason: expect.stringContaining('faster here') as string,
      again: null,
    });
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL, { provider: 'wasm' })).toMatchObject({
      batched: false,
      batchedMeasured: false,
    });
  });

  test('a wrong result is told with the card, which is used all the same, and can be tried again', () => {
    const verdict = { ...NO_VERDICT, refused: { batches }, batched: true };
    const plan = planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict });
    expect(plan).toMatchObject({ provider: 'webgpu', batched: false });
    expect(plan.candidates[0]).toMatchObject({
      chosen: true,
      reason: 'a graphics adapter is there; one text at a time: of 4 texts at once one is another (found 2026-03-02)',
      again: 'batches',
    });
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL, { provider: 'webgpu', verdict }).batched).toBe(false);
    expect(planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict: forgetRefusal(verdict, 'batches') })).toMatchObject({
      batched: true,
      batchedMeasured: false,
    });
  });

  test('the rate of the way in use is what is compared', () => {
    const found: Race = {
      passages: 16,
      ms: 2_000,
      at: '2026-03-02T10:12:00.000Z',
      contenders: [
        { provider: 'webgpu', threads: 1, batched: false, tokensPerSecond: 300, atMost: false },
        { provider: 'webgpu', threads: 1, batched: true, tokensPerSecond: 900, atMost: false },
        { provider: 'wasm', threads: 4, tokensPerSecond: 500, atMost: false },
      ],
      kept: { provider: 'webgpu', threads: 1, batched: true },
    };
    const plan = planDevice(FAKE_DEVICE, FAKE_MODEL, { verdict: { ...NO_VERDICT, race: found, batched: true } });
    expect(plan.candidates[0]?.reason).toBe('faster here: 900 tokens a second there, 500 on the processor');
  });
});
