// The blocks of a post as numbers, few enough to keep of every post: what tells one block from another, its words and its kind.
import type { TextBlock } from '../../post.ts';
import { completeBlocks } from '../blocks.ts';

/** `rest` is what is never compared with other posts: cues of a transcript, and the middle of a very long post. */
export type PartKind = 'text' | 'heading' | 'code' | 'rest';

const KINDS = ['text', 'heading', 'code', 'rest'] as const satisfies readonly PartKind[];

/** A block of a post, or a run of such that are not told apart. */
export interface OutlinePart {
  kind: PartKind;
  /** Equal for blocks of the same words, whatever their case, marks and numbers; 0 for a `rest`. */
  print: number;
  words: number;
}

/** With its place in the text: [start, end) in UTF-16 code units. */
export interface PlacedPart extends OutlinePart {
  start: number;
  end: number;
}

/** Two numbers a part: its print; its words × 4 and its kind. */
export type Outline = Uint32Array;

/** Name of how posts are outlined: to be raised when the same post would have another outline. */
export const outlineRule = 'outline-1';

/** Blocks from either end that are told apart: what a site repeats stands near the beginning or the end. */
const BLOCKS_FROM_AN_END = 200;
const MOST_WORDS = 0x3fffffff;

/** The parts of a text in order; together they hold every visible character of it. Linear in the text. */
export function outlineParts({ text, blocks }: { text: string; blocks: readonly TextBlock[] }): PlacedPart[] {
  const complete = completeBlocks(text, blocks);
  const parts: PlacedPart[] = [];
  complete.forEach(({ kind, start, end }, at) => {
    const isMiddle = at >= BLOCKS_FROM_AN_END && at < complete.length - BLOCKS_FROM_AN_END;
    const { print, words } = printOf(text.slice(start, end));
    if (kind !== 'cue' && !isMiddle) {
      parts.push({ kind: kind === 'heading' || kind === 'code' ? kind : 'text', print, words, start, end });
      return;
    }
    const last = parts.at(-1);
    if (last?.kind === 'rest') {
      last.words += words;
      last.end = end;
    } else parts.push({ kind: 'rest', print: 0, words, start, end });
  });
  return parts;
}

export function packOutline(parts: readonly OutlinePart[]): Outline {
  const packed = new Uint32Array(parts.length * 2);
  parts.forEach(({ kind, print, words }, at) => {
    packed[2 * at] = print;
    packed[2 * at + 1] = Math.min(words, MOST_WORDS) * 4 + KINDS.indexOf(kind);
  });
  return packed;
}

export function unpackOutline(outline: Outline): OutlinePart[] {
  return Array.from({ length: outline.length >> 1 }, (_, at) => {
    const facts = outline[2 * at + 1] ?? 0;
    return { print: outline[2 * at] ?? 0, words: facts >>> 2, kind: KINDS[facts & 3] ?? 'rest' };
  });
}

const DIGIT = 0x30;
/** Prints are of 30 bits, so that an engine keeps them as small integers; never 0. */
const PRINT_BITS = 0x3fffffff;

/** Letters in lower case, each run of digits as one, and where a word begins; everything else is passed over. */
function printOf(text: string): { print: number; words: number } {
  const lower = text.toLowerCase();
  let hash = 0x811c9dc5;
  let words = 0;
  let unspaced = 0;
  let inWord = false;
  let inNumber = false;
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at);
    const isNumber = code >= DIGIT && code <= 0x39;
    if (!isNumber && !isLetter(code)) {
      inWord = inNumber = false;
      continue;
    }
    if (!inWord) {
      words++;
      hash = Math.imul(hash ^ 0x20, 0x01000193);
    }
    if (isUnspaced(code)) unspaced++;
    if (!isNumber) hash = Math.imul(hash ^ code, 0x01000193);
    else if (!inNumber) hash = Math.imul(hash ^ DIGIT, 0x01000193);
    inWord = true;
    inNumber = isNumber;
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return { print: (hash ^ (hash >>> 13)) & PRINT_BITS || 1, words: words + (unspaced >> 1) };
}

/** Chinese and Japanese, where a word has some two characters and no space around it. */
const isUnspaced = (code: number): boolean => code >= 0x3040 && code <= 0x9fff;

/** Near enough for telling words apart: punctuation of Latin and East Asian texts is none. */
function isLetter(code: number): boolean {
  if (code < 0x80) return code >= 0x61 && code <= 0x7a;
  return code >= 0xc0 && !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f) && code < 0xfe00;
}
