// What of a post is not embedded, though it is shown and found by its words: code, and what its site repeats.
import type { TextBlock } from '../../post.ts';
import { outlineParts, outlineRule, type PlacedPart } from './outline.ts';

export type LeftOutReason = 'code' | 'repeated';

/** A run of whole blocks, [start, end) in UTF-16 code units. */
export interface LeftOutPart {
  start: number;
  end: number;
  why: LeftOutReason;
}

/**
 * Name of what is left out of passages: a record of another one is looked at again. Its last part is of repeatedParts.ts: each is to be
 * raised when the same post, among the same posts, would keep other blocks.
 */
export const leftOutRule = `left-out-1/${outlineRule}/repeated-1`;

/** Words of prose from which on code is left out: with fewer, the code is all that a post says. */
const FEWEST_PROSE_WORDS = 8;

/**
 * The parts left out, in order. `repeated` are those that other posts repeat, by their places in the outline. A text of code
 * alone keeps it, and so does prose that is only set like code.
 */
export function leftOutOf(
  source: { text: string; blocks: readonly TextBlock[] },
  repeated: ArrayLike<number> = [],
): LeftOutPart[] {
  const hasCode = source.blocks.some(({ kind }) => kind === 'code');
  if (!hasCode && repeated.length === 0) return [];
  const parts = outlineParts(source);
  const others = new Set(Array.from(repeated));
  const isCode = ({ kind, start, end }: PlacedPart): boolean =>
    kind === 'code' && !isSetProse(source.text.slice(start, end));
  const prose = parts.reduce(
    (sum, part, at) => sum + (part.kind === 'heading' || others.has(at) || isCode(part) ? 0 : part.words),
    0,
  );
  return parts.flatMap((part, at): LeftOutPart[] => {
    const { start, end } = part;
    if (others.has(at)) return [{ start, end, why: 'repeated' }];
    return prose >= FEWEST_PROSE_WORDS && isCode(part) ? [{ start, end, why: 'code' }] : [];
  });
}

/** Signs that code is full of. */
const SIGNS = /[{}[\]()<>=;$#/\\|_&*+@~^%"`]/g;
const WORDS = /[\p{L}\p{M}'’]+/gu;
const PROSE_WORDS = 12;
/** Words of prose to one such sign, at least. */
const WORDS_PER_SIGN = 8;

/** A poem, a letter or a note that stands in the frame of code. */
function isSetProse(text: string): boolean {
  const words = text.match(WORDS)?.length ?? 0;
  return words >= PROSE_WORDS && (text.match(SIGNS)?.length ?? 0) * WORDS_PER_SIGN <= words;
}
