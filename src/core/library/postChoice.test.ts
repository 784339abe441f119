import { describe, expect, it } from 'vitest';
import { anyPost } from '../libraryApi.ts';
import { postId, type PostSummary } from '../post.ts';
import { facetsOf, isChosen } from './postChoice.ts';

const summary = (id: string, parts: Partial<PostSummary> = {}): PostSummary => ({
  ...{ id: postId(id), kind: 'post', title: id, date: '2024-05-01', source: 'blog', tags: [] },
  ...{ words: 100, embedded: 1, passages: 1 },
  ...parts,
});

describe('a choice of posts', () => {
  it('is every post at first', () => {
    expect(isChosen(summary('a', { date: null }), anyPost)).toBe(true);
  });

  it.each([
    [{ kind: 'video' }, { kind: 'video' }],
    [{ source: 'talks' }, { source: 'talks' }],
    [{ tag: 'sea' }, { tags: ['ferry', 'sea'] }],
    [{ since: 2025 }, { date: '2025-01-01T08:00:00Z' }],
  ] as const)('by %j takes %j and no other', (only, parts) => {
    expect(isChosen(summary('a', parts as Partial<PostSummary>), { ...anyPost, ...only })).toBe(true);
    expect(isChosen(summary('a'), { ...anyPost, ...only })).toBe(false);
  });

  it('since a year leaves out what has no date, and takes that year itself', () => {
    const since = { ...anyPost, since: 2024 };
    expect(isChosen(summary('a', { date: null }), since)).toBe(false);
    expect(isChosen(summary('a', { date: '2024-01-01' }), since)).toBe(true);
    expect(isChosen(summary('a', { date: '2023-12-31' }), since)).toBe(false);
  });
});

describe('what is excepted', () => {
  it.each([
    [{ by: 'source', value: 'talks' }, { source: 'talks' }],
    [{ by: 'tag', value: 'sea' }, { tags: ['sea'] }],
    [{ by: 'language', value: 'de' }, { language: 'de' }],
    [{ by: 'folder', value: 'blog/old' }, { id: 'blog/old/1.md' as PostSummary['id'] }],
  ] as const)('%j is never chosen', (exception, parts) => {
    const choice = { ...anyPost, except: [exception] };
    expect(isChosen({ ...summary('blog/older/1.md'), ...(parts as Partial<PostSummary>) }, choice)).toBe(false);
    expect(isChosen(summary('blog/older/1.md'), choice)).toBe(true);
  });
});

describe('what there is to choose from', () => {
  it('is what posts have, the most frequent first, and years newest first', () => {
    const posts = [
      summary('a', { tags: ['sea', 'tides'] }),
      summary('b', { tags: ['sea'], date: '2022-02-02', language: 'de' }),
      summary('c', { tags: ['tides', 'sea', 'once'], kind: 'video', source: 'talks', date: null }),
      summary('d', { tags: ['tides'], date: 'some day' }),
    ];
    expect(facetsOf(posts)).toEqual({
      kinds: ['post', 'video'],
      sources: ['blog', 'talks'],
      tags: ['sea', 'tides'],
      years: [2024, 2022],
      folders: [],
      languages: ['de'],
    });
  });

  it('are folders too, where posts are named by their path', () => {
    const posts = ['blog/blog/a/1.md', 'blog/blog/a/2.md', 'blog/blog/b/3.md', 'https://x.example/1'];
    expect(facetsOf(posts.map((id) => summary(id))).folders).toEqual(['blog/blog/a', 'blog/blog/b']);
  });

  it('leaves out a tag that every post has', () => {
    expect(facetsOf([summary('a', { tags: ['all'] }), summary('b', { tags: ['all'] })]).tags).toEqual([]);
  });
});
