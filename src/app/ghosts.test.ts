import { expect, test } from 'vitest';
import { postId, type PostSummary } from '../core/index.ts';
import { placeGhosts, rowId, type Ghost, type Row } from './ghosts.ts';

const post = (id: string): PostSummary => ({
  id: postId(id),
  kind: 'post',
  title: id,
  date: null,
  source: 'blog',
  tags: [],
  words: 100,
  embedded: 1,
  passages: 1,
});

const ghost = (id: string, after: string | null): Ghost => ({
  removal: `removal of ${id}`,
  post: post(id),
  after: after === null ? null : postId(after),
});

const shown = (rows: Row[]): string[] => rows.map((row) => (row.kind === 'ghost' ? `(${rowId(row)})` : rowId(row)));

test('a ghost stands where its post stood', () => {
  expect(shown(placeGhosts(['a', 'c'].map(post), [ghost('b', 'a')]))).toEqual(['a', '(b)', 'c']);
  expect(shown(placeGhosts(['b'].map(post), [ghost('a', null)]))).toEqual(['(a)', 'b']);
});

test('neighbours deleted in any order keep their order', () => {
  const down = [ghost('b', 'a'), ghost('c', 'b')];
  const up = [ghost('c', 'b'), ghost('b', 'a')];
  expect(shown(placeGhosts(['a', 'd'].map(post), down))).toEqual(['a', '(b)', '(c)', 'd']);
  expect(shown(placeGhosts(['a', 'd'].map(post), up))).toEqual(['a', '(b)', '(c)', 'd']);
});

test('a ghost that lost its neighbour moves to the top, and one whose post is back is not shown', () => {
  expect(shown(placeGhosts(['c'].map(post), [ghost('b', 'a')]))).toEqual(['(b)', 'c']);
  expect(shown(placeGhosts(['a', 'b'].map(post), [ghost('b', 'a')]))).toEqual(['a', 'b']);
});

test('every ghost is shown even where they stand on each other in a circle', () => {
  expect(shown(placeGhosts([], [ghost('a', 'b'), ghost('b', 'a')]))).toHaveLength(2);
});
