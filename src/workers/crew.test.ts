// Two embedders of a known speed that work as one.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DevicePlan, Runner } from '../core/status.ts';
import { FAKE_DEVICE, fakeRunning } from '../testing/fakeRunning.ts';
import { Crew } from './crew.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ONE: Runner = { provider: 'wasm', threads: 1 };
const APART = { ...FAKE_DEVICE, crossOriginIsolated: false };

async function crew(second = fakeRunning(ONE, 10, APART)) {
  const first = fakeRunning(ONE, 10, APART);
  const plans: DevicePlan[] = [];
  const onLess = vi.fn();
  const both = new Crew(first, {
    startAnother: () => Promise.resolve(second),
    onPlan: (plan) => plans.push(plan),
    onLess,
  });
  await both.grow();
  return { both, first, second, plans, onLess };
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, n) => `text ${n} ${'x'.repeat(n)}`);

describe('a crew of two', () => {
  test('shares a list, each text once, the longest first, in half the time', async () => {
    const { both, first, second } = await crew();
    const began = Date.now();
    const call = both.embed(texts(8), { lane: 'queue' });
    await vi.advanceTimersByTimeAsync(1_000);
    const vectors = await call;
    expect(vectors).toHaveLength(8 * both.space.dimension);
    expect([...first.texts, ...second.texts].sort()).toEqual(texts(8).sort());
    expect(first.texts).toHaveLength(4);
    expect(first.texts[0]).toBe(texts(8)[7]);
    expect(Date.now() - began).toBe(1_000);
  });

  test('gives a single text to the one with less to do', async () => {
    const { both, first, second } = await crew();
    void both.embed(['a'], { lane: 'queue' });
    void both.embed(['b'], { lane: 'draft' });
    await vi.advanceTimersByTimeAsync(100);
    expect([first.texts, second.texts]).toEqual([['a'], ['b']]);
  });

  test('says that there are two, and what both lost and hold', async () => {
    const { both, plans } = await crew();
    expect(both.plan).toMatchObject({ threads: 1, workers: 2, losses: { times: 0 } });
    expect(plans.at(-1)?.workers).toBe(2);
  });

  test('goes on with one when the other is lost for good, and says why', async () => {
    const { both, first, second, plans, onLess } = await crew();
    second.lose();
    await vi.advanceTimersByTimeAsync(0);
    expect(onLess).toHaveBeenCalledOnce();
    expect(plans.at(-1)).toMatchObject({ workers: 1, losses: { last: 'lost' } });
    expect(plans.at(-1)?.candidates[1]?.reason).toMatch(/lost too often/);
    const call = both.embed(texts(3), { lane: 'queue' });
    await vi.advanceTimersByTimeAsync(100);
    await call;
    expect(first.texts).toHaveLength(3);
    first.lose();
    expect(await both.closed).toMatchObject({ message: 'lost' });
  });

  test('rejects the whole when one fails, and ends what the other does', async () => {
    const second = fakeRunning(ONE, 10, APART);
    const failing = Object.assign(Object.create(second) as typeof second, {
      embed: () => Promise.reject(new Error('struck')),
    });
    const { both, first } = await crew(failing);
    const call = both.embed(texts(8), { lane: 'queue' });
    call.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(call).rejects.toThrow('struck');
    expect(first.texts.length).toBeLessThan(3);
  });

  test('is disposed with both', async () => {
    const { both, first, second } = await crew();
    both.dispose();
    expect([first.disposed, second.disposed]).toEqual([true, true]);
    expect(await both.closed).toMatchObject({ code: 'disposed' });
  });
});
