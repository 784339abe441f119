import { expect, test } from 'vitest';
import { agreement } from './agreement.ts';

test('equal rows agree to the last bit', () => {
  const rows = Float32Array.of(0.6, 0.8, 1, 0);
  const found = agreement(rows, rows.slice(), 2);
  expect(found.equal).toBe(true);
  expect(found.worst).toBeCloseTo(1, 12);
});

test('the worst row is told beside the mean, whatever the rows’ lengths', () => {
  const { mean, worst, equal } = agreement(Float32Array.of(1, 0, 1, 0), Float32Array.of(5, 0, 0, 3), 2);
  expect([mean, worst, equal]).toEqual([0.5, 0, false]);
});

test('rows that are not the same in number are refused', () => {
  expect(() => agreement(new Float32Array(4), new Float32Array(2), 2)).toThrow('2 rows can not be compared with 1');
});
