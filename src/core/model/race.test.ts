// Races between embedders of a known speed, and what follows from them.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { abortable } from '../../workers/abortable.ts';
import { addRace, paysToStartOver, raceEmbedders, type Racer } from './race.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TEXTS = Array.from({ length: 16 }, (_, n) => `text ${n}`);
/** Two a turn, of ten tokens each. */
const TURNS = Array.from({ length: 8 }, (_, at) => ({ texts: TEXTS.slice(at * 2, at * 2 + 2), tokens: 20 }));

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

async function race(racers: [Racer, Racer], budgetMs = 3_000) {
  const running = raceEmbedders(racers, TURNS, { budgetMs, now: () => Date.now() });
  running.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  return running;
}

describe('a race', () => {
  test('finds the rate of each, without its warm-up', async () => {
    const result = await race([racer(2, 10, 500), racer(1, 20, 900)]);
    expect(result.lastWins).toBe(false);
    expect(result.contenders).toEqual([
      { provider: 'wasm', threads: 2, tokensPerSecond: 1_000, atMost: false },
      { provider: 'wasm', threads: 1, tokensPerSecond: 500, atMost: false },
    ]);
    expect(result.passages).toBe(16);
    expect(result.ms).toBe(10 * 20 + 10 * 40 + 1_400);
    expect((await race([racer(2, 20, 500), racer(1, 10, 900)])).lastWins).toBe(true);
  });

  test('takes turns, so that both meet what the device does meanwhile', async () => {
    const [a, b] = [racer(2, 10), racer(1, 10)];
    await race([a, b]);
    expect([a.calls, b.calls]).toEqual([10, 10]);
  });

  test('never takes longer than its budget, and says of one that did not finish that it is no faster', async () => {
    const result = await race([racer(2, 10), racer(1, 5_000)], 3_000);
    expect(result.ms).toBeLessThanOrEqual(3_000);
    expect(result.lastWins).toBe(false);
    const [first, second] = result.contenders;
    expect(first).toMatchObject({ tokensPerSecond: 1_000, atMost: false });
    expect(second?.atMost).toBe(true);
    expect(second?.tokensPerSecond).toBeLessThan(14);
  });

  test('lets one that does not finish in half of the time lose to one that does', async () => {
    const result = await race([racer(2, 5_000), racer(1, 10)]);
    expect(result).toMatchObject({ lastWins: true, contenders: [{ atMost: true }, { tokensPerSecond: 1_000 }] });
    expect(result.ms).toBeLessThanOrEqual(3_000);
  });

  test.each([
    ['both are too slow to finish', racer(2, 5_000), racer(1, 5_000), 3_000],
    ['there was time for too few turns', racer(2, 100), racer(1, 60), 1_000],
  ])('says nothing when %s', async (_why, first, second, budgetMs) => {
    const result = await race([first, second], budgetMs);
    expect(result.lastWins).toBeNull();
    expect(result.ms).toBeLessThanOrEqual(budgetMs);
  });

  test('needs fewer turns to tell one that is many times as fast', async () => {
    expect((await race([racer(2, 240), racer(1, 10)], 1_500)).lastWins).toBe(true);
    expect((await race([racer(2, 10), racer(1, 240)], 1_500)).lastWins).toBe(false);
  });

  test('does not believe one that is faster by a little, or only now and then', async () => {
    expect((await race([racer(2, 105), racer(1, 100)], 9_000)).lastWins).toBe(false);
    const moody = racer(1, 10);
    const { embed } = moody.embedder;
    const steady = racer(1, 100);
    moody.embedder.embed = (texts, options) => (moody.calls % 2 === 0 ? embed(texts, options) : held(texts, options));
    const held = (texts: readonly string[], options: Parameters<typeof embed>[1]) => {
      moody.calls++;
      return steady.embedder.embed(texts, options);
    };
    expect((await race([racer(2, 50), moody], 9_000)).lastWins).toBe(false);
  });

  test('ends with the error of a racer', async () => {
    const broken = { ...racer(1, 10), embedder: { embed: () => Promise.reject(new Error('lost')) } };
    await expect(race([racer(2, 10), broken])).rejects.toThrow('lost');
  });
});

describe('switching', () => {
  test.each([
    [100, 200, 0, 0, true, 'nothing is lost'],
    [100, 200, 20, 480, true, '500 at 200 take less than 480 at 100'],
    [100, 200, 400, 100, false, '500 at 200 take longer than 100 at 100'],
  ])('from %i to %i with %i done and %i waiting: %s, as %s', (from, to, done, waiting, wanted) => {
    expect(paysToStartOver(from, to, { done, waiting })).toBe(wanted);
  });

  test('races add up: a way timed again takes the place of its older time', () => {
    const at = (provider: 'wasm' | 'webgpu', threads: number, tokensPerSecond: number) =>
      ({ provider, threads, tokensPerSecond, atMost: false }) as const;
    const first = addRace(
      null,
      { contenders: [at('webgpu', 1, 50), at('wasm', 4, 90)], lastWins: true, passages: 16, ms: 900 },
      at('wasm', 4, 90),
      'then',
    );
    const second = addRace(
      first,
      { contenders: [at('wasm', 4, 95), at('wasm', 2, 99)], lastWins: false, passages: 12, ms: 500 },
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
