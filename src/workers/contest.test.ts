// Contests between embedders of a known speed.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Runner } from '../core/status.ts';
import { fakeContest as contest, GPU, READY, wasm } from '../testing/fakeContest.ts';
import type { Contest } from './contest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PAIR: Runner = { provider: 'wasm', threads: 1, workers: 2 };

/** As the queue does: call after call; the longest that one took. */
async function read(running: Contest, texts: number, from = 0): Promise<number> {
  let longest = 0;
  for (let at = 0; at < texts; at += 8) {
    const began = Date.now();
    const call = running.embed(
      Array.from({ length: Math.min(8, texts - at) }, (_, n) => `text ${from + at + n}`),
      { lane: 'queue' },
    );
    call.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(30_000);
    await call;
    longest = Math.max(longest, Date.now() - began);
  }
  return longest;
}

async function readOne(running: Contest, text: string): Promise<void> {
  const call = running.embed([text], { lane: 'queue' });
  await vi.advanceTimersByTimeAsync(30_000);
  await call;
}

describe('a contest', () => {
  test('begins only when enough of the author’s passages were read, and times those', async () => {
    const { running, started } = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 10 });
    await read(running, 15);
    expect(started).toHaveLength(1);
    await read(running, 8, 15);
    expect(started).toHaveLength(2);
    expect(new Set(started[1]?.texts)).toEqual(new Set(Array.from({ length: 16 }, (_, n) => `text ${n}`)));
  });

  test('keeps the faster of the two and remembers both rates', async () => {
    const { running, incumbent, started, plans, verdict } = contest(GPU, { 'webgpu 1': 5, 'wasm 3': 20 });
    await read(running, 24);
    expect(started.map(({ disposed }) => disposed)).toEqual([false, true]);
    expect(running.replacement).toBeNull();
    expect(await verdict()).toMatchObject({
      race: {
        kept: GPU,
        contenders: [
          { provider: 'webgpu', tokensPerSecond: 2_000 },
          { provider: 'wasm', threads: 3, tokensPerSecond: 500 },
        ],
      },
    });
    expect(plans.at(-1)?.candidates[0]?.reason).toMatch(/^faster here: 2000/);
    await read(running, 24, 24);
    expect(started).toHaveLength(2);
    expect(incumbent.texts).toContain('text 47');
  });

  test('gives way to a faster one of another space, which is handed on', async () => {
    const { running, incumbent, started, verdict, states, plans } = contest(GPU, { 'webgpu 1': 50, 'wasm 3': 10 });
    await read(running, 16);
    expect(await running.closed).toMatchObject({ code: 'worker-crashed' });
    expect(running.replacement).toBe(started[1]);
    expect([incumbent.disposed, started[1]?.disposed]).toEqual([true, false]);
    expect((await verdict())?.race?.kept).toEqual(wasm(3));
    expect(states).toEqual([READY]);
    expect(plans.at(-1)).toMatchObject({ provider: 'wasm', threads: 3 });
  });

  test('keeps a slower one when reading everything again would take longer than it saves', async () => {
    const reading = { done: 450, waiting: 50 };
    const { running, started, verdict, plans } = contest(GPU, { 'webgpu 1': 50, 'wasm 3': 25 }, { reading });
    await read(running, 16);
    expect(running.replacement).toBeNull();
    expect(started[1]?.disposed).toBe(true);
    expect((await verdict())?.race?.kept).toEqual(GPU);
    expect(plans.at(-1)?.candidates[0]?.reason).toMatch(/^kept, as your posts are read with it/);
  });

  test('lets posts wait for three seconds at most, however slow a challenger is', async () => {
    const { running, started } = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 20_000 });
    await read(running, 16);
    const longest = await read(running, 8, 16);
    expect(longest).toBeLessThanOrEqual(30_000);
    expect(started[1]?.disposed).toBe(true);
    const race = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 20_000 });
    await read(race.running, 16);
    expect((await race.verdict())?.race?.ms).toBeLessThanOrEqual(3_000);
  });

  test('finds the number of threads, and changes it without another space', async () => {
    const { running, incumbent, started, verdict, plans } = contest(wasm(3), { 'wasm 3': 20, 'wasm 2': 10 });
    await read(running, 24);
    expect((await verdict())?.threads).toBe(2);
    expect(running.replacement).toBeNull();
    expect([incumbent.disposed, started[1]?.disposed]).toEqual([true, false]);
    expect(plans.at(-1)).toMatchObject({ threads: 2, threadsMeasured: true });
    await read(running, 8, 24);
    expect(started[1]?.texts).toContain('text 31');
  });

  test('asks more threads only where fewer are no faster, and leaves what is measured alone', async () => {
    const { running, started, verdict } = contest(wasm(3), { 'wasm 3': 20, 'wasm 2': 25, 'wasm 4': 10 });
    await read(running, 24);
    expect(started.map(({ plan }) => plan.threads)).toEqual([3, 2, 4]);
    expect((await verdict())?.threads).toBe(4);
    expect((await verdict())?.race?.contenders).toHaveLength(3);
  });

  test('tries a second worker where threads can not share memory, and keeps both where they are faster', async () => {
    const speeds = { 'wasm 1': 20, 'wasm 1, 2 workers': 12 };
    const { running, incumbent, started, verdict, plans } = contest(wasm(1), speeds, { isolated: false });
    await read(running, 24);
    expect([incumbent.disposed, started[1]?.disposed]).toEqual([true, false]);
    expect(await verdict()).toMatchObject({ workers: 2, race: { kept: PAIR } });
    expect(plans.at(-1)).toMatchObject({ threads: 1, workers: 2, threadsMeasured: true });
    expect(plans.at(-1)?.candidates[1]?.reason).toMatch(/^two workers, faster here/);
  });

  test('stays with one worker where two are no faster, and where the model would be fetched twice', async () => {
    const slower = contest(wasm(1), { 'wasm 1': 20, 'wasm 1, 2 workers': 21 }, { isolated: false });
    await read(slower.running, 24);
    expect(await slower.verdict()).toMatchObject({ workers: 1 });
    expect(slower.plans.at(-1)).toMatchObject({ workers: 1, threadsMeasured: true });
    const unkept = { isolated: false, mayDouble: false };
    const alone = contest(wasm(1), { 'wasm 1': 20, 'wasm 1, 2 workers': 12 }, unkept);
    await read(alone.running, 24);
    expect(alone.started).toHaveLength(1);
  });

  test('is none when the challenger does not start or this one is lost meanwhile', async () => {
    const alone = contest(GPU, { 'webgpu 1': 10 });
    await read(alone.running, 24);
    expect(await alone.verdict()).toBeUndefined();
    expect(alone.incumbent.disposed).toBe(false);
    const lost = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 10 });
    lost.incumbent.lose();
    expect(await lost.running.closed).toMatchObject({ message: 'lost' });
    await read(lost.running, 24);
    expect(lost.started).toHaveLength(1);
  });

  test('that is too short to say anything leaves it to the next visit', async () => {
    const { running, started, verdict } = contest(wasm(2), { 'wasm 2': 150, 'wasm 1': 130, 'wasm 3': 130 });
    await read(running, 24);
    expect(started.map(({ disposed }) => disposed)).toEqual([false, true, true]);
    expect(await verdict()).toBeUndefined();
  });

  test('lets drafts pass while the queue waits for it', async () => {
    const { running } = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 400 });
    const reading = running.embed(
      Array.from({ length: 16 }, (_, n) => `text ${n}`),
      { lane: 'queue' },
    );
    await vi.advanceTimersByTimeAsync(200);
    await reading;
    const queued = running.embed(['later'], { lane: 'queue' }).then(() => 'queue');
    const draft = running.embed(['draft'], { lane: 'draft' }).then(() => 'draft');
    await vi.advanceTimersByTimeAsync(20);
    expect(await Promise.race([queued, draft])).toBe('draft');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await queued).toBe('queue');
  });

  test('finds whether texts run together are faster, on the card that runs them, before it times the processor', async () => {
    const { running, incumbent, started, verdict, plans } = contest(
      GPU,
      { 'webgpu 1': 20, 'wasm 3': 12 },
      { msTogether: 5 },
    );
    expect(running.batches).toBe(true);
    await read(running, 24);
    expect(running.batches).toBe(true);
    expect(started).toHaveLength(2);
    expect([incumbent.disposed, started[1]?.disposed]).toEqual([false, true]);
    expect(await verdict()).toMatchObject({
      batched: true,
      threads: null,
      race: {
        kept: { provider: 'webgpu', batched: true },
        contenders: [
          { provider: 'webgpu', batched: false, tokensPerSecond: 500 },
          { provider: 'webgpu', batched: true, tokensPerSecond: 2_000 },
          { provider: 'wasm', threads: 3 },
        ],
      },
    });
    expect(plans.at(-1)).toMatchObject({ provider: 'webgpu', batched: true, batchedMeasured: true });
  });

  test('takes one text at a time where several are not clearly faster, at once and after a reload', async () => {
    const { running, incumbent, verdict, plans } = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 50 }, { msTogether: 9.5 });
    await read(running, 24);
    expect(running.batches).toBe(false);
    expect(await verdict()).toMatchObject({ batched: false, race: { kept: { provider: 'webgpu', batched: false } } });
    expect(plans.at(-1)).toMatchObject({ provider: 'webgpu', batched: false, batchedMeasured: true });
    const asked = vi.spyOn(incumbent, 'embed');
    await read(running, 8, 24);
    expect(asked.mock.calls.map(([, options]) => options.alone)).toEqual([true]);
  });

  test('leaves it to the next visit where no two passages had one length', async () => {
    const { running, verdict } = contest(GPU, { 'webgpu 1': 10, 'wasm 3': 50 }, { msTogether: 2 });
    for (let at = 0; at < 16; at++) await readOne(running, `text ${at}`);
    expect(await verdict()).toMatchObject({ batched: null, race: { kept: { provider: 'webgpu', batched: true } } });
    expect(running.batches).toBe(true);
  });
});
