// Readers beside an embedder of a known speed.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeContest as contest, wasm } from '../testing/fakeContest.ts';
import type { Contest } from './contest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('readers', () => {
  const speeds = { 'wasm 3': 20, 'wasm 2': 25, 'wasm 4': 25, 'wasm 1, 3 workers': 8 };

  /** As `read`, without a rest. */
  async function readOn(running: Contest, from: number, count = 8): Promise<void> {
    const call = running.embed(
      Array.from({ length: count }, (_, n) => `text ${from + n}`),
      { lane: 'queue' },
    );
    call.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(5_000);
    await call;
  }

  test('join the one that answers drafts where they are faster, and are remembered', async () => {
    const { running, incumbent, started, plans, verdict } = contest(wasm(3), speeds);
    await readOn(running, 0, 16);
    const crew = started.at(-1);
    expect(crew?.workers).toBe(3);
    expect(started.map(({ disposed }) => disposed)).toEqual([false, true, true, false]);
    expect(await verdict()).toMatchObject({ threads: 3, workers: 3, race: { kept: { threads: 1, workers: 3 } } });
    expect(plans.at(-1)).toMatchObject({ threads: 3, workers: 1, readers: 3 });
    expect(plans.at(-1)?.candidates[1]?.reason).toMatch(/read by 3 workers of one thread/);
    expect(running.workers).toBe(3);
    await readOn(running, 16);
    expect(crew?.texts).toContain('text 23');
    expect(incumbent.texts).not.toContain('text 23');
  });

  test('take a draft while they read, and leave it to the other while they rest', async () => {
    const { running, incumbent, started } = contest(wasm(3), speeds);
    await readOn(running, 0, 16);
    const reading = running.embed(['text 16', 'text 17'], { lane: 'queue' });
    const during = running.embed(['during'], { lane: 'draft' });
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all([reading, during]);
    const after = running.embed(['after'], { lane: 'draft' });
    await vi.advanceTimersByTimeAsync(100);
    await after;
    expect(started.at(-1)?.texts).toContain('during');
    expect(incumbent.texts).toContain('after');
  });

  test('go when there is nothing to read, and come back when many posts wait again', async () => {
    const reading = { done: 0, waiting: 500 };
    const { running, started } = contest(wasm(3), speeds, { reading });
    await readOn(running, 0, 16);
    const crew = started.at(-1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(crew?.disposed).toBe(true);
    expect(running.workers).toBe(1);
    reading.waiting = 3;
    await readOn(running, 16);
    expect(started).toHaveLength(4);
    reading.waiting = 300;
    await readOn(running, 24);
    expect(started).toHaveLength(5);
    await readOn(running, 32);
    expect(started[4]?.texts).toContain('text 32');
    running.dispose();
    expect(started[4]?.disposed).toBe(true);
  });

  test('of an earlier visit come at once where many posts wait, and never where the model would be fetched again', async () => {
    const { running, incumbent, started } = contest(wasm(3), speeds, { readers: 3 });
    await readOn(running, 0);
    expect(started[1]?.workers).toBe(3);
    expect(incumbent.texts).toContain('text 0');
    await readOn(running, 8);
    expect(started[1]?.texts).toContain('text 15');
    const unkept = contest(wasm(3), speeds, { readers: 3, mayDouble: false });
    await readOn(unkept.running, 0, 8);
    await readOn(unkept.running, 8, 4);
    expect(unkept.started).toHaveLength(1);
  });

  test('that are lost are left alone, and the other reads on', async () => {
    const { running, incumbent, started } = contest(wasm(3), speeds, { readers: 3 });
    await readOn(running, 0);
    started[1]?.lose();
    await readOn(running, 8, 4);
    await readOn(running, 12, 2);
    expect(started).toHaveLength(2);
    expect(incumbent.texts).toContain('text 13');
  });

  test('that are no faster are not kept, nor tried again', async () => {
    const { running, started, plans, verdict } = contest(wasm(3), { ...speeds, 'wasm 1, 3 workers': 19.5 });
    await readOn(running, 0, 16);
    expect(started.at(-1)).toMatchObject({ workers: 3, disposed: true });
    expect(await verdict()).toMatchObject({ threads: 3, workers: 1 });
    expect(plans.at(-1)?.readers).toBe(1);
  });
});
