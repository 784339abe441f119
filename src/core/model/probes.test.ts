// The verdict over a device, with made-up devices.
import { describe, expect, test } from 'vitest';
import { compareProbes, firstMoved, orderMargin, parseProbes, runProbes } from './probes.ts';
import type { Probe } from './probes.ts';

const probes: Probe[] = [
  { text: 'one', tokens: [1, 5, 2], vector: Float32Array.of(1, 0) },
  { text: 'two', tokens: [1, 6, 2], vector: Float32Array.of(0, 1) },
];

/** A device that gives these rows. */
const device = (...values: number[]) => ({
  ids: (text: string) => [1, text === 'one' ? 5 : 6, 2],
  embed: () => Promise.resolve(Float32Array.from(values)),
});

describe('probes', () => {
  test('of a device that agrees tell the worst and the mean cosine', async () => {
    const result = await runProbes(probes, device(1, 0, 0.28, 0.96), 0.95);
    expect(result.worstCosine).toBeCloseTo(0.96);
    expect(result.meanCosine).toBeCloseTo(0.98);
    expect(result.worstText).toBe('two');
  });

  test.each([
    ['turned away', [1, 0, 0.8, 0.6], /0\.600000, at least 0\.95/],
    ['opposite', [-1, 0, 0, 1], /-1\.000000/],
    ['not a number', [NaN, 0, 0, 1], /NaN/],
    ['too few', [1, 0], /NaN/],
  ])('of a device whose vectors are %s are refused with the number', async (_how, values, message) => {
    await expect(runProbes(probes, device(...values), 0.95)).rejects.toMatchObject({
      code: 'probes-disagree',
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([[[1, 2]], [[1, 5, 2, 0]], [[1, 7, 2]]])(
    'with tokens %j instead are refused before any run',
    async (ids) => {
      const embed = () => Promise.reject(new Error('must not run'));
      await expect(runProbes(probes, { ids: () => ids, embed }, 0.95)).rejects.toMatchObject({
        code: 'probes-disagree',
        item: 'one',
      });
    },
  );

  test('compare row by row', () => {
    expect(compareProbes(probes, Float32Array.of(1, 0, 0, 1)).worstCosine).toBe(1);
  });
});

describe('the order of neighbours', () => {
  const at = (degrees: number): Float32Array =>
    Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
  const named = (angles: Record<string, number>): Probe[] =>
    Object.entries(angles).map(([text, degrees]) => ({ text, tokens: [1], vector: at(degrees) }));
  const rows = (...angles: number[]): Float32Array => Float32Array.from(angles.flatMap((angle) => [...at(angle)]));
  const golden = named({ a: 0, b: 30, c: 50 });

  test('holds while every text keeps its neighbours', () => {
    expect(firstMoved(golden, rows(0, 30, 50), 0)).toBeNull();
    expect(firstMoved(golden, rows(90, 120, 140), 0)).toBeNull();
  });

  test('is broken by a text that comes nearer than another, though each vector is near its own', () => {
    expect(firstMoved(golden, rows(0, 42, 40), 0)).toEqual({ text: 'a', nearer: 'b', farther: 'c' });
    expect(firstMoved(golden, rows(0, NaN, 50), 0)).not.toBeNull();
  });

  test('is not asked of texts that the golden vectors hardly tell apart', () => {
    expect(firstMoved(golden, rows(0, 42, 40), 0.3)).toBeNull();
  });

  test('allows more to a coarser number format and less in more dimensions', () => {
    expect(orderMargin(0.9999, 384)).toBeLessThan(0.005);
    expect(orderMargin(0.99, 384)).toBeGreaterThan(orderMargin(0.9999, 384));
    expect(orderMargin(0.99, 384)).toBeLessThan(orderMargin(0.99, 64));
    expect(orderMargin(1, 64)).toBe(0);
  });

  test('refuses a device whose cosines are all within the tolerance', async () => {
    // In many dimensions rounding can't bring two texts so much nearer: something is wrong.
    const wide = (angle: number): number[] => [...at(angle), ...Array.from({ length: 382 }, () => 0)];
    const long: Probe[] = golden.map((probe, index) => ({
      ...probe,
      vector: Float32Array.from(wide([0, 30, 36][index] ?? 0)),
    }));
    const turned = { ids: () => [1], embed: () => Promise.resolve(Float32Array.from([0, 36, 31].flatMap(wide))) };
    expect(compareProbes(long, await turned.embed()).worstCosine).toBeGreaterThan(0.99);
    await expect(runProbes(long, turned, 0.99)).rejects.toMatchObject({
      code: 'probes-disagree',
      message: expect.stringContaining('“b” should be nearer than “c”') as string,
    });
  });
});

describe('the file of probes', () => {
  const valid = { probes: [{ text: 'one', tokens: [1, 5, 2], vector: [1, 0] }] };

  test('is read into texts, tokens and vectors', () => {
    expect(parseProbes(valid, 2, 'probes.json')).toEqual([probes[0]]);
  });

  test.each([
    [null, 'list of probes'],
    [{ probes: [] }, 'list of probes'],
    [{ probes: [{ ...valid.probes[0], text: 1 }] }, 'text in probe 0'],
    [{ probes: [{ ...valid.probes[0], tokens: ['a'] }] }, 'tokens in probe 0'],
    [{ probes: [{ ...valid.probes[0], vector: [1] }] }, 'vector of 2 numbers in probe 0'],
    [{ probes: [{ ...valid.probes[0], vector: [1, null] }] }, 'vector of 2 numbers in probe 0'],
  ])('that is %j is refused', (value, message) => {
    expect(() => parseProbes(value, 2, 'probes.json')).toThrow(message);
  });
});
