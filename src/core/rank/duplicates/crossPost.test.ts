// When two posts are one in two places, and when they are not.
import { describe, expect, it } from 'vitest';
import { crossPostReason, type PlacedPost } from './crossPost.ts';

const post = (more: Partial<PlacedPost> = {}): PlacedPost => ({
  source: 'Blog',
  url: 'https://blog.example/a',
  title: 'How we plan a quarter',
  date: '2024-03-01',
  words: 400,
  ...more,
});
const elsewhere = { source: 'Newsletter', url: 'https://news.example/7' };

describe('two posts are one', () => {
  it.each([
    [
      'with one address, however it is written',
      { source: 'Feed', url: 'http://www.blog.example/a/?utm=1#x' },
      null,
      'address',
    ],
    ['with one text within months', { ...elsewhere, title: 'Planning', date: '2024-06-01' }, 0.9, 'words'],
    ['with one text and no date', { ...elsewhere, title: 'Planning', date: null }, 0.9, 'words'],
    ['with one title within weeks, much shorter', { ...elsewhere, words: 30, date: '2024-03-20' }, 0.3, 'title'],
    [
      'with one text and title, shortened, months later',
      { ...elsewhere, words: 120, date: '2024-06-01' },
      0.95,
      'words',
    ],
  ] as const)('%s', (_name, more, sameWords, reason) => {
    expect(crossPostReason(post(), post(more), sameWords)).toBe(reason);
    expect(crossPostReason(post(more), post(), sameWords)).toBe(reason);
  });
});

it('two videos of one page that plays them are two', () => {
  const video = (id: string, source: string): PlacedPost =>
    post({ source, url: `https://www.youtube.com/watch?v=${id}` });
  expect(crossPostReason(video('a', 'Takeout'), video('b', 'List'), 1)).toBeNull();
  expect(crossPostReason(video('a', 'Takeout'), video('a', 'List'), null)).toBe('address');
});

describe('two posts are two', () => {
  it.each([
    ['of one source', { url: 'https://blog.example/b' }, 1],
    ['with two addresses on one site, brought in twice', { source: 'Feed', url: 'https://blog.example/b' }, 1],
    ['that are no near-duplicates', { ...elsewhere }, null],
    ['with one title and years between', { ...elsewhere, date: '2022-03-01' }, 0.5],
    ['of which one quotes the other', { ...elsewhere, title: 'A round-up', words: 2000 }, 1],
    ['that share a phrase', { ...elsewhere, title: 'Hello', words: 20 }, 1],
    ['half the same', { ...elsewhere, title: 'Planning' }, 0.5],
    ['with a title that says nothing', { ...elsewhere, title: 'Hello', words: 30 }, 0.3],
  ] as const)('%s', (_name, more, sameWords) => {
    const first = 'title' in more && more.title === 'Hello' ? post({ title: 'Hello' }) : post();
    expect(crossPostReason(first, post(more), sameWords)).toBeNull();
  });
});
