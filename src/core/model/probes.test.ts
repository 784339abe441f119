// The verdict over a device, with made-up devices.
import { describe, expect, test } from 'vitest';
import { compareProbes, parseProbes, runProbes } from './probes.ts';
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
