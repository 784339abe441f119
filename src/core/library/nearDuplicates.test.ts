import { expect, it, vi } from 'vitest';
import { makePost } from '../../testing/makePost.ts';
import { postId, type Post } from '../post.ts';
import { fingerprintOf, type Fingerprint } from '../rank/duplicates/fingerprint.ts';
import { TraitIndex } from '../rank/postTraits.ts';
import { Bm25Index } from '../search/bm25.ts';
import { NearDuplicates } from './nearDuplicates.ts';

const text = 'The ferry to the island leaves at seven from the old pier, and turns back when the wind is above nine.';
const title = 'Seven from the old pier';
const [a, b] = [makePost('a', text, { title }), makePost('b', text, { title })];
const other = makePost('c', 'A baker needs patience with sourdough, and a warm kitchen.', { title: 'Bread' });

it('judges two posts once, whatever list they stand in, until either changes', () => {
  const duplicates = new NearDuplicates({
    lexical: new Bm25Index(),
    traits: new TraitIndex(),
    posts: { getMany: () => Promise.resolve([]) },
  });
  const judge = vi.spyOn(duplicates, 'judge');
  const printed = (post: Post): [ReturnType<typeof postId>, Fingerprint] => [post.id, fingerprintOf(post)];
  for (let list = 0; list < 3; list++) {
    expect(duplicates.areSame(printed(a), printed(b), false)).toBe(true);
    expect(duplicates.areSame(printed(a), printed(other), false)).toBe(false);
  }
  expect(judge).toHaveBeenCalledTimes(2);
  duplicates.touch([postId('b')]);
  expect(duplicates.areSame(printed(a), printed(b), false)).toBe(true);
  expect(judge).toHaveBeenCalledTimes(3);
});
