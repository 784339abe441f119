import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeness } from './closeness.ts';

test('is what each passage of the draft finds at best, and what the three nearest pairs reach', () => {
  const cosine = fc.float({ min: -1, max: 1, noNaN: true }).map((value) => value + 0);
  const table = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, passages]) =>
      fc.tuple(fc.constant(rows), fc.array(cosine, { minLength: rows * passages, maxLength: rows * passages })),
    );
  fc.assert(
    fc.property(table, ([rows, cosines]) => {
      const passages = cosines.length / rows;
      const best = Array.from({ length: rows }, (_, row) =>
        Math.max(...cosines.slice(row * passages, (row + 1) * passages)),
      );
      const nearest = Float64Array.from(cosines).sort().slice(-3);
      expect(closeness(Float32Array.from(cosines), rows)).toEqual({
        best: Float64Array.from(best),
        coverage: best.reduce((sum, one) => sum + one, 0) / rows,
        closest: nearest.reduce((sum, one) => sum + one, 0) / nearest.length,
      });
    }),
  );
});

test('is not told of a post without vectors', () => {
  expect(closeness(undefined, 2)).toBeNull();
  expect(closeness(new Float32Array(), 2)).toBeNull();
});
