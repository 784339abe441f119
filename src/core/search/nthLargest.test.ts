import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nthLargest } from './nthLargest.ts';

test('is what stands at that place when all are in order, and leaves them as they are', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom(0, 0.25, 0.5, -Infinity).map((value) => value + 0),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 200 }), fc.nat(), (given, place) => {
      const numbers = Float64Array.from(given, (value) => value + 0);
      const before = numbers.slice();
      const n = 1 + (place % numbers.length);
      expect(nthLargest(numbers, n)).toBe(numbers.slice().sort()[numbers.length - n]);
      expect(numbers).toEqual(before);
    }),
  );
});

test('of too few any is good enough', () => {
  expect(nthLargest(Float64Array.of(1, 2), 3)).toBe(-Infinity);
  expect(nthLargest(new Float64Array(0), 1)).toBe(-Infinity);
});
