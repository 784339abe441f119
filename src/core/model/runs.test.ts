// Which texts run together, as properties.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALONE, runsOf } from './runs.ts';

const lengths = fc.array(fc.integer({ min: 2, max: 40 }), { maxLength: 200 });

test('alone, each text is a run, in order', () => {
  expect([...runsOf([5, 5, 9], ALONE)]).toEqual([[0], [1], [2]]);
});

test('together, every text is in exactly one run, of texts of its own length, no more than there may be', () => {
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), (given, sizes) => {
      const allowed: number[] = [];
      const runs = [
        ...runsOf(given, (length, waiting) => {
          const most = Math.min(waiting, sizes[allowed.length % sizes.length] ?? 1);
          allowed.push(most);
          expect(given.filter((other) => other === length).length).toBeGreaterThanOrEqual(waiting);
          return most;
        }),
      ];
      expect(runs.flat().sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
      for (const [at, run] of runs.entries()) {
        expect(new Set(run.map((index) => given[index])).size).toBe(1);
        expect(run.length).toBe(Math.max(1, allowed[at] ?? 0));
      }
    }),
  );
});

test('how many may run is asked as each run begins, so that it can follow from those before', () => {
  let most = 1;
  const runs = runsOf([7, 7, 7, 7], () => most);
  expect(runs.next().value).toEqual([0]);
  most = 3;
  expect(runs.next().value).toEqual([1, 2, 3]);
  expect(runs.next().done).toBe(true);
});
