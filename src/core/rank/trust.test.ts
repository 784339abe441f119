// How sure a suggestion is: the probabilities that ship are those that were fitted, and the signals mean what they say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import check from '../../testing/trustCheck.json' with { type: 'json' };
import type { Amount } from '../suggestion.ts';
import { fitOf, leastShown, relationOf, SIGNALS, trustOf, type Basis } from './trust.ts';

const BASES: Basis[] = [true, false].flatMap((meaning) => [true, false].map((dates) => ({ meaning, dates })));
const basisOf = (groups: readonly string[]): Basis => ({
  meaning: groups.includes('meaning'),
  dates: groups.includes('dates'),
});
const signals = fc.record({
  order: fc.double({ min: -8, max: 4, noNaN: true }),
  words: fc.double({ min: 0, max: 1, noNaN: true }),
  title: fc.double({ min: 0, max: 1, noNaN: true }),
  closest: fc.double({ min: -1, max: 1, noNaN: true }),
  topics: fc.double({ min: 0, max: 1, noNaN: true }),
  fit: fc.double({ min: -5, max: 3, noNaN: true }),
});

describe('trust', () => {
  it('gives the probabilities that it was fitted with, for every kind of answer', () => {
    expect(check.trust).toHaveLength(BASES.length);
    for (const { with: groups, probability, topic } of check.trust) {
      check.signals.forEach((one, row) => {
        const found = trustOf(one, basisOf(groups));
        expect(found.probability).toBeCloseTo(probability[row] ?? NaN, 9);
        expect(found.topic).toBeCloseTo(topic[row] ?? NaN, 9);
      });
    }
  });

  it('never falls as any signal rises, and stays between 0 and 1', () => {
    const more = fc.record({ signal: fc.constantFrom(...SIGNALS), by: fc.double({ min: 0, max: 2, noNaN: true }) });
    fc.assert(
      fc.property(signals, more, fc.constantFrom(...BASES), (one, { signal, by }, basis) => {
        const before = trustOf(one, basis);
        const after = trustOf({ ...one, [signal]: one[signal] + by }, basis);
        expect(after.probability).toBeGreaterThanOrEqual(before.probability);
        expect(after.topic).toBeGreaterThanOrEqual(before.topic);
        for (const value of Object.values(after)) expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
  });

  it.each(BASES)('shows more the more is wanted: %j', (basis) => {
    const amounts: Amount[] = ['more', 'usual', 'fewer'];
    const least = amounts.map((amount) => leastShown(basis, amount));
    expect(least).toEqual([...least].sort((a, b) => a - b));
    expect(new Set(least).size).toBe(3);
    expect(least[0]).toBeGreaterThan(0);
    expect(least[2]).toBeLessThan(1);
  });

  it('calls a post of the same topic when that is more likely than not', () => {
    const anchor = { start: 0, end: 4, text: 'rota' };
    expect(relationOf({ topic: 0.5, duplicate: null, anchor })).toBe('same-topic');
    expect(relationOf({ topic: 0.49, duplicate: null, anchor })).toBe('link-target');
    expect(relationOf({ topic: 0.49, duplicate: null, anchor: null })).toBe('related');
  });

  it('calls a post that says the same a near-duplicate, whatever its topic', () => {
    const duplicate = { older: null, sameWords: 1, differs: { changed: [], added: 0, leftOut: 0 } };
    expect(relationOf({ topic: 0.1, duplicate, anchor: null })).toBe('near-duplicate');
  });
});

describe('how a draft fits in a library', () => {
  const background = { sample: [], words: 0.05, meaning: { mean: -0.2, spread: 0.2 } };

  it('is 0 for one like its posts, below for a stranger, by meaning or by words', () => {
    expect(fitOf({ words: 0.5, meaning: -0.2 }, background)).toBeCloseTo(0);
    expect(fitOf({ words: 0.5, meaning: -0.6 }, background)).toBeCloseTo(-2);
    expect(fitOf({ words: 0.05, meaning: null }, background)).toBeCloseTo(0);
    expect(fitOf({ words: 0.01, meaning: null }, background)).toBeCloseTo(Math.log(0.2));
  });

  it('is finite for a draft without a known word, and 0 where nothing is known', () => {
    expect(Number.isFinite(fitOf({ words: 0, meaning: null }, background))).toBe(true);
    const unknown = { sample: [], words: 0, meaning: null };
    expect(fitOf({ words: 0.2, meaning: null }, unknown)).toBe(0);
    expect(fitOf({ words: 0.2, meaning: 0.9 }, unknown)).toBe(0);
    expect(fitOf({ words: 0.2, meaning: 0.9 }, { ...unknown, meaning: { mean: 0.9, spread: 0 } })).toBe(0);
  });
});
