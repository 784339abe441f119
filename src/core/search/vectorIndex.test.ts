// Vector search against comparison of everything with everything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise, quantise } from './quantise.ts';
import { createPlainKernel, ROWS_AT_ONCE } from './scanKernel.ts';
import { VectorIndex } from './vectorIndex.ts';

const DIMENSION = 64;

/** Unit vectors from a seed: a small linear congruential generator keeps failures repeatable. */
function unitVectors(count: number, seed: number): Float32Array {
  const vectors = new Float32Array(count * DIMENSION);
  let state = seed >>> 0 || 1;
  for (let row = 0; row < count; row++) {
    let norm = 0;
    for (let at = 0; at < DIMENSION; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const value = state / 2 ** 32 - 0.5;
      vectors[row * DIMENSION + at] = value;
      norm += value * value;
    }
    for (let at = 0; at < DIMENSION; at++) vectors[row * DIMENSION + at]! /= Math.sqrt(norm);
  }
  return vectors;
}

function cosine(a: Float32Array, rowA: number, b: Float32Array, rowB: number): number {
  let sum = 0;
  for (let at = 0; at < DIMENSION; at++) sum += a[rowA * DIMENSION + at]! * b[rowB * DIMENSION + at]!;
  return sum;
}

const change = fc.record({
  post: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  passages: fc.integer({ min: 0, max: 12 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  remove: fc.boolean(),
});

describe('VectorIndex', () => {
  it('compares all query vectors with all passages of the posts asked for', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.integer({ min: 1, max: 90 }), (changes, queryCount) => {
        const index = new VectorIndex(DIMENSION);
        const held = new Map<string, Float32Array>();
        for (const { post, passages, seed } of changes) {
          const vectors = quantise(unitVectors(passages, seed), DIMENSION);
          index.add(post, vectors);
          held.set(post, dequantise(vectors));
        }
        const queries = unitVectors(queryCount, 7);
        const found = index.compare(queries, ['a', 'b', 'nowhere']);
        expect([...found.keys()]).toEqual(['a', 'b'].filter((post) => held.has(post)));
        for (const [post, cosines] of found) {
          const rows = held.get(post) ?? new Float32Array();
          const passages = rows.length / DIMENSION;
          expect(cosines).toHaveLength(queryCount * passages);
          cosines.forEach((value, at) =>
            // Rounding to bytes can carry a near-copy past 1.
            expect(value).toBeCloseTo(Math.min(1, cosine(queries, Math.floor(at / passages), rows, at % passages)), 4),
          );
        }
      }),
    );
  });

  it('finds the best passage of every post, whatever was added, replaced and removed before', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 1, max: 90 }), (changes, queryCount) => {
        const index = new VectorIndex(DIMENSION);
        const plain = new VectorIndex(DIMENSION, createPlainKernel(DIMENSION));
        const expected = new Map<string, Float32Array>();
        for (const { post, passages, seed, remove } of changes) {
          const vectors = quantise(unitVectors(passages, seed), DIMENSION);
          for (const each of [index, plain]) {
            if (remove) each.remove(post);
            else each.add(post, vectors);
          }
          if (remove) expected.delete(post);
          else expected.set(post, dequantise(vectors));
        }
        const queries = unitVectors(queryCount, 77);
        const hits = index.search(queries);
        expect(plain.search(queries)).toEqual(hits);
        expect(index.size).toBe(expected.size);
        const filled = [...expected].filter(([, vectors]) => vectors.length > 0);
        expect(hits.map((hit) => hit.post).sort()).toEqual(filled.map(([post]) => post).sort());
        expect(index.rows).toBe(filled.reduce((sum, [, vectors]) => sum + vectors.length / DIMENSION, 0));
        for (const hit of hits) {
          const vectors = expected.get(hit.post) ?? new Float32Array();
          let best = -2;
          for (let query = 0; query < queryCount; query++) {
            for (let row = 0; row < vectors.length / DIMENSION; row++) {
              best = Math.max(best, cosine(queries, query, vectors, row));
            }
          }
          expect(hit.cosine).toBeCloseTo(Math.min(1, best), 4);
          expect(cosine(queries, hit.query, vectors, hit.passage)).toBeCloseTo(best, 4);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the best of the posts that are kept, as sorting all of them does', () => {
    const kept = fc.record({
      posts: fc.integer({ min: 1, max: 300 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      removed: fc.integer({ min: 2, max: 9 }),
      most: fc.integer({ min: 0, max: 40 }),
      refused: fc.integer({ min: 1, max: 5 }),
      queries: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(kept, ({ posts, seed, removed, most, refused, queries }) => {
        const index = new VectorIndex(DIMENSION);
        for (let post = 0; post < posts; post++) {
          // Some posts without vectors, some far longer than others, some the same as another.
          const passages = post % 7 === 3 ? 0 : post % 11 === 5 ? 30 : 1 + (post % 3);
          index.add(`p${post}`, quantise(unitVectors(passages, seed + (post % 40)), DIMENSION));
        }
        for (let post = 0; post < posts; post += removed) index.remove(`p${post}`);
        const asked = unitVectors(queries, seed + 7777);
        const keep = (post: string): boolean => refused === 1 || Number(post.slice(1)) % refused !== 0;
        const all = index.search(asked).filter(({ post }) => keep(post));
        const found = index.search(asked, { most, keep });
        const cosines = all.map(({ cosine }) => cosine).sort((a, b) => b - a);
        expect(found.map(({ cosine }) => cosine)).toEqual(cosines.slice(0, most));
        for (const hit of found) expect(all).toContainEqual(hit);
        expect(new Set(found.map(({ post }) => post)).size).toBe(found.length);
      }),
      { numRuns: 60 },
    );
  });

  it('never asks about a post that is gone, or that is too far off', () => {
    const index = new VectorIndex(DIMENSION);
    const rows = unitVectors(3000, 5);
    for (let row = 0; row < 3000; row++) {
      index.add(`p${row}`, quantise(rows.slice(row * DIMENSION, (row + 1) * DIMENSION), DIMENSION));
    }
    index.remove('p7');
    const asked = new Set<string>();
    index.search(unitVectors(1, 9), { most: 1, keep: (post) => Boolean(asked.add(post)) });
    expect(asked.has('p7')).toBe(false);
    expect(asked.size).toBeLessThan(1500);
  });

  it('finds a passage beyond the first chunk of rows', () => {
    const index = new VectorIndex(DIMENSION);
    const vectors = quantise(unitVectors(ROWS_AT_ONCE + 50, 3), DIMENSION);
    index.add('long', vectors);
    const last = ROWS_AT_ONCE + 49;
    const query = dequantise(vectors).slice(last * DIMENSION);
    const [hit] = index.search(query);
    expect(hit).toMatchObject({ post: 'long', passage: last, query: 0 });
    expect(hit?.cosine).toBeCloseTo(1, 2);
  });

  it('agrees with float32 on the ten best posts of a thousand but for near ties', () => {
    const index = new VectorIndex(DIMENSION);
    const rows = unitVectors(1000, 5);
    for (let row = 0; row < 1000; row++) {
      index.add(`p${row}`, quantise(rows.slice(row * DIMENSION, (row + 1) * DIMENSION), DIMENSION));
    }
    const query = unitVectors(1, 9);
    const best = index.search(query).sort((a, b) => b.cosine - a.cosine);
    const exact = Array.from({ length: 1000 }, (_, row) => ({
      post: `p${row}`,
      cosine: cosine(query, 0, rows, row),
    })).sort((a, b) => b.cosine - a.cosine);
    const tenth = exact[9]?.cosine ?? 0;
    for (const hit of best.slice(0, 10)) {
      const cosineOfHit = exact.find(({ post }) => post === hit.post)?.cosine ?? -1;
      expect(cosineOfHit).toBeGreaterThan(tenth - 0.01);
    }
  });

  it('hands back the first vectors of a post as they were rounded, wherever its rows have moved', () => {
    const index = new VectorIndex(DIMENSION);
    const rows = quantise(unitVectors(5, 3), DIMENSION);
    for (let post = 0; post < 40; post++) index.add(`before${post}`, quantise(unitVectors(3, post), DIMENSION));
    index.add('post', rows);
    for (let post = 0; post < 40; post++) index.remove(`before${post}`);
    expect(index.rowsOf('post', 2)).toEqual(dequantise(rows).slice(0, 2 * DIMENSION));
    expect(index.rowsOf('post', 9)).toEqual(dequantise(rows));
    expect(index.rowsOf('before1', 2)).toBeNull();
  });

  it('answers nothing to an empty query or in an empty library', () => {
    const index = new VectorIndex(DIMENSION);
    expect(index.search(unitVectors(1, 1))).toEqual([]);
    index.add('a', quantise(unitVectors(1, 1), DIMENSION));
    expect(index.search(new Float32Array())).toEqual([]);
  });

  it('refuses vectors of another dimension', () => {
    const index = new VectorIndex(DIMENSION);
    expect(() => index.add('a', quantise(new Float32Array(128), 128))).toThrow(RangeError);
  });
});
