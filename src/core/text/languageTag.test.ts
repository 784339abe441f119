import { expect, it } from 'vitest';
import { languageTag } from './languageTag.ts';

it.each([
  ['en-US', 'en'],
  ['pt_BR', 'pt'],
  ['deu', 'de'],
  ['cmn', 'zh'],
  [' FR ', 'fr'],
  ['zh-Hant-TW', 'zh'],
])('reads %s as %s', (written, tag) => {
  expect(languageTag(written)).toBe(tag);
});

it.each(['und', 'mul', 'zxx', '', 'English language', 'x', 'e1', '-', 42, null, ['en'], '<b>en</b>'])(
  'reads %j as none',
  (written) => {
    expect(languageTag(written)).toBeNull();
  },
);
