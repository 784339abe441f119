// Posts for the comparison: real ones, repeated with variation where there are not enough, or made-up ones.
import { existsSync } from 'node:fs';
import { findSites, readSite } from '../../cli/eval/site.ts';
import { randomOf } from '../random.ts';
import { syntheticPosts } from '../syntheticPosts.ts';
import type { StoredBenchPost } from './contender.ts';

type Source = Omit<StoredBenchPost, 'id' | 'passages'>;

export interface BenchPosts {
  posts: StoredBenchPost[];
  from: string;
}

/** Share of the words that a repetition has otherwise. */
const CHANGED = 0.1;

export function benchPosts(count: number, passagesPerPost: number, data: string, seed: number): BenchPosts {
  const sources = existsSync(data) ? realPosts(data) : [];
  const real = sources.length > 0;
  const all: Source[] = real
    ? sources
    : syntheticPosts(count, seed).map((post) => ({ ...post, tags: [...post.tags], date: null, url: null, links: [] }));
  const random = randomOf(seed);
  const order = all.map((source) => ({ source, place: random() })).sort((a, b) => a.place - b.place);
  const posts = Array.from({ length: count }, (_, n): StoredBenchPost => {
    const { source } = order[n % order.length]!;
    const repetition = Math.floor(n / order.length);
    const text = repetition === 0 ? source.text : varied(source.text, repetition, random);
    const title = repetition === 0 ? source.title : varied(source.title, repetition, random);
    return { ...source, id: `p${n}`, title, text, passages: cut(text, passagesPerPost) };
  });
  return { posts, from: real ? 'of real blogs' : 'of made-up words' };
}

function realPosts(data: string): Source[] {
  return findSites(data, null).flatMap((folder) =>
    readSite(folder).posts.map(({ title, summary, text, tags, date, url, links }) => ({
      title,
      summary,
      text,
      tags: [...tags],
      date: date === '' ? null : date,
      url,
      links: [...links],
    })),
  );
}

/** Some words become words of the same length that no other text has, the same ones in each repetition. */
const varied = (text: string, repetition: number, random: () => number): string =>
  text.replace(/[a-z]{4,}/g, (word) => (random() < CHANGED ? shifted(word, repetition) : word));

const shifted = (word: string, by: number): string =>
  word.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + by) % 26)));

function cut(text: string, count: number): [number, number][] {
  const at = (n: number): number => Math.floor((n * text.length) / count);
  return Array.from({ length: count }, (_, n) => [at(n), at(n + 1)]);
}
