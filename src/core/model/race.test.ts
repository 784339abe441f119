// Races between embedders of a known speed, and what follows from them.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { abortable } from '../../workers/abortable.ts';
import { addRace, paysToSwitch, raceEmbedders, type Racer } from './race.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TEXTS = Array.from({ length: 16 }, (_, n) => `text ${n}`);
const TOKENS = TEXTS.map(() => 10);

/** Takes so long for each text; its first call so much longer. */
function racer(threads: number, msPerText: number, warmUpMs = 0): Racer & { calls: number } {
  const made = {
    provider: 'wasm' as const,
    threads,
    calls: 0,
    embedder: {
      async embed(texts: readonly string[], { signal }: { signal?: AbortSignal }) {
        made.calls++;
        const ms = msPerText * texts.length + (made.calls === 1 ? warmUpMs : 0);
        const work = new Promise<void>((resolve) => setTimeout(resolve, ms));
        await abortable(work, signal);
        return new Float32Array();
      },
    },
  };
  return made;
}

async function race(racers: Racer[], budgetMs = 3_000) {
  const running = raceEmbedders(racers, TEXTS, TOKENS, { budgetMs, now: () => Date.now() });
  running.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  return running;
}

describe('a race', () => {
  test('finds the rate of each, without its warm-up', async () => {
    const result = await race([racer(2, 10, 500), racer(1, 20, 900)]);
    expect(result?.contenders).toEqual([
      { provider: 'wasm', threads: 2, tokensPerSecond: 1_000, atMost: false },
      { provider: 'wasm', threads: 1, tokensPerSecond: 500, atMost: false },
    ]);
    expect(result?.passages).toBe(16);
    expect(result?.ms).toBe(8 * 30 + 8 * 60 + 1_400);
  });

  test('takes turns, so that both meet what the device does meanwhile', async () => {
    const [a, b] = [racer(2, 10), racer(1, 10)];
    await race([a, b]);
    expect([a.calls, b.calls]).toEqual([8, 8]);
  });

  test('never takes longer than its budget, and says of one that did not finish that it is no faster', async () => {
    const result = await race([racer(2, 10), racer(1, 5_000)], 3_000);
    expect(result?.ms).toBe(3_000);
    const [first, second] = result?.contenders ?? [];
    expect(first).toMatchObject({ tokensPerSecond: 1_000, atMost: false });
    expect(second?.atMost).toBe(true);
    expect(second?.tokensPerSecond).toBeLessThan(12);
  });

  test('says nothing when the first did not finish', async () => {
    expect(await race([racer(2, 5_000), racer(1, 10)])).toBeNull();
  });

  test('ends with the error of a racer', async () => {
    const broken = { ...racer(1, 10), embedder: { embed: () => Promise.reject(new Error('lost')) } };
    await expect(race([racer(2, 10), broken])).rejects.toThrow('lost');
  });
});

describe('switching', () => {
  test.each([
    // from, to, done, waiting, same space
    [100, 105, 0, 500, true, false, 'hardly faster'],
    [100, 200, 400, 100, true, true, 'what is done stays'],
    [100, 200, 0, 0, false, true, 'nothing is lost'],
    [100, 200, 20, 480, false, true, '500 at 200 take less than 480 at 100'],
    [100, 200, 400, 100, false, false, '500 at 200 take longer than 100 at 100'],
  ])('from %i to %i with %i done and %i waiting, same space %s: %s, as %s', (from, to, done, waiting, same, wanted) => {
    expect(paysToSwitch(from, to, { done, waiting }, same)).toBe(wanted);
  });

  test('races add up: a way timed again takes the place of its older time', () => {
    const at = (provider: 'wasm' | 'webgpu', threads: number, tokensPerSecond: number) =>
      ({ provider, threads, tokensPerSecond, atMost: false }) as const;
    const first = addRace(
      null,
      { contenders: [at('webgpu', 1, 50), at('wasm', 4, 90)], passages: 16, ms: 900 },
      at('wasm', 4, 90),
      'then',
    );
    const second = addRace(
      first,
      { contenders: [at('wasm', 4, 95), at('wasm', 2, 99)], passages: 12, ms: 500 },
      at('wasm', 4, 95),
      'now',
    );
    expect(second).toEqual({
      contenders: [at('webgpu', 1, 50), at('wasm', 4, 95), at('wasm', 2, 99)],
      kept: { provider: 'wasm', threads: 4 },
      passages: 16,
      ms: 1_400,
      at: 'now',
    });
  });
});
