import { expect, test } from 'vitest';
import { draftToText } from './markdown.ts';
import { MASK } from './prose.ts';

/** What is kept, parts that touch as one. */
const kept = (markdown: string): string[] =>
  draftToText(markdown)
    .prose.split(MASK)
    .map((part) => part.trim())
    .filter((part) => part !== '');

test('keeps the words of paragraphs, lists, quotes and tables', () => {
  expect(kept('One line.\n\n- an item\n- [ ] a task\n\n> a quote\n\n| a | b |\n|---|---|\n| c | d |')).toEqual([
    'One line.',
    'an item',
    'a task',
    'a quote',
    'a',
    'b',
    'c',
    'd',
  ]);
});

test('masks headings, code, links with their words, images, addresses and HTML', () => {
  const markdown =
    '# Heading\n\nRead [our rota](/rota) and `npm test`, ![a boat](boat.png) https://example.com <b>bold</b> end.\n\n```\ncode\n```\n\n<div>markup</div>';
  expect(kept(markdown)).toEqual(['Read', 'and', ',', 'bold', 'end.']);
});

test('keeps emphasised words without their marks', () => {
  expect(kept('the **on-call** rota')).toEqual(['the', 'on-call', 'rota']);
});

test('is as long as what was typed, each kept character in its place', () => {
  const markdown = 'Über {{ site.name }} *alles* [x](y)\n\n    code\n\nEnde 😀.';
  const { prose } = draftToText(markdown);
  expect(prose).toHaveLength(markdown.length);
  for (let at = 0; at < prose.length; at++) expect([MASK, markdown.charAt(at)]).toContain(prose.charAt(at));
});

test('has no prose where nesting is beyond reading', () => {
  expect(kept('> '.repeat(400) + 'deep')).toEqual([]);
});
