// Reading a blog to judge by, and judging it: a small one made here, so that nothing else is needed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COSINES } from '../../src/testing/cosines.ts';
import { judgeSite } from './judgeSite.ts';
import { findSites, readSite } from './site.ts';

const POSTS = [
  { id: 'old', date: '2020-01-01', title: 'Tides', text: 'The tide table of the **harbour** wall.', draft: '' },
  { id: 'other', date: '2020-02-01', title: 'Sheep', text: 'Forty sheep on a boat to market.', draft: '' },
  { id: 'new', date: '2021-01-01', title: 'Harbour tides', text: 'See [tides](/old).', draft: 'A tide table, again.' },
  { id: 'same-day', date: '2021-01-01', title: 'Tide', text: 'The harbour tide table.', draft: 'Tide.' },
  { id: 'undated', date: '', title: 'Tide table', text: 'The harbour tide table.', draft: 'Tide.' },
];
const QRELS = [
  'query-id\tcorpus-id\tscore',
  'new\told\t1',
  'old\tnew\t1',
  'new\tsame-day\t1',
  'new\tundated\t1',
  'new\tother\t0',
];

let data = '';

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'kindred-eval-'));
  mkdirSync(join(data, 'blog-small'));
  mkdirSync(join(data, 'blog-unjudged'));
  writeFileSync(join(data, 'blog-small/posts.jsonl'), POSTS.map((post) => JSON.stringify(post)).join('\n') + '\n');
  writeFileSync(join(data, 'blog-unjudged/posts.jsonl'), '');
  writeFileSync(join(data, 'blog-small/related-qrels.tsv'), QRELS.join('\n') + '\n');
});

afterAll(() => rmSync(data, { recursive: true }));

describe('a site', () => {
  it('is a folder with posts and judgements', () => {
    expect(findSites(data, null)).toEqual([join(data, 'blog-small')]);
    expect(findSites(data, ['small'])).toEqual([join(data, 'blog-small')]);
    expect(() => findSites(data, ['unjudged'])).toThrow(/blog-unjudged lacks/);
    expect(() => findSites(join(data, 'nowhere'), null)).toThrow(/--data/);
  });

  it('asks only what an earlier post can answer', () => {
    const { name, queries, posts } = readSite(join(data, 'blog-small'));
    expect(name).toBe('small');
    expect(posts).toHaveLength(POSTS.length);
    expect(posts[0]?.text).toBe('The tide table of the harbour wall.');
    expect(queries.map(({ post, relevant }) => [post.id, [...relevant]])).toEqual([['new', ['old']]]);
  });

  it('is judged by the words and the vectors of earlier posts', async () => {
    // A vector that says only whether a text speaks of tides.
    const embed = async (texts: readonly string[]): Promise<Float32Array> => {
      const rows = new Float32Array(texts.length * 16);
      texts.forEach((text, row) => (rows[row * 16 + (/tide/i.test(text) ? 0 : 1)] = 1));
      return rows;
    };
    const limits = {
      maxTokens: 64,
      countTokens: (texts: readonly string[]) => texts.map((text) => text.split(' ').length),
    };
    const scores = await judgeSite(readSite(join(data, 'blog-small')), COSINES, { limits, dimension: 16, embed });
    expect(scores.queries).toBe(1);
    for (const score of [scores.bm25, scores.cosine, scores.fused]) expect(score).toBeCloseTo(100);
  });
});
