// What a library says to drafts of other sites, counted on a small blog made here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COSINES } from '../../src/testing/cosines.ts';
import { askSite, type SiteAnswer } from './askSite.ts';
import { SuggestionCounts } from './falseSuggestions.ts';
import type { Site, SitePost } from './site.ts';
import { readStrangers, readTable, spread } from './strangers.ts';

const sitePost = (id: string, date: string, text: string): SitePost => ({
  ...{ id, date, text, title: id, draft: text, summary: '', url: null, tags: [], links: [] },
  blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
});
const posts = [
  sitePost('tides', '2020-01-01', 'The tide table of the harbour wall.'),
  sitePost('sheep', '2020-02-01', 'Forty sheep on a boat to market.'),
  sitePost('tides-again', '2021-01-01', 'A new tide table. The harbour wall has it.'),
];
const site: Site = {
  name: 'ferry',
  posts,
  dated: true,
  queries: posts.slice(2).map((post) => ({ post, relevant: new Set(['tides']) })),
};
const bread = { name: 'bakery', posts: [sitePost('bread', '2022-01-01', 'Sourdough wants a hot oven. And patience.')] };
const ports = {
  limits: {
    maxTokens: 64,
    countTokens: (texts: readonly string[]) => Promise.resolve(texts.map((text) => text.length / 4)),
  },
  dimension: 16,
  /** A number for each letter that a text begins with. */
  embed: (texts: readonly string[]) =>
    Promise.resolve(
      Float32Array.from(
        texts.flatMap((text) => Array.from({ length: 16 }, (_, at) => Number(at === text.length % 16))),
      ),
    ),
};

async function answers(): Promise<SiteAnswer[]> {
  const all: SiteAnswer[] = [];
  for await (const answer of askSite(site, [bread], COSINES, ports)) all.push(answer);
  return all;
}

describe('a site that is asked', () => {
  it('is asked with its own queries and with strangers, whole and by paragraph, with meaning and without', async () => {
    const asked = (await answers()).map(({ from, part, basis }) => [from, part, basis.meaning].join(' '));
    expect(asked).toHaveLength(8);
    expect(new Set(asked).size).toBe(8);
    expect(asked.filter((one) => one.startsWith('ferry'))).toHaveLength(4);
  });

  it('answers an own draft with earlier posts alone, and a stranger with any', async () => {
    for (const { from, basis, matches } of await answers()) {
      // Bread shares no word with the ferry.
      if (!basis.meaning) continue;
      const found = matches.map(({ hit }) => hit.post);
      expect(found.length).toBeGreaterThan(0);
      if (from === 'ferry') expect(found).not.toContain('tides-again');
      else expect(found).toContain('tides-again');
    }
  });

  it('does not know the words that only the draft has', async () => {
    const [first] = await answers();
    const [second] = await answers();
    expect(second?.matches).toEqual(first?.matches);
    // Of "again", "new" and "has" nothing is known before the post is there, so tides cannot have all of the draft.
    expect(first?.matches[0]?.hit).toMatchObject({ post: 'tides' });
    expect(first?.matches[0]?.hit.share).toBeLessThan(0.5);
  });

  it('is counted: what strangers get, and what linked posts are kept', async () => {
    const counts = new SuggestionCounts();
    for (const answer of await answers()) counts.add(answer, ({ hit }) => hit.share > 0);
    const byWords = counts.all().filter(({ meaning, part }) => !meaning && part === 'draft');
    expect(byWords).toMatchObject([
      { from: 'ferry', drafts: 1, any: 1, kept: 1 },
      { from: 'bakery', drafts: 1, any: 0, suggestions: 0, kept: null },
    ]);
    const strict = new SuggestionCounts();
    for (const answer of await answers()) strict.add(answer, () => false);
    expect(strict.all()[0]).toMatchObject({ any: 0, kept: 0 });
  });
});

describe('strangers', () => {
  let data = '';
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'kindred-strangers-'));
    mkdirSync(join(data, 'blog-bakery'));
    const long = { id: 'a', title: 'Bread', text: 'dough '.repeat(200) };
    const lines = [long, { id: 'b', title: 'Short', text: 'dough' }].map((post) => JSON.stringify(post));
    writeFileSync(join(data, 'blog-bakery/posts.jsonl'), lines.join('\n'));
  });
  afterAll(() => rmSync(data, { recursive: true }));

  it('are read from a blog without judgements, the opening of a text for a draft', () => {
    const [bakery] = readStrangers(data, ['bakery'], 10);
    expect(bakery?.posts.map(({ id }) => id)).toEqual(['a']);
    expect(bakery?.posts[0]?.draft.split(' ')).toHaveLength(150);
  });

  it('are read from a table of titles and texts', () => {
    const table = 'id\ttitle\tselftext\n1\tFirst\tSome text.\n2\tLink only\t\n';
    expect(readTable(table)).toMatchObject([{ id: '1', title: 'First', draft: 'Some text.' }]);
  });

  it('that are not there are named', () => {
    expect(() => readStrangers(data, ['nowhere'], 1)).toThrow('blog-nowhere');
  });

  it('are taken evenly', () => {
    expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5)).toEqual([1, 3, 5, 7, 9]);
    expect(spread([1, 2], 5)).toEqual([1, 2]);
  });
});
