import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bm25Index } from '../search/bm25.ts';
import { documentTerms } from '../text/documentTerms.ts';
import { drawSample, measureBackground, SAMPLED } from './background.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => `post-${n}`);

describe('the sample of a library', () => {
  it('is the same whatever the order of the posts', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ids(200), { minLength: 200 }), (shuffled) => {
        expect(drawSample(shuffled)).toEqual(drawSample(ids(200)));
      }),
    );
  });

  it('hardly changes as posts come, and is all of a small library', () => {
    const [before, after] = [new Set(drawSample(ids(500))), drawSample(ids(520))];
    expect(after.filter((id) => before.has(id)).length).toBeGreaterThan(SAMPLED * 0.85);
    expect(new Set(drawSample(ids(5)))).toEqual(new Set(ids(5)));
  });

  it('is drawn from all over, however alike the ids are', () => {
    const drawn = drawSample(ids(1_000)).map((id) => Number(id.slice(5)));
    expect(Math.min(...drawn)).toBeLessThan(150);
    expect(Math.max(...drawn)).toBeGreaterThan(850);
  });
});

describe('the background of a library', () => {
  const posts = [
    { id: 'tides', title: 'Tides', text: 'The harbour has a tide table.' },
    { id: 'slip', title: 'Slip', text: 'The harbour has a slip.' },
    { id: 'bread', title: 'Bread', text: 'Dough wants an oven.' },
  ];
  const lexical = new Bm25Index();
  for (const post of posts) {
    lexical.add(post.id, documentTerms({ ...post, summary: '', tags: [], blocks: [] }));
  }

  it('is how random posts share words and meaning, each with the others alone', () => {
    const close: Record<string, number> = { 'tides slip': 0.5, 'tides bread': -0.1, 'slip bread': -0.1 };
    const compare = (id: string, others: readonly string[]) => {
      expect(others).not.toContain(id);
      return new Map(others.map((other) => [other, [close[`${id} ${other}`] ?? close[`${other} ${id}`] ?? NaN]]));
    };
    const found = measureBackground(posts, lexical, { passages: () => 1, compare });
    expect(found.sample).toEqual(['tides', 'slip', 'bread']);
    expect(found.words).toBeGreaterThan(0);
    expect(found.words).toBeLessThan(1);
    expect(found.meaning?.mean).toBeCloseTo(0.1);
    expect(found.meaning?.spread).toBeCloseTo(Math.sqrt(0.08));
  });

  it('has no meaning without vectors, and is nothing for an empty library', () => {
    expect(measureBackground(posts, lexical, null).meaning).toBeNull();
    const none = { passages: () => 0, compare: () => new Map<string, number[]>() };
    expect(measureBackground(posts, lexical, none).meaning).toBeNull();
    expect(measureBackground([], new Bm25Index(), null)).toEqual({ sample: [], words: 0, meaning: null });
  });
});
