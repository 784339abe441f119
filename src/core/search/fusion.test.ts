// One order out of words and meaning, and silence where neither says anything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { SATURATED, type LexicalHit, type LexicalScores } from './bm25.ts';
import { fuse, strengthOf, type FusedHit, type SemanticAnswer } from './fusion.ts';
import type { SemanticHit } from './vectorIndex.ts';

const TOTAL = 100;
/** A post that has this share of what the draft's words weigh. */
const words = (post: string, share: number): LexicalHit => ({ post, score: share * SATURATED * TOTAL });
const scores = (...hits: LexicalHit[]): LexicalScores => ({
  found: hits.length,
  of: (post) => hits.find((hit) => hit.post === post)?.score ?? 0,
  each: (visit) => hits.forEach(({ post, score }) => visit(post, score)),
});
const meaning = (post: string, cosine: number, passage = 0): SemanticHit => ({ post, cosine, query: 0, passage });
const of = (...hits: SemanticHit[]): SemanticAnswer => ({ hits, cosines: COSINES });

describe('fuse', () => {
  it('orders by words and meaning together and keeps the parts', () => {
    const hits = fuse({
      lexical: scores(words('both', 0.3), words('words', 0.31)),
      totalWeight: TOTAL,
      semantic: of(meaning('words', 0.5), meaning('both', 0.9, 3), meaning('meaning', 0.85, 2)),
    });
    expect(hits.map((hit) => hit.post)).toEqual(['both', 'words', 'meaning']);
    expect(hits[0]).toMatchObject({ cosine: 0.9, passage: 3 });
    expect(hits[0]?.lexical).toBeCloseTo(0.3 * SATURATED * TOTAL);
    expect(hits[2]).toMatchObject({ lexical: 0, cosine: 0.85 });
  });

  it('hands out what is among the best by words, by meaning or by both, and what is named, as if all had been put in order', () => {
    const post = fc.record({
      score: fc.nat(4).map((score) => score * TOTAL),
      cosine: fc.option(fc.nat(4).map((tenths) => 0.4 + tenths / 10)),
      accepted: fc.boolean(),
      named: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(post, { maxLength: 30 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 8 }),
        (given, vectors, most) => {
          const posts = given.map((one, n) => ({ ...one, post: `p${(n * 7) % 31}` }));
          const lexical = posts.filter(({ score }) => score > 0);
          const hits = posts.flatMap((one) => (one.cosine === null ? [] : [meaning(one.post, one.cosine)]));
          const byId = new Map(posts.map((one) => [one.post, one]));
          const input = {
            lexical: scores(...lexical),
            totalWeight: TOTAL,
            semantic: vectors ? of(...hits) : null,
            accept: (id: string) => byId.get(id)?.accepted === true,
          };
          const all = fuse(input);
          const found = posts.filter(
            ({ score, cosine, accepted }) => accepted && (score > 0 || (vectors && cosine !== null)),
          );
          expect(all.map((hit) => hit.post).sort()).toEqual(found.map((one) => one.post).sort());
          expect(all).toEqual([...all].sort((a, b) => b.fused - a.fused || (a.post < b.post ? -1 : 1)));
          const isAmong = (of: (hit: FusedHit) => number | null, hit: FusedHit): boolean => {
            const own = of(hit);
            return own !== null && all.filter((other) => (of(other) ?? -Infinity) > own).length < most;
          };
          const wanted = all.filter(
            (hit) =>
              isAmong(({ fused }) => fused, hit) ||
              isAmong(({ share }) => (share > 0 ? share : null), hit) ||
              isAmong((one) => one.meaning, hit) ||
              byId.get(hit.post)?.named === true,
          );
          let best: readonly FusedHit[] = [];
          const some = fuse({
            ...input,
            most,
            also: (told) => {
              best = [...told];
              return posts.filter(({ named }) => named).map((one) => one.post);
            },
          });
          expect(some).toEqual(wanted);
          expect(best.slice(0, most)).toEqual(all.slice(0, most));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('orders by words alone without vectors', () => {
    const hits = fuse({ lexical: scores(words('a', 0.4), words('b', 0.2)), totalWeight: TOTAL, semantic: null });
    expect(hits.map(({ post, cosine, passage }) => [post, cosine, passage])).toEqual([
      ['a', null, null],
      ['b', null, null],
    ]);
  });

  it('neither drops nor sinks a post whose vectors are still to come', () => {
    const hits = fuse({
      lexical: scores(words('waiting', 0.3), words('done', 0.2)),
      totalWeight: TOTAL,
      semantic: of(meaning('done', 0.6)),
    });
    expect(hits.map((hit) => hit.post)).toEqual(['waiting', 'done']);
  });

  it('leaves out posts that may not be suggested', () => {
    const input = {
      lexical: scores(words('own', 0.9)),
      totalWeight: TOTAL,
      semantic: of(meaning('own', 1), meaning('a', 0.9)),
    };
    expect(fuse({ ...input, accept: (post) => post !== 'own' }).map((hit) => hit.post)).toEqual(['a']);
  });

  it('weighs cosines by the scale of their model', () => {
    const narrow = { unrelated: 0.7, usual: 0.82, same: 0.98 };
    const weak = { hits: [meaning('a', 0.75)], cosines: narrow };
    const [here] = fuse({ lexical: scores(), totalWeight: 0, semantic: weak });
    const [there] = fuse({ lexical: scores(), totalWeight: 0, semantic: { ...weak, cosines: COSINES } });
    expect(here?.meaning).toBeCloseTo(0.05 / 0.28);
    expect(here?.strength).toBeLessThan(there?.strength ?? 0);
  });

  it('ranks everything, the weak too', () => {
    expect(fuse({ lexical: scores(), totalWeight: 0, semantic: of(meaning('a', -0.2)) })).toHaveLength(1);
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
