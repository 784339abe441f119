import { expect, test } from 'vitest';
import { safeHref, safePostUrl } from './safeHref.ts';

test.each([
  ['https://a.example/b:c', 'https://a.example/b:c'],
  ['HTTP://a.example', 'HTTP://a.example'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['/a:b', '/a:b'],
  ['a/b:c', 'a/b:c'],
  ['?a=b:c', '?a=b:c'],
  ['a.html', 'a.html'],
  ['java\nscript:alert(1)', null],
  ['data:text/html,a', null],
  ['https\uffff://a.example', null],
  ['java\u00adscript:alert(1)', null],
  ['1a:b', null],
  [':b', null],
  ['#part', null],
  ['', null],
])('%j is kept as %j', (raw, kept) => {
  expect(safeHref(raw)).toBe(kept);
});

test('a post lies at an address of the web or a path', () => {
  expect(['https://a.example/', '/a/', '//a.example/', 'a', 'mailto:a@b.example', '/a b'].map(safePostUrl)).toEqual([
    'https://a.example/',
    '/a/',
    '//a.example/',
    null,
    null,
    null,
  ]);
});
