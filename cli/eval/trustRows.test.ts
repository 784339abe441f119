import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/core/rank/ranker.ts';
import { SIGNALS } from '../../src/core/rank/trust.ts';
import type { SiteAnswer } from './askSite.ts';
import type { Site } from './site.ts';
import { TRUST_HEADER, trustRows } from './trustRows.ts';

const posts = Array.from({ length: 60 }, (_, n) => ({
  id: `p${n}`,
  tags: n < 2 || n === 59 ? ['all', 'tides'] : ['all'],
}));
const site = { name: 'ferry', posts } as unknown as Site;
const signals = Object.fromEntries(SIGNALS.map((signal, at) => [signal, at / 10]));
const none = Object.fromEntries(FEATURES.map((feature) => [feature, 0]));
/** The first is newer, the second says more of what the draft says. */
const matches = [
  { hit: { post: 'p0' }, signals, features: { ...none, wordsRank: 3 } },
  { hit: { post: 'p5' }, signals, features: { ...none, recencyRank: 9, recencyShare: 1 } },
];
const answer = {
  ...{ from: 'ferry', post: posts[59], part: 'draft', basis: { meaning: true, dates: true } },
  ...{ relevant: new Set(['p5']), matches },
} as unknown as SiteAnswer;

describe('rows that trust is fitted to', () => {
  const cells = (of: SiteAnswer) => trustRows(site)(of).map((row) => row.split('\t'));

  it('have a cell for each column, as they are and as a library without dates has them', () => {
    const rows = cells(answer);
    expect(rows.map((row) => row.length)).toEqual(Array.from({ length: 4 }, () => TRUST_HEADER.split('\t').length));
    expect(rows.map((row) => row[4])).toEqual(['p5', 'p0', 'p0', 'p5']);
    const order = TRUST_HEADER.split('\t').indexOf('order');
    expect(Number(rows[0]?.[order])).toBeGreaterThan(Number(rows[1]?.[order]));
    expect(rows.slice(2).map((row) => row[order])).toEqual(['0', '0']);
    // Queries of the two orders are two.
    expect(new Set(rows.map((row) => row[1])).size).toBe(2);
  });

  it('say what is linked and what shares a rare tag, a stranger nothing', () => {
    const column = TRUST_HEADER.split('\t');
    const of = (row: string[] | undefined, name: string) => row?.[column.indexOf(name)];
    const rows = cells(answer);
    expect([of(rows[2], 'linked'), of(rows[2], 'tagged'), of(rows[2], 'dates')]).toEqual(['0', '1', '1']);
    expect([of(rows[3], 'linked'), of(rows[3], 'tagged')]).toEqual(['1', '0']);
    const strange = cells({ ...answer, from: 'bakery', relevant: new Set() });
    expect(of(strange[0], 'relevant')).toBe('0');
    expect(strange.every((row) => of(row, 'tagged') === '0')).toBe(true);
  });
});
