import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftToText } from '../text/structure/markdown.ts';
import { anchorFinder } from './anchor.ts';

const COMMON = new Set(['work', 'team', 'good', 'new']);
const idf = (term: string): number => (COMMON.has(term) ? 0.5 : 3);

function anchor(markdown: string, title: string): string | null {
  const span = anchorFinder(draftToText(markdown).prose, idf)(title);
  return span === null ? null : markdown.slice(...span);
}

test('is the phrase that names the post best', () => {
  expect(
    anchor('We call it the rota. Since spring our on-call rota for deckhands holds.', 'An on-call rota that holds'),
  ).toBe('on-call rota');
});

test('sees other forms of a word, and words between that say nothing', () => {
  expect(anchor('They wrote reviews of the incidents every week.', 'Incident review')).toBe('reviews of the incidents');
});

test('one word is enough for a title of one word only', () => {
  expect(anchor('The new Liftoff is faster.', 'Liftoff')).toBe('Liftoff');
  expect(anchor('The new Liftoff is faster.', 'Liftoff compiler tiers for WebAssembly')).toBeNull();
});

test('crosses no end of a clause, and takes nothing from headings, code and links', () => {
  expect(anchor('An incident. Review the boats.', 'Incident review')).toBeNull();
  expect(anchor('# Incident review\n\n`incident review` and [incident review](/x)', 'Incident review')).toBeNull();
});

test('takes the first of phrases that name it alike', () => {
  const markdown = 'Our incident review, and the incident review.';
  const span = anchorFinder(draftToText(markdown).prose, idf)('Incident review');
  expect(span).toEqual([4, 19]);
});

test('has none for a title without words', () => {
  expect(anchor('The on-call rota.', '')).toBeNull();
  expect(anchor('', 'On-call rota')).toBeNull();
});

test('whatever the text, an anchor is words of it on one stretch', () => {
  const text = fc
    .array(fc.constantFrom('rota', 'on-call', 'the', 'Review', '**incident**', '[x](y)', '.', '\n\n', '😀'), {
      maxLength: 60,
    })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, (markdown) => {
      const found = anchor(markdown, 'An on-call rota and incident review');
      if (found !== null) expect(found).toMatch(/^[\p{L}-]+(?:[ \n][\p{L}-]+)*$/u);
    }),
  );
});
