// The measures on cases worked out by hand.
import { describe, expect, it } from 'vitest';
import { ndcg, spearman } from './measures.ts';

describe('ndcg', () => {
  it('is 1 for the relevant first and 0 for none found', () => {
    expect(ndcg(['a', 'b', 'c'], new Set(['a', 'b']))).toBeCloseTo(1);
    expect(ndcg(['c'], new Set(['a']))).toBe(0);
    expect(ndcg([], new Set(['a']))).toBe(0);
  });

  it('discounts by the logarithm of the rank', () => {
    expect(ndcg(['x', 'a'], new Set(['a']))).toBeCloseTo(1 / Math.log2(3));
    expect(ndcg(['a', 'x', 'b'], new Set(['a', 'b']))).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3)));
  });

  it('looks no deeper than asked', () => {
    expect(ndcg(['x', 'a'], new Set(['a']), 1)).toBe(0);
    expect(ndcg(['a', 'x'], new Set(['a', 'b', 'c']), 1)).toBe(1);
  });
});

describe('spearman', () => {
  it('sees any rising relation as 1, any falling one as −1', () => {
    expect(spearman([1, 2, 3, 4], [1, 4, 9, 100])).toBeCloseTo(1);
    expect(spearman([1, 2, 3], [5, 0, -7])).toBeCloseTo(-1);
  });

  it('gives ties their mean rank', () => {
    // Ranks 0.5 0.5 2 against 0 1 2: 1.5 / √(1.5 × 2).
    expect(spearman([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3));
  });
});
