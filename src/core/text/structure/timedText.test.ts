import { expect, test } from 'vitest';
import { expectExactOffsets } from '../../../testing/expectExactOffsets.ts';
import { timedToText } from './timedText.ts';

function blocks(source: string): [text: string, startS: number | undefined, endS: number | undefined][] {
  const structured = timedToText(source);
  expectExactOffsets(structured);
  return structured.blocks.map((block) => [structured.text.slice(block.start, block.end), block.startS, block.endS]);
}

test('cues run together up to the end of a sentence, with the first start and the last end', () => {
  const long = 'word '.repeat(40).trim();
  expect(
    blocks(
      `WEBVTT\n\n1\n00:01.000 --> 00:02.000\n${long}\n\n00:02.000 --> 00:03.500\ngoes on here.\n\n01:00:04.000 --> 01:00:05.000 align:start\nNext.`,
    ),
  ).toEqual([
    [`${long} goes on here.`, 1, 3.5],
    ['Next.', 3604, 3605],
  ]);
});

test('a change of speaker starts a block with the name', () => {
  expect(
    blocks(
      'WEBVTT\n\nNOTE hidden\n\n00:01.000 --> 00:02.000\n<v Ishbel>Hello <i>all</i>.</v>\n\n00:02.000 --> 00:03.000\n<v Ishbel>Sit.\n\n00:03.000 --> 00:04.000\n<v.loud Tomasz W>No &amp; no.\n\n00:04.000 --> 00:05.000\n<v Ishbel>Fine.',
    ),
  ).toEqual([
    ['Ishbel: Hello all. Sit.', 1, 3],
    ['Tomasz W: No & no.', 3, 4],
    ['Ishbel: Fine.', 4, 5],
  ]);
});

test('SubRip reads as WebVTT does', () => {
  expect(
    blocks(
      '1\r\n00:00:01,500 --> 00:00:02,000\r\n{\\an8}<b>One</b>\r\ntwo.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nThree.\r\n',
    ),
  ).toEqual([['One two. Three.', 1.5, 4]]);
});

test('lines that captions roll up are said once', () => {
  expect(
    blocks(
      'WEBVTT\n\n00:01.000 --> 00:02.000\nwe begin\n\n00:02.000 --> 00:03.000\nwe begin\nwith<00:02.500><c> boats</c>\n\n00:03.000 --> 00:04.000\nwith boats\nand tides',
    ),
  ).toEqual([['we begin with boats and tides', 1, 4]]);
});

test('speech without full stops is cut at a readable size', () => {
  const cue = (n: number) =>
    `00:${String(n).padStart(2, '0')}.000 --> 00:${String(n + 1).padStart(2, '0')}.000\n${`w${n} `.repeat(30)}\n\n`;
  const cut = blocks(`WEBVTT\n\n${Array.from({ length: 30 }, (_, n) => cue(n)).join('')}`);
  expect(cut.length).toBeGreaterThan(3);
  expect(Math.max(...cut.map(([text]) => text.length))).toBeLessThanOrEqual(600);
});

test('a file without cues has no text', () => {
  expect(timedToText('WEBVTT\n\nNOTE nothing').text).toBe('');
});
