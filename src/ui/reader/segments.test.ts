import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextBlock } from '../../core/index.ts';
import { groupBlocks, segments } from './segments.ts';

test('cuts a block at a link that reaches into the passage', () => {
  expect(segments({ start: 0, end: 20 }, [{ start: 4, end: 12, href: '/a' }], { start: 8, end: 30 })).toEqual([
    { start: 0, end: 4, href: null, matched: false, closest: false },
    { start: 4, end: 8, href: '/a', matched: false, closest: false },
    { start: 8, end: 12, href: '/a', matched: true, closest: false },
    { start: 12, end: 20, href: null, matched: true, closest: false },
  ]);
});

test('a block outside the passage is one piece', () => {
  expect(segments({ start: 5, end: 9 }, [], { start: 20, end: 30 })).toEqual([
    { start: 5, end: 9, href: null, matched: false, closest: false },
  ]);
});

test('the closest sentence is a piece of the passage by itself', () => {
  const pieces = segments({ start: 0, end: 30 }, [], { start: 5, end: 25 }, [10, 18]);
  expect(pieces.filter(({ closest }) => closest)).toEqual([
    { start: 10, end: 18, href: null, matched: true, closest: true },
  ]);
});

test('pieces together are the block, in order', () => {
  const span = fc.tuple(fc.nat(60), fc.nat(30)).map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 4 }),
      span,
      fc.nat(40),
      fc.integer({ min: 1, max: 40 }),
      (links, passage, start, length) => {
        const pieces = segments(
          { start, end: start + length },
          links.map((link) => ({ ...link, href: '/' })),
          passage,
        );
        expect(pieces[0]?.start).toBe(start);
        expect(pieces.at(-1)?.end).toBe(start + length);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.end).toBeGreaterThan(piece.start);
          if (index > 0) expect(piece.start).toBe(pieces[index - 1]?.end);
        }
      },
    ),
  );
});

test('neighbouring items are one list, neighbouring cues one transcript', () => {
  const block = (kind: TextBlock['kind'], start: number): TextBlock => ({ kind, start, end: start + 1 });
  const kinds = ['paragraph', 'item', 'item', 'quote', 'item', 'cue', 'cue'] as const;
  const groups = groupBlocks(kinds.map((kind, index) => block(kind, index)));
  expect(groups.map(({ kind, blocks }) => [kind, blocks.length])).toEqual([
    ['single', 1],
    ['list', 2],
    ['single', 1],
    ['list', 1],
    ['cues', 2],
  ]);
});
