import { expect, test } from 'vitest';
import type { Differences, Duplicate } from '../../../core/index.ts';
import { duplicateText } from './duplicate.ts';

const now = new Date(2026, 2, 22);
const says = (
  differs: Partial<Differences>,
  more: Partial<Duplicate> = {},
  date: string | null = '2026-03-01',
): string =>
  duplicateText(
    { older: 'post', sameWords: 1, differs: { changed: [], added: 0, leftOut: 0, ...differs }, ...more },
    date,
    now,
  );

test('a copy is word for word the same', () => {
  expect(says({})).toBe('Already written three weeks ago; word for word the same.');
});

test('names the numbers and names that differ, three at most', () => {
  expect(
    says({
      changed: [
        { kind: 'number', here: '415', there: '412' },
        { kind: 'name', here: 'Jess', there: 'Tomasz' },
      ],
    }),
  ).toBe(
    'Already written three weeks ago; the numbers differ: 415 here, 412 there; the names differ: Jess here, Tomasz there.',
  );
  const many = ['1', '2', '3', '4'].map((here) => ({ kind: 'number' as const, here, there: '0' }));
  expect(says({ changed: many })).not.toContain('4 here');
});

test('says how much is new and how much is left out', () => {
  expect(says({ added: 0.25 })).toBe('Already written three weeks ago; about a quarter of the draft is new.');
  expect(says({ leftOut: 0.5 })).toBe('Already written three weeks ago; about half of the post is left out.');
  expect(says({ leftOut: 0.9 })).toBe('Already written three weeks ago; the post says much more.');
});

test('says no parts of what was written anew', () => {
  expect(says({ added: 0.9, leftOut: 0.9 }, { sameWords: 0.1 })).toBe(
    'Already written three weeks ago; told in other words.',
  );
});

test('says no age that is not known', () => {
  expect(says({}, { older: null }, null)).toBe('Already written; word for word the same.');
  expect(says({}, {}, '2026-03-22')).toBe('Already written today; word for word the same.');
  expect(says({}, { older: 'draft' }, '2026-04-22')).toBe(
    'Already written, dated after today; word for word the same.',
  );
});
