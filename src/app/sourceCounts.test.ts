import { expect, it } from 'vitest';
import { postId, type PostSummary } from '../core/index.ts';
import { countSources } from './sourceCounts.ts';

const post = (id: string, source: string, more: Partial<PostSummary> = {}): PostSummary => ({
  id: postId(id),
  kind: 'post',
  title: id,
  date: null,
  source,
  tags: [],
  words: 10,
  embedded: 0,
  passages: 0,
  ...more,
});

it('counts posts, kinds and languages of each source, the largest first', () => {
  const posts = [
    post('a', 'Letters', { language: 'de' }),
    post('b', 'Blog', { language: 'en' }),
    post('c', 'Blog', { kind: 'video', language: 'de' }),
    post('d', 'Blog', { language: 'en' }),
    post('e', 'Blog', { language: null }),
  ];
  expect(countSources(posts)).toEqual([
    {
      source: 'Blog',
      posts: 4,
      kinds: [
        { kind: 'post', posts: 3 },
        { kind: 'video', posts: 1 },
      ],
      languages: ['en', 'de'],
    },
    { source: 'Letters', posts: 1, kinds: [{ kind: 'post', posts: 1 }], languages: ['de'] },
  ]);
  expect(countSources([])).toEqual([]);
});
