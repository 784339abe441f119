// Which texts run together, as properties.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TOKENS_PER_RUN, planRuns } from './runs.ts';

const lengths = fc.array(fc.integer({ min: 2, max: 256 }), { maxLength: 200 });

test('on WASM every text runs alone, in order', () => {
  expect(planRuns([5, 5, 9], 'wasm')).toEqual([[0], [1], [2]]);
});

test('on WebGPU every text is in exactly one run, of texts of its own length, within the token limit', () => {
  fc.assert(
    fc.property(lengths, (given) => {
      const runs = planRuns(given, 'webgpu');
      expect(runs.flat().sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
      for (const run of runs) {
        const first = given[run[0] ?? -1] ?? 0;
        expect(run.every((index) => given[index] === first)).toBe(true);
        expect(run.length * first).toBeLessThanOrEqual(MAX_TOKENS_PER_RUN);
      }
    }),
  );
});

test('on WebGPU no two runs of one length could have been one', () => {
  const runs = planRuns(
    Array.from({ length: 30 }, () => 128),
    'webgpu',
  );
  expect(runs.map((run) => run.length)).toEqual([16, 14]);
});

test('a text over the limit of a run still runs alone', () => {
  expect(planRuns([MAX_TOKENS_PER_RUN + 1], 'webgpu')).toEqual([[0]]);
});
