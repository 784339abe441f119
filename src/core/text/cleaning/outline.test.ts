// Outlines: equal for the same words however they are set, and small enough to keep.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePost } from '../../../testing/makePost.ts';
import type { BlockKind } from '../../post.ts';
import { outlineParts, packOutline, unpackOutline } from './outline.ts';

const printOf = (text: string): number => outlineParts({ text, blocks: [] })[0]?.print ?? 0;
const kinds: readonly BlockKind[] = ['paragraph', 'heading', 'item', 'quote', 'code', 'cue'];

describe('outlineParts', () => {
  it('gives the same words one print, whatever their case, marks and numbers', () => {
    expect(printOf('Posted on 3 March 2021 by Ada.')).toBe(printOf('posted on 14 march 1999, by ADA'));
    expect(printOf('«Teilen» Sie das')).toBe(printOf('„Teilen“ sie das!'));
    expect(printOf('Posted on 3 March by Ada')).not.toBe(printOf('Posted on 3 April by Ada'));
    expect(printOf('on line')).not.toBe(printOf('online'));
  });

  it('counts words, and in Chinese and Japanese one of two characters', () => {
    const wordsOf = (text: string): number => outlineParts({ text, blocks: [] })[0]?.words ?? 0;
    expect(wordsOf('Three small boats – 42 of them.')).toBe(6);
    expect(wordsOf('* * *')).toBe(0);
    expect(wordsOf('港の時刻表を見る')).toBeGreaterThan(3);
  });

  it('holds every visible character once, in order', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.array(fc.record({ kind: fc.constantFrom(...kinds), start: fc.nat(200), length: fc.nat(60) }), {
          maxLength: 9,
        }),
        (text, blocks) => {
          const placed = blocks.map(({ kind, start, length }) => ({ kind, start, end: start + length }));
          let done = 0;
          for (const { start, end } of outlineParts({ text, blocks: placed })) {
            expect(text.slice(done, start).trim()).toBe('');
            expect(end).toBeGreaterThan(start);
            done = end;
          }
          expect(text.slice(done).trim()).toBe('');
        },
      ),
    );
  });

  it('takes cues together, and the middle of a very long post', () => {
    const cues = makePost('talk', 'one\n\ntwo\n\nthree');
    cues.blocks.forEach((block) => (block.kind = 'cue'));
    expect(outlineParts(cues)).toEqual([{ kind: 'rest', print: 0, words: 3, start: 0, end: cues.text.length }]);
    const long = makePost('long', Array.from({ length: 1000 }, (_, at) => `Paragraph ${at} has words`).join('\n\n'));
    const parts = outlineParts(long);
    expect(parts.length).toBe(401);
    expect(parts.filter(({ kind }) => kind === 'rest')).toHaveLength(1);
    expect(parts.reduce((sum, { words }) => sum + words, 0)).toBe(4000);
  });
});

it('comes back from its numbers as it was', () => {
  const part = fc.record({
    kind: fc.constantFrom('text' as const, 'heading' as const, 'code' as const, 'rest' as const),
    print: fc.nat(0x3fffffff),
    words: fc.nat(2_000_000),
  });
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(unpackOutline(packOutline(parts))).toEqual(parts);
    }),
  );
});
