import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference } from './difference.ts';

const apply = (before: string, after: string): string => {
  const change = difference(before, after);
  return change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
};

test('is nothing for two texts that are the same, and only the words between for others', () => {
  expect(difference('same', 'same')).toBeNull();
  expect(difference('The ferry sails.', 'The old ferry sails.')).toEqual({ from: 4, to: 4, insert: 'old ' });
  expect(difference('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' });
});

/** A surrogate without its other half. */
const HALF_A_CHARACTER = /\p{Surrogate}/u;

test('makes the one of the other, and cuts no character in two', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\u{1F600}', '\u{1F601}', '\u{1F400}'), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [before, after] = [one.join(''), other.join('')];
      expect(apply(before, after)).toBe(after);
      const change = difference(before, after);
      if (change !== null) expect(HALF_A_CHARACTER.test(change.insert)).toBe(false);
    }),
  );
});
