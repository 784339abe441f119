import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../../core/index.ts';
import { excerpt } from './excerpt.ts';

const joined = (text: string, marks: Span[], most: number): string =>
  excerpt(text, marks, most)
    .runs.map((run) => run.text)
    .join('');

describe('a short passage', () => {
  test('is shown whole, its terms marked', () => {
    expect(excerpt('the blameless review', [[4, 13]], 100)).toEqual({
      runs: [
        { text: 'the ', marked: false },
        { text: 'blameless', marked: true },
        { text: ' review', marked: false },
      ],
      cutBefore: false,
      cutAfter: false,
    });
  });
});

describe('a long passage', () => {
  const text = `${'nothing here at all. '.repeat(20)}The tide table and the tide clock. ${'and more. '.repeat(30)}`;
  const at = text.indexOf('tide');
  const marks: Span[] = [
    [0, 7],
    [at, at + 4],
    [text.lastIndexOf('tide'), text.lastIndexOf('tide') + 4],
  ];

  test('is shown where most terms stand together', () => {
    const { runs, cutBefore, cutAfter } = excerpt(text, marks, 120);
    expect(runs.filter((run) => run.marked).map((run) => run.text)).toEqual(['tide', 'tide']);
    expect([cutBefore, cutAfter]).toEqual([true, true]);
  });

  test('is cut between words', () => {
    const shown = joined(text, marks, 120);
    const from = text.indexOf(shown);
    expect(text[from - 1]).toBe(' ');
    expect(text[from + shown.length]).toBe(' ');
  });
});

test('shows a run of the passage and no more than asked, whatever the marks', () => {
  const spans = fc.array(fc.tuple(fc.nat(300), fc.nat(20)), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), spans, fc.integer({ min: 20, max: 200 }), (text, raw, most) => {
      const marks = raw
        .map(([start, length]): Span => [Math.min(start, text.length), Math.min(start + length, text.length)])
        .sort((a, b) => a[0] - b[0]);
      const shown = joined(text, marks, most);
      expect(text).toContain(shown);
      expect(shown.length).toBeLessThanOrEqual(Math.max(most + 45, text.length <= most ? text.length : 0));
    }),
  );
});
