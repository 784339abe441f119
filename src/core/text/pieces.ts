// Pieces: the sentences of a text (lines of code, cues of a transcript), each within the model's limit, with its tokens.
import type { BlockKind, TextBlock } from '../post.ts';
import { KindredError } from '../errors.ts';
import type { Span } from '../suggestion.ts';
import { pushTrimmed, sentences } from './sentences.ts';
import { splitLong } from './splitLong.ts';
import { countAll, type TokenLimits } from './tokenCounts.ts';

export interface Piece {
  start: number;
  end: number;
  /** Without the special ones. */
  tokens: number;
  kind: BlockKind;
  /** Counts blocks, so that pieces of one block are known as such. */
  block: number;
  /** A passage may well end after it: the end of a sentence, a line or a cue that ends one. */
  closes: boolean;
  startS: number | null;
  endS: number | null;
}

/** Fewer tokens than this can't hold every character of every script with the special tokens. */
export const SMALLEST_LIMIT = 16;
/**
 * Pieces of complete blocks, in order; together they hold every character that is not white space once. A sentence
 * with more than `maxTokens` tokens is divided at clauses, then words, then code points.
 */
export async function cutPieces(text: string, blocks: readonly TextBlock[], limits: TokenLimits): Promise<Piece[]> {
  if (limits.maxTokens < SMALLEST_LIMIT) {
    throw new KindredError('unexpected', `Passages need a limit of at least ${SMALLEST_LIMIT} tokens.`);
  }
  const drafts: Omit<Piece, 'tokens'>[] = [];
  blocks.forEach((block, index) => {
    for (const [start, end] of spansOf(text, block)) {
      drafts.push({
        start,
        end,
        kind: block.kind,
        block: index,
        closes: block.kind !== 'cue' || ENDS_SENTENCE.test(text.slice(Math.max(start, end - 4), end)),
        startS: block.startS ?? null,
        endS: block.endS ?? null,
      });
    }
  });
  const texts = drafts.map((piece) => text.slice(piece.start, piece.end));
  const counts = await countAll(['', ...texts], limits);
  const specials = counts[0] ?? 0;
  const pieces: Piece[] = [];
  for (const [index, draft] of drafts.entries()) {
    const tokens = counts[index + 1] ?? 0;
    if (tokens <= limits.maxTokens) {
      pieces.push({ ...draft, tokens: tokens - specials });
      continue;
    }
    const parts = await splitLong(text, [draft.start, draft.end], tokens - specials, specials, limits);
    parts.forEach((part, at) => pieces.push({ ...draft, ...part, closes: draft.closes && at === parts.length - 1 }));
  }
  return pieces;
}

const ENDS_SENTENCE = /[.!?…。！？][\p{Pe}\p{Pf}"']*$/u;

function spansOf(text: string, block: TextBlock): Span[] {
  switch (block.kind) {
    case 'code':
      return lines(text, block.start, block.end);
    case 'cue':
    case 'heading': {
      const whole: Span[] = [];
      pushTrimmed(whole, text, block.start, block.end);
      return whole;
    }
    case 'paragraph':
    case 'item':
    case 'quote':
      return sentences(text, block.start, block.end);
  }
}

function lines(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (let from = start; from < end;) {
    const line = text.indexOf('\n', from);
    const to = line === -1 || line >= end ? end : line + 1;
    pushTrimmed(spans, text, from, to);
    from = to;
  }
  return spans;
}
