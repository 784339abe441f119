import { expect, it } from 'vitest';
import { previewRows } from './previewRows.ts';

const text = 'By Ada.\n\nWe met.\n\nnpm start\n\nWe left.\n\nFollow us.\n\nWrite to us.';
const place = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

it('puts passages and what is left out in the order of the post', () => {
  const rows = previewRows(
    { text },
    {
      passages: [
        { start: 0, end: 0, text: 'Tides', embedded: true, startS: null },
        { start: 9, end: place('We left.').end, text: 'We met.\n\nWe left.', embedded: false, startS: null },
      ],
      leftOut: [
        { ...place('By Ada.'), why: 'repeated', posts: 9 },
        { ...place('npm start'), why: 'code', posts: 1 },
        { ...place('Follow us.'), why: 'repeated', posts: 12 },
        { ...place('Write to us.'), why: 'repeated', posts: 12 },
      ],
    },
  );
  expect(rows.map(({ kind, text: said }) => [kind, said])).toEqual([
    ['passage', 'Tides'],
    ['left-out', 'By Ada.'],
    ['passage', 'We met.\n\nWe left.'],
    ['left-out', 'npm start'],
    ['left-out', 'Follow us.\n\nWrite to us.'],
  ]);
  expect(rows.flatMap((row) => (row.kind === 'passage' ? [row.number] : []))).toEqual([null, 1]);
});

it('shows what will be left out of a post that waits', () => {
  const rows = previewRows({ text }, { passages: null, leftOut: [{ ...place('By Ada.'), why: 'repeated', posts: 9 }] });
  expect(rows).toEqual([{ kind: 'left-out', start: 0, text: 'By Ada.', why: 'repeated', posts: 9 }]);
});

it('puts title and summary first where the text begins with a passage', () => {
  const rows = previewRows(
    { text },
    {
      passages: [
        { start: 0, end: 0, text: 'Tides', embedded: true, startS: null },
        { start: 0, end: 7, text: 'By Ada.', embedded: true, startS: null },
      ],
      leftOut: [],
    },
  );
  expect(rows.map((row) => row.text)).toEqual(['Tides', 'By Ada.']);
});
