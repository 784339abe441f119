import { expect, test } from 'vitest';
import { ofOneLength, textSets } from './benchTexts.ts';

const post = (body: string): string => `{"title":"A post"}\n${body}`;
const paragraph = (word: string, count: number): string => `Once ${`${word} `.repeat(count - 1)}`.trim();

test('texts of one set have the same number of words, taken from one place after the other', () => {
  const sets = textSets([
    post(`# Heading\n\n${paragraph('tide', 300)}\n\n- a list item of more than eight words stays out here`),
  ]);
  const even = sets.filter(({ words }) => words !== null);
  expect(even.length).toBeGreaterThan(3);
  for (const { words, texts } of even) {
    expect(texts.map((text) => text.split(' ').length)).toEqual(texts.map(() => words));
  }
  expect(even[0]?.texts[0]?.startsWith('Once tide')).toBe(true);
  expect(even.flatMap(({ texts }) => texts).join(' ')).not.toMatch(/Heading|list item|title/);
});

test('texts of one length are beginnings of those given, and as many', async () => {
  // A long word is two tokens.
  const tokensOf = (text: string): number => text.split(' ').reduce((sum, word) => sum + (word.length > 4 ? 2 : 1), 2);
  const texts = [
    'a b c d e f g',
    'harbour b c d e f',
    'a harbour c harbour e f',
    'a b c d e f harbour',
    'harbours harbours',
  ];
  const found = await ofOneLength(texts, (given) => Promise.resolve(Uint32Array.from(given, tokensOf)));
  expect(found).toHaveLength(5);
  expect(new Set(found.map(tokensOf))).toEqual(new Set([6]));
  for (const text of found) expect(texts.some((whole) => `${whole} `.startsWith(`${text} `))).toBe(true);
});

test('paragraphs come whole, from all posts', () => {
  const posts = Array.from({ length: 200 }, (_, at) => post(`${paragraph(`word${at}`, 10)}\n\nToo short.`));
  const texts = textSets(posts).find(({ words }) => words === null)?.texts ?? [];
  expect(texts).toHaveLength(64);
  expect(texts[0]).toBe(paragraph('word0', 10));
  expect(texts.at(-1)).toBe(paragraph('word196', 10));
});
