// What a site repeats is told from what a post says: in small and large sources, and never at the cost of own words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packOutline, type Outline, type OutlinePart } from './outline.ts';
import { countParts, leastPosts, repeatedParts } from './repeatedParts.ts';

const own = (print: number, words = 30): OutlinePart => ({ kind: 'text', print: 1_000_000 + print, words });
const said = (print: number, words = 12): OutlinePart => ({ kind: 'text', print, words });
const heading = (print: number): OutlinePart => ({ kind: 'heading', print, words: 2 });

const foundIn = (posts: readonly OutlinePart[][], at = 0): number[] => {
  const outlines = posts.map(packOutline);
  return repeatedParts(outlines[at] ?? new Uint32Array(0), countParts(outlines));
};

/** Posts of two own paragraphs each, dressed by `dress`. */
const posts = (howMany: number, dress: (own: OutlinePart[], at: number) => OutlinePart[]): OutlinePart[][] =>
  Array.from({ length: howMany }, (_, at) => dress([own(2 * at), own(2 * at + 1)], at));

describe('repeatedParts', () => {
  it.each([10, 100, 1000, 5000])('finds what stands before and after the text of %i posts', (howMany) => {
    const all = posts(howMany, (text) => [said(1), ...text, said(2), said(3)]);
    expect(foundIn(all)).toEqual([0, 3, 4]);
  });

  it('finds the signature of one author among many: from so many posts on as the source is large', () => {
    for (const howMany of [10, 500, 5000]) {
      const least = leastPosts(howMany);
      const with_ = (signed: number) => posts(howMany, (text, at) => (at < signed ? [...text, said(9)] : text));
      expect(foundIn(with_(least))).toEqual([2]);
      expect(foundIn(with_(least - 1))).toEqual([]);
    }
    expect([10, 500, 2600, 5000].map(leastPosts)).toEqual([3, 3, 7, 9]);
  });

  it('goes on behind a date or a name, which stay', () => {
    const all = posts(10, (text, at) => [...text, own(500 + at, 3), said(2), said(3)]);
    expect(foundIn(all)).toEqual([3, 4]);
    const behind = posts(10, (text, at) => [...text, said(1), own(500 + at, 3), said(2)]);
    expect(foundIn(behind)).toEqual([2, 4]);
  });

  it('leaves out a box amid the text only where it is long and many posts have it', () => {
    const amid = (words: number, having: number): number[] =>
      foundIn(posts(20, ([a, b], at) => [a, ...(at < having ? [said(7, words)] : []), b] as OutlinePart[]));
    expect(amid(25, 20)).toEqual([1]);
    expect(amid(25, 4)).toEqual([]);
    expect(amid(4, 20)).toEqual([]);
  });

  it('keeps short words at an end that few posts have, and drops those that most have', () => {
    const ending = (having: number) => foundIn(posts(40, (text, at) => (at < having ? [...text, said(5, 2)] : text)));
    expect(ending(4)).toEqual([]);
    expect(ending(30)).toEqual([2]);
  });

  it('keeps a heading as long as anything below it stays', () => {
    const all = posts(10, ([a, b]) => [heading(1), a, heading(2), b, heading(3), said(4)] as OutlinePart[]);
    expect(foundIn(all)).toEqual([4, 5]);
  });

  it('keeps posts that say the same as others whole', () => {
    const copies = Array.from({ length: 10 }, () => [said(1, 40), said(2, 40), said(3, 40)]);
    expect(foundIn(copies)).toEqual([]);
  });

  it('takes a series that fills in a form for content, and a form that many fill in for a form', () => {
    const form = [said(1, 60), said(2, 60), said(3, 60)];
    const series = (having: number, words: number) =>
      foundIn(posts(200, (text, at) => (at < having ? [own(900 + at, words), ...form] : text)));
    expect(series(5, 10)).toEqual([]);
    expect(series(5, 60)).toEqual([1, 2, 3]);
    expect(series(100, 10)).toEqual([1, 2, 3]);
  });

  it('says nothing of a source of few posts', () => {
    expect(foundIn(posts(4, (text) => [...text, said(1)]))).toEqual([]);
  });

  it('never leaves out what is not repeated, nor all that a post says of its own', () => {
    const part = fc.record({
      kind: fc.constantFrom('text' as const, 'text' as const, 'heading' as const, 'code' as const, 'rest' as const),
      print: fc.nat(40),
      words: fc.nat(60),
    });
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 12 }), { maxLength: 60 }), (library) => {
        const outlines = library.map(packOutline);
        const counts = countParts(outlines);
        for (const [at, outline] of outlines.entries()) {
          const found = repeatedParts(outline, counts);
          expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
          const parts = library[at] ?? [];
          for (const place of found) {
            const { print, kind, words } = parts[place] ?? { print: 0, kind: 'rest', words: 1 };
            expect(['text', 'heading']).toContain(kind);
            if (words > 0) expect(havingPrint(outlines, print)).toBeGreaterThanOrEqual(leastPosts(library.length));
          }
          const kept = parts.filter((_, place) => !found.includes(place));
          const left = kept.reduce((sum, { kind, words }) => sum + (kind === 'text' || kind === 'rest' ? words : 0), 0);
          if (found.length > 0) expect(left).toBeGreaterThanOrEqual(5);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const havingPrint = (outlines: readonly Outline[], print: number): number =>
  outlines.filter((outline) => outline.some((value, at) => at % 2 === 0 && value === print)).length;
