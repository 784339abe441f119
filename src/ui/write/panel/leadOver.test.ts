import { expect, test } from 'vitest';
import { makeSuggestion } from '../../../testing/makeSuggestion.ts';
import { leadOver } from './leadOver.ts';

const scored = (rank: number, more: Parameters<typeof makeSuggestion>[2] = {}) =>
  makeSuggestion(`p${rank}`, 0.5, { scores: { cosine: null, lexical: 1, rank }, ...more });

test('is by what differs most in its favour, also where one of the two has nothing of it', () => {
  const first = scored(2, {
    factors: [
      { factor: 'words', weight: 1.5 },
      { factor: 'time', weight: -0.2 },
    ],
  });
  const next = scored(1, {
    factors: [
      { factor: 'words', weight: 1 },
      { factor: 'meaning', weight: -0.9 },
      { factor: 'time', weight: 0.4 },
    ],
  });
  expect(leadOver(first, next)).toBe('meaning');
});

test('is not told where the order has another reason', () => {
  const factors = [{ factor: 'words' as const, weight: 1 }];
  const duplicate = { older: 'post' as const, sameWords: 0.9, differs: { changed: [], added: 0, leftOut: 0 } };
  expect(leadOver(scored(2, { factors, duplicate }), scored(1))).toBeNull();
  expect(leadOver(scored(2, { factors }), scored(1, { duplicate }))).toBeNull();
  // Kept still, though the other would come first by now.
  expect(leadOver(scored(1, { factors }), scored(2))).toBeNull();
  expect(leadOver(scored(2), scored(1))).toBeNull();
});
