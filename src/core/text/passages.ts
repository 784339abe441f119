// Cuts a post or a draft into passages: runs of whole sentences short enough to embed without truncation.
import type { TextBlock } from '../post.ts';
import { completeBlocks } from './blocks.ts';
import { packPieces } from './packPieces.ts';
import { cutPieces, type Piece } from './pieces.ts';
import { countAll, type TokenLimits } from './tokenCounts.ts';

/** Name and version of the rule: part of the embedding space, so change it whenever any post would be cut otherwise. */
export const passageRule = 'sentences-1';

/** What a passage aims at, a paragraph or two, so that it says one thing and can be shown; a smaller limit lowers it. */
export const AIM_TOKENS = 128;

/** The parts of a post or draft that passages are made of. */
export interface PassageSource {
  title: string;
  summary: string;
  text: string;
  blocks: readonly TextBlock[];
}

export interface Passage {
  /** What is embedded: for the head the title and summary, else exactly `text.slice(start, end)`. */
  text: string;
  /** [start, end) of the post's text in UTF-16 code units; both 0 for the head. */
  start: number;
  end: number;
  /** Seconds into the video, for cues; else null. */
  startS: number | null;
  endS: number | null;
  /** Including the model's special ones; never more than the limit. */
  tokens: number;
}

/** True for the passage of title and summary, which has no place in the text. */
export const isHead = (passage: { start: number; end: number }): boolean => passage.end === 0;

/**
 * Passages of a source: the head first (several, should title and summary be longer than the limit), then the text in
 * order. The passages of the text hold each of its characters that is not white space exactly once, and each has at
 * most `maxTokens` tokens. Takes time linear in the text; tokens are counted in batches.
 * Throws the signal's reason when aborted.
 */
export async function cutPassages(source: PassageSource, limits: TokenLimits): Promise<Passage[]> {
  const head = [source.title, source.summary]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
  const heads = await cut(head, completeBlocks(head, []), limits, limits.maxTokens);
  const body = await cut(source.text, completeBlocks(source.text, source.blocks), limits, AIM_TOKENS);
  return [...heads.map((passage) => ({ ...passage, start: 0, end: 0 })), ...body];
}

async function cut(text: string, blocks: TextBlock[], limits: TokenLimits, aim: number): Promise<Passage[]> {
  if (blocks.length === 0) return [];
  const pieces = await cutPieces(text, blocks, limits);
  const specials = (await countAll([''], limits))[0] ?? 0;
  const room = limits.maxTokens - specials;
  let open = packPieces(pieces, Math.min(aim, limits.maxTokens) - specials, room);
  const done: { run: Piece[]; tokens: number }[] = [];
  // Tokens of joined pieces are nearly the sum of theirs; where a tokenizer makes more of them, the run is halved.
  while (open.length > 0) {
    const texts = open.map((run) => text.slice(run[0]?.start, run.at(-1)?.end));
    const counts = await countAll(texts, limits);
    const next: Piece[][] = [];
    open.forEach((run, index) => {
      const tokens = counts[index] ?? 0;
      if (tokens <= limits.maxTokens || run.length === 1) done.push({ run, tokens });
      else next.push(run.slice(0, run.length >> 1), run.slice(run.length >> 1));
    });
    open = next;
  }
  return done.map(({ run, tokens }) => toPassage(text, run, tokens)).sort((a, b) => a.start - b.start);
}

function toPassage(text: string, run: readonly Piece[], tokens: number): Passage {
  const start = run[0]?.start ?? 0;
  const end = run.at(-1)?.end ?? 0;
  const startS = run.find((piece) => piece.startS !== null)?.startS ?? null;
  const endS = run.findLast((piece) => piece.endS !== null)?.endS ?? null;
  return { text: text.slice(start, end), start, end, startS, endS, tokens };
}
