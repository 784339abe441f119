// The arithmetic of a comparison.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantile, recall, rotated } from './statistics.ts';

describe('statistics of a comparison', () => {
  it('gives a value that the share of them is not above', () => {
    const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 0.99, noNaN: true }), (values, share) => {
        const found = quantile(values, share);
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length);
        expect(values.filter((value) => value < found).length).toBeLessThanOrEqual(share * values.length);
      }),
    );
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('counts what was found of what was wanted, in any order', () => {
    expect(recall([3, 2, 1], [1, 2, 9, 8])).toBe(0.5);
    expect(recall([], [1])).toBe(0);
  });

  it('lets every one begin, end and follow every other', () => {
    const names = ['a', 'b', 'c'];
    const orders = Array.from({ length: 6 }, (_, round) => rotated(names, round));
    for (const order of orders) expect([...order].sort()).toEqual(names);
    for (const place of [0, 1, 2]) expect(orders.map((order) => order[place]).sort()).toEqual('aabbcc'.split(''));
    const pairs = new Set(orders.flatMap((order) => [`${order[0]}${order[1]}`, `${order[1]}${order[2]}`]));
    expect(pairs.size).toBe(6);
    expect(rotated([], 3)).toEqual([]);
  });
});
