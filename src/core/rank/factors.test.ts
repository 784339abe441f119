// What a rank is made of adds up to it, and says rightly what tells two posts apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import check from '../../testing/rankerCheck.json' with { type: 'json' };
import { factorsOf, partsOf, usualParts } from './factors.ts';
import type { Features } from './features.ts';
import { scoreOf, weightsFor, type OptionalGroup } from './ranker.ts';

const rows = check.features as Features[];
const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

describe('the factors of a rank', () => {
  it.each(check.scores.map(({ with: groups }) => [groups]))('add up to it, for a library with %j', (groups) => {
    const weights = weightsFor(new Set(groups as OptionalGroup[]));
    for (const features of rows) {
      const parts = Object.values(partsOf(features, weights));
      expect(weights.intercept + sum(parts)).toBeCloseTo(scoreOf(features, weights), 9);
    }
  });

  it('of two posts add up to the difference of their ranks, the heaviest first', () => {
    const weights = weightsFor(new Set(['meaning', 'links']));
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.constantFrom(...rows), (one, other) => {
        const factors = factorsOf(partsOf(one, weights), partsOf(other, weights)).map(({ weight }) => weight);
        expect(sum(factors)).toBeCloseTo(scoreOf(one, weights) - scoreOf(other, weights), 6);
        expect(factors).toEqual([...factors].sort((a, b) => b - a));
      }),
    );
  });

  it('are none where a post is like the usual one', () => {
    const weights = weightsFor(new Set(['meaning']));
    const parts = partsOf(rows[0]!, weights);
    expect(factorsOf(parts, usualParts([parts, parts]))).toEqual([]);
  });

  it('name what was changed: a post that others link to is raised by its links alone', () => {
    const weights = weightsFor(new Set(['meaning', 'links']));
    const plain = { ...rows[0]!, linked: 0, linkedLately: 0 };
    const linked = { ...plain, linked: Math.log1p(8), linkedLately: 0.5 };
    const factors = factorsOf(partsOf(linked, weights), partsOf(plain, weights));
    expect(factors.map(({ factor }) => factor)).toEqual(['links']);
    expect(factors[0]?.weight).toBeGreaterThan(0);
  });
});
