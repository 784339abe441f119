// How far a post stands out for a passage of the draft.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standOut } from './standOut.ts';

const meaning = fc.double({ min: -1, max: 1.2, noNaN: true });
const answer = fc
  .integer({ min: 1, max: 4 })
  .chain((passages) =>
    fc.tuple(
      fc.constant(passages),
      fc.array(fc.array(meaning, { minLength: passages, maxLength: passages }), { minLength: 1, maxLength: 20 }),
    ),
  );

test('is the share of the passage that a post has most of', () => {
  // Of the first passage 1 / (1 + e), of the second all but nothing.
  const [plain = 0, telling = 0] = standOut(
    [
      [0.5, 0],
      [0.7, 0.9],
    ],
    2,
  );
  expect(Math.exp(plain)).toBeCloseTo(1 / (1 + Math.E), 4);
  expect(Math.exp(telling)).toBeCloseTo(1 / (1 + Math.exp(-4.5)), 4);
});

test('counts a passage that every post answers for less than one that a single post answers', () => {
  const common = Array.from({ length: 30 }, () => [0.8, 0.1]);
  const [shared = 0] = standOut([[0.8, 0.1], ...common], 2);
  const [own = 0] = standOut([[0.8, 0.7], ...common], 2);
  expect(own - shared).toBeGreaterThan(2);
});

test('puts a post that is nearer everywhere first, whatever the others are, and says the same of equals', () => {
  fc.assert(
    fc.property(answer, fc.double({ min: 0.05, max: 1, noNaN: true }), ([passages, best], more) => {
      const nearer = best[0]!.map((own) => own + more);
      const [first = 0, same = 0, again = 0] = standOut([nearer, best[0]!, best[0]!, ...best], passages);
      expect(first).toBeGreaterThan(same);
      expect(again).toBe(same);
    }),
  );
});

test('adds up to one for each passage, so that alone a post has all of it', () => {
  expect(standOut([[0.2, -0.5]], 2)[0]).toBeCloseTo(0, 4);
  fc.assert(
    fc.property(fc.array(meaning, { minLength: 1, maxLength: 20 }), (best) => {
      const found = standOut(
        best.map((own) => [own]),
        1,
      );
      expect(found.reduce((sum, one) => sum + Math.exp(one), 0)).toBeCloseTo(1, 3);
    }),
  );
});

test('takes a post that can not be compared yet for one among equals, and leaves the others the rest', () => {
  fc.assert(
    fc.property(answer, fc.integer({ min: 1, max: 20 }), ([passages, best], waiting) => {
      const found = standOut([...best, ...Array.from({ length: waiting }, () => null)], passages);
      const all = best.length + waiting;
      for (const one of found.slice(best.length)) expect(Math.exp(one)).toBeCloseTo(1 / all, 4);
      const alone = standOut(best, passages);
      alone.forEach((one, at) => expect(Math.exp(found[at]!)).toBeCloseTo((Math.exp(one) * best.length) / all, 3));
    }),
  );
});
