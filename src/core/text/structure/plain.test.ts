import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectExactOffsets } from '../../../testing/expectExactOffsets.ts';
import { plainToText } from './plain.ts';

test('blank lines part paragraphs and line ends are spaces', () => {
  expect(plainToText('one\ntwo\r\n\r\nthree\n \t\n\nfour <b>\n').text).toBe('one two\n\nthree\n\nfour <b>');
});

test('any text gives exact offsets', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', '\u00a0', '\0', '🚢') }), (text) => {
      expectExactOffsets(plainToText(text));
    }),
  );
});
