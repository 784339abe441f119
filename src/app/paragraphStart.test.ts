import { expect, test } from 'vitest';
import { paragraphStart } from './paragraphStart.ts';

const body = 'one\ntwo\n\nthree\n  \nfour';

test.each([
  ['the first paragraph', 0, 0],
  ['a line break within a paragraph', 6, 0],
  ['the second paragraph', 10, 9],
  ['a paragraph after a line of spaces', body.length, 18],
])('%s', (_name, caret, start) => {
  expect(paragraphStart(body, caret)).toBe(start);
});
