import { expect, test } from 'vitest';
import { variedRows } from './variedRows.ts';

test('are unit vectors around those given, in turn, and no two alike', () => {
  const dimension = 64;
  const base = new Float32Array(2 * dimension);
  base[0] = 1;
  base[dimension + 1] = 1;
  const rows = variedRows(base, 400, dimension, 1);
  const row = (at: number): Float32Array => rows.subarray(at * dimension, (at + 1) * dimension);
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  for (let at = 0; at < 400; at++) expect(dot(row(at), row(at))).toBeCloseTo(1, 5);
  const cosines = Array.from({ length: 198 }, (_, pair) => dot(row(2 * pair), row(2 * pair + 2)));
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  expect(mean).toBeGreaterThan(0.5);
  expect(mean).toBeLessThan(0.7);
  const strangers = Array.from({ length: 199 }, (_, pair) => dot(row(2 * pair), row(2 * pair + 1)));
  expect(Math.max(...strangers)).toBeLessThan(0.6);
});
