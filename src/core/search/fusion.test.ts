// One order out of words and meaning, and silence where neither says anything.
import { describe, expect, it } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import type { LexicalHit } from './bm25.ts';
import { SATURATED } from './bm25.ts';
import { fuse, strengthOf } from './fusion.ts';
import type { SemanticAnswer } from './fusion.ts';
import type { SemanticHit } from './vectorIndex.ts';

const TOTAL = 100;
/** A post that has this share of what the draft's words weigh. */
const words = (post: string, share: number): LexicalHit => ({ post, score: share * SATURATED * TOTAL });
const meaning = (post: string, cosine: number, passage = 0): SemanticHit => ({ post, cosine, query: 0, passage });
const of = (...hits: SemanticHit[]): SemanticAnswer => ({ hits, cosines: COSINES });

describe('fuse', () => {
  it('orders by words and meaning together and keeps the parts', () => {
    const hits = fuse({
      lexical: [words('both', 0.3), words('words', 0.31)],
      totalWeight: TOTAL,
      semantic: of(meaning('words', 0.5), meaning('both', 0.9, 3), meaning('meaning', 0.85, 2)),
    });
    expect(hits.map((hit) => hit.post)).toEqual(['both', 'words', 'meaning']);
    expect(hits[0]).toMatchObject({ cosine: 0.9, passage: 3 });
    expect(hits[0]?.lexical).toBeCloseTo(0.3 * SATURATED * TOTAL);
    expect(hits[2]).toMatchObject({ lexical: 0, cosine: 0.85 });
  });

  it('puts the best few hundred of many in order, those that are as good too, and the rest after them', () => {
    const shares = Array.from({ length: 3_000 }, (_, n) => ((n * 7919) % 1_000) / 2_500);
    const lexical = shares.map((share, n) => words(`p${n}`, share));
    const hits = fuse({ lexical, totalWeight: TOTAL, semantic: null });
    expect(new Set(hits.map(({ post }) => post)).size).toBe(3_000);
    const sorted = [...hits].sort((a, b) => b.fused - a.fused || (a.post < b.post ? -1 : 1));
    expect(hits.slice(0, 512)).toEqual(sorted.slice(0, 512));
    const last = hits[511]?.fused ?? NaN;
    expect(hits.slice(512).every(({ fused }) => fused <= last)).toBe(true);
  });

  it('orders by words alone without vectors', () => {
    const hits = fuse({ lexical: [words('a', 0.4), words('b', 0.2)], totalWeight: TOTAL, semantic: null });
    expect(hits.map(({ post, cosine, passage }) => [post, cosine, passage])).toEqual([
      ['a', null, null],
      ['b', null, null],
    ]);
  });

  it('neither drops nor sinks a post whose vectors are still to come', () => {
    const hits = fuse({
      lexical: [words('waiting', 0.3), words('done', 0.2)],
      totalWeight: TOTAL,
      semantic: of(meaning('done', 0.6)),
    });
    expect(hits.map((hit) => hit.post)).toEqual(['waiting', 'done']);
  });

  it('leaves out posts that may not be suggested', () => {
    const input = {
      lexical: [words('own', 0.9)],
      totalWeight: TOTAL,
      semantic: of(meaning('own', 1), meaning('a', 0.9)),
    };
    expect(fuse({ ...input, accept: (post) => post !== 'own' }).map((hit) => hit.post)).toEqual(['a']);
  });

  it('weighs cosines by the scale of their model', () => {
    const narrow = { unrelated: 0.7, usual: 0.82, same: 0.98 };
    const weak = { hits: [meaning('a', 0.75)], cosines: narrow };
    const [here] = fuse({ lexical: [], totalWeight: 0, semantic: weak });
    const [there] = fuse({ lexical: [], totalWeight: 0, semantic: { ...weak, cosines: COSINES } });
    expect(here?.meaning).toBeCloseTo(0.05 / 0.28);
    expect(here?.strength).toBeLessThan(there?.strength ?? 0);
  });

  it('ranks everything, the weak too', () => {
    expect(fuse({ lexical: [], totalWeight: 0, semantic: of(meaning('a', -0.2)) })).toHaveLength(1);
  });
});

describe('strengthOf', () => {
  it('runs from 0 for strangers to 1 for a near-copy, and never falls as either part rises', () => {
    expect(strengthOf(0, -0.2)).toBe(0);
    expect(strengthOf(0.5, 1.1)).toBeCloseTo(1);
    expect(strengthOf(0.6, null)).toBe(1);
    for (const share of [0, 0.2, 0.4]) {
      for (const meant of [0.2, 0.5, 0.8]) {
        expect(strengthOf(share + 0.1, meant)).toBeGreaterThanOrEqual(strengthOf(share, meant));
        expect(strengthOf(share, meant + 0.1)).toBeGreaterThanOrEqual(strengthOf(share, meant));
      }
    }
  });
});
