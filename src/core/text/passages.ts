// Cuts a post or a draft into passages: runs of whole sentences short enough to embed without truncation.
import type { TextBlock } from '../post.ts';
import { completeBlocks } from './blocks.ts';
import { leftOutOf, type LeftOutPart } from './cleaning/leftOut.ts';
import { packPieces } from './packPieces.ts';
import { headText, type Passage, type PassageSource } from './passage.ts';
import { cutPieces, type Piece } from './pieces.ts';
import { countAll, type TokenLimits } from './tokenCounts.ts';

/** What a passage aims at, a paragraph or two, so that it says one thing and can be shown; a smaller limit lowers it. */
export const AIM_TOKENS = 128;

/**
 * Passages of a source: the head first (several, should title and summary be longer than the limit), then the text in
 * order. The passages of the text hold each of its characters that is not white space exactly once, but for what
 * `leftOutOf` names, and each has at most `maxTokens` tokens. Takes time linear in the text; tokens are counted in batches.
 * Throws the signal's reason when aborted.
 */
export async function cutPassages(source: PassageSource, limits: TokenLimits): Promise<Passage[]> {
  const head = headText(source);
  const heads = await cut(head, completeBlocks(head, []), [], limits, limits.maxTokens);
  const leftOut = leftOutOf(source, source.repeated);
  const blocks = completeBlocks(source.text, source.blocks).filter((block) => !isWithin(block, leftOut));
  const body = await cut(source.text, blocks, leftOut, limits, AIM_TOKENS);
  return [...heads.map((passage) => ({ ...passage, start: 0, end: 0 })), ...body];
}

async function cut(
  text: string,
  blocks: TextBlock[],
  leftOut: readonly LeftOutPart[],
  limits: TokenLimits,
  aim: number,
): Promise<Passage[]> {
  if (blocks.length === 0) return [];
  const pieces = await cutPieces(text, blocks, limits);
  const specials = (await countAll([''], limits))[0] ?? 0;
  const room = limits.maxTokens - specials;
  let open = packPieces(pieces, Math.min(aim, limits.maxTokens) - specials, room);
  const done: { run: Piece[]; tokens: number }[] = [];
  // Tokens of joined pieces are nearly the sum of theirs; where a tokenizer makes more of them, the run is halved.
  while (open.length > 0) {
    const texts = open.map((run) => embeddedText(text, run[0]?.start ?? 0, run.at(-1)?.end ?? 0, leftOut));
    const counts = await countAll(texts, limits);
    const next: Piece[][] = [];
    open.forEach((run, index) => {
      const tokens = counts[index] ?? 0;
      if (tokens <= limits.maxTokens || run.length === 1) done.push({ run, tokens });
      else next.push(run.slice(0, run.length >> 1), run.slice(run.length >> 1));
    });
    open = next;
  }
  return done.map(({ run, tokens }) => toPassage(text, run, leftOut, tokens)).sort((a, b) => a.start - b.start);
}

/** What of a text from `start` to `end` is embedded. */
export function embeddedText(text: string, start: number, end: number, leftOut: readonly LeftOutPart[]): string {
  const kept: string[] = [];
  let from = start;
  for (let at = firstAfter(leftOut, start); at < leftOut.length; at++) {
    const part = leftOut[at];
    if (part === undefined || part.start >= end) break;
    kept.push(text.slice(from, part.start).trim());
    from = part.end;
  }
  if (kept.length === 0) return text.slice(start, end);
  kept.push(text.slice(from, end).trim());
  return kept.filter((one) => one !== '').join('\n\n');
}

const isWithin = ({ start }: TextBlock, leftOut: readonly LeftOutPart[]): boolean => {
  const part = leftOut[firstAfter(leftOut, start)];
  return part !== undefined && part.start <= start;
};

/** The first part that ends after a place. */
function firstAfter(leftOut: readonly LeftOutPart[], place: number): number {
  let low = 0;
  let high = leftOut.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leftOut[middle]?.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toPassage(text: string, run: readonly Piece[], leftOut: readonly LeftOutPart[], tokens: number): Passage {
  const start = run[0]?.start ?? 0;
  const end = run.at(-1)?.end ?? 0;
  const startS = run.find((piece) => piece.startS !== null)?.startS ?? null;
  const endS = run.findLast((piece) => piece.endS !== null)?.endS ?? null;
  return { text: embeddedText(text, start, end, leftOut), start, end, startS, endS, tokens };
}
