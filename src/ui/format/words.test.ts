import { expect, test } from 'vitest';
import { countWords } from './words.ts';

test.each([
  ['', 0],
  ['One two  three.', 3],
  ['It’s a well-known wind', 4],
  ['See [the post](https://example.com/a/b) now', 4],
  ['Überfahrt nach Lyngø', 3],
])('%j has %d words', (text, words) => {
  expect(countWords(text)).toBe(words);
});
