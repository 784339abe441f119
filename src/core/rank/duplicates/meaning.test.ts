// How near two texts are as wholes, from the cosines of their passages.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningBetween } from './meaning.ts';

test('a text within a longer one is as near as the whole', () => {
  // One passage of the one, three of the other.
  expect(meaningBetween([0.1, 1, 0.2], 1)).toBe(1);
  expect(meaningBetween([0.1, 1, 0.2], 3)).toBe(1);
});

test('nothing to compare is no judgement', () => {
  expect(meaningBetween([], 0)).toBeNull();
  expect(meaningBetween([], 4)).toBeNull();
});

test('is the same from either side', () => {
  const sides = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(
      sides.chain(([rows, columns]) =>
        fc.record({
          rows: fc.constant(rows),
          cosines: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
            minLength: rows * columns,
            maxLength: rows * columns,
          }),
        }),
      ),
      ({ rows, cosines }) => {
        const columns = cosines.length / rows;
        const turned = cosines.map((_, at) => cosines[(at % rows) * columns + Math.floor(at / rows)] ?? 0);
        expect(meaningBetween(turned, columns)).toBeCloseTo(meaningBetween(cosines, rows) ?? NaN, 10);
      },
    ),
  );
});
