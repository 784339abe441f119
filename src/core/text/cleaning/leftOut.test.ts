// Code and what is repeated stay out of passages; what is all that a post says does not.
import { describe, expect, it } from 'vitest';
import type { BlockKind, TextBlock } from '../../post.ts';
import { leftOutOf } from './leftOut.ts';

function textOf(...parts: [kind: BlockKind, text: string][]): { text: string; blocks: TextBlock[] } {
  let text = '';
  const blocks = parts.map(([kind, said]): TextBlock => {
    const start = text === '' ? 0 : text.length + 2;
    text += (text === '' ? '' : '\n\n') + said;
    return { kind, start, end: text.length };
  });
  return { text, blocks };
}

const saidIn = (source: ReturnType<typeof textOf>, repeated: number[] = []): [string, string][] =>
  leftOutOf(source, repeated).map(({ start, end, why }) => [why, source.text.slice(start, end)]);

const PROSE = 'The ferry waits for the tide, and we wait for the ferry at the slip.';
const CODE = 'const tide = await table.next();\nif (tide.high) ferry.leave();';

describe('leftOutOf', () => {
  it('leaves out code beside prose', () => {
    expect(saidIn(textOf(['paragraph', PROSE], ['code', CODE], ['paragraph', 'So it left.']))).toEqual([
      ['code', CODE],
    ]);
  });

  it('keeps code that is all there is, and prose that is set like code', () => {
    expect(saidIn(textOf(['heading', 'Tides'], ['code', CODE]))).toEqual([]);
    const poem = 'The water comes, the water goes,\nand nobody upon the pier\nhas ever asked it what it knows.';
    expect(saidIn(textOf(['paragraph', PROSE], ['code', poem]))).toEqual([]);
  });

  it('names the parts that other posts repeat, in their places', () => {
    const source = textOf(['paragraph', 'By Ada.'], ['paragraph', PROSE], ['code', CODE], ['paragraph', 'Follow us.']);
    expect(saidIn(source, [0, 3])).toEqual([
      ['repeated', 'By Ada.'],
      ['code', CODE],
      ['repeated', 'Follow us.'],
    ]);
  });

  it('leaves nothing out of plain text', () => {
    expect(leftOutOf({ text: PROSE, blocks: [] })).toEqual([]);
    expect(leftOutOf({ text: '', blocks: [] }, [0])).toEqual([]);
  });
});
