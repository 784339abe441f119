import { expect, test } from 'vitest';
import { shownFactors } from './shownFactors.ts';

test('tells what raises and what lowers apart, each against the largest of all', () => {
  const shown = shownFactors([
    { factor: 'words', weight: 2 },
    { factor: 'links', weight: 0.5 },
    { factor: 'tags', weight: 0.1 },
    { factor: 'meaning', weight: -1 },
    { factor: 'time', weight: -4 },
  ]);
  expect(shown.raising).toEqual([
    { factor: 'words', share: 0.5 },
    { factor: 'links', share: 0.125 },
  ]);
  expect(shown.lowering).toEqual([
    { factor: 'time', share: 1 },
    { factor: 'meaning', share: 0.25 },
  ]);
});

test('has nothing to tell of a post like any other', () => {
  expect(shownFactors([])).toEqual({ raising: [], lowering: [] });
});
