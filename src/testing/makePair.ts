// Pairs of posts that say the same, for tests: small, valid, and as given.
import { postId } from '../core/index.ts';
import type { CompetingPair, CompetingPost } from '../core/index.ts';

const post = (id: string, date: string): CompetingPost => ({
  id: postId(id),
  title: `Title of ${id}`,
  date,
  source: 'test',
  words: 120,
});

/** The newer post has the first id. */
export const makePair = (newer: string, older: string, more: Partial<CompetingPair> = {}): CompetingPair => ({
  posts: [post(newer, '2024-05-01'), post(older, '2024-03-01')],
  sameWords: 0.9,
  differs: { changed: [], added: 0.3, leftOut: 0.3 },
  advice: 'merge',
  spare: null,
  ignored: false,
  ...more,
});
