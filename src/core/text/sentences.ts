// Sentences of a run of text, as spans: the smallest unit a passage is made of.
import type { Span } from '../suggestion.ts';

/** Abbreviations that a sentence hardly ever ends with, lower case, without their last full stop. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof rev hon st mt sr jr vs v fig figs eq sec ch vol pp p ed eds trans approx ca cf al e.g i.e eg ie viz ' +
    'inc ltd co corp dept univ assn gov sen rep gen col capt lt sgt maj cmdr jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'u.s u.k u.n d.c a.k.a bzw z.b d.h usw ggf ca nr bspw vgl m.e env'
  ).split(' '),
);
/** Abbreviations only before a number: `No. 5`, but `He said no. Then …`. */
const BEFORE_NUMBER = new Set(['no', 'nos', 'art', 'nr', 'p', 'pp', 'ver']);
const LAST_WORD = /([\p{L}\p{M}.]+)\.["'”’)\]]*\s*$/u;
const MARKER = /^\s*(?:\(?\p{N}{1,3}[.)]|\p{L}[.)]|[-*•–+])\s*$/u;
const QUOTED = /[!?…]["'”’»]\s*$/u;
const LOWER = /\p{Ll}/u;
const HAS_WORD = /[\p{L}\p{N}]/u;
/** A line that opens a list item keeps its line break as a boundary; any other single break is a soft wrap. */
const SOFT_BREAK = /[\r\n\u2028\u2029\u0085](?![ \t]*(?:[-*•–+]|\p{N}{1,3}[.)])[ \t])/gu;

let segmenter: Intl.Segmenter | undefined;

/**
 * Sentences of `text` within [start, end), in order, without the white space around them. Every character that is not
 * white space belongs to exactly one of them. Boundaries are those of Unicode (UAX 29) with repairs: none after common
 * abbreviations, initials and list markers, and none at the soft line breaks of hard-wrapped text.
 */
export function sentences(text: string, start = 0, end = text.length): Span[] {
  const run = text.slice(start, end).replace(SOFT_BREAK, ' ');
  const spans: Span[] = [];
  let open = 0;
  let openText = '';
  for (const [index, next] of unicodeSentences(run)) {
    if (openText === '') open = index;
    openText += run.slice(index, next);
    if (next < run.length && continues(openText, run, next)) continue;
    pushTrimmed(spans, text, start + open, start + next);
    openText = '';
  }
  return spans;
}

/** The platform's segmenter takes time quadratic in its input, so it is given windows of this many code units. */
const WINDOW_UNITS = 4096;

/** Boundaries by UAX 29. The last sentence of a window may go on beyond it, so the next window starts with it. */
function* unicodeSentences(run: string): Generator<Span> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  let from = 0;
  let units = WINDOW_UNITS;
  while (from < run.length) {
    const window = run.slice(from, from + units);
    const isLast = from + window.length >= run.length;
    const found = Array.from(segmenter.segment(window), ({ segment, index }): Span => [
      from + index,
      from + index + segment.length,
    ]);
    if (!isLast && found.length < 2) {
      units *= 2;
      continue;
    }
    const whole = isLast ? found : found.slice(0, -1);
    yield* whole;
    from = whole.at(-1)?.[1] ?? run.length;
    units = WINDOW_UNITS;
  }
}

/** Whether what was read so far ends too early to be a sentence of its own. */
function continues(read: string, run: string, next: number): boolean {
  // Only the tail decides; a long sentence must not be searched again at every segment.
  const tail = read.length > 40 ? read.slice(-40) : read;
  if (read.length <= 8 && (MARKER.test(read) || !HAS_WORD.test(read))) return true;
  // Speech that ends within a sentence: `“Is it?” she asked.`
  if (QUOTED.test(tail) && LOWER.test(run.charAt(next))) return true;
  const word = LAST_WORD.exec(tail)?.[1]?.toLowerCase();
  if (word === undefined) return false;
  if (ABBREVIATIONS.has(word)) return true;
  // An initial: `J. Smith`. Not `I.`, which more often ends a sentence than it abbreviates a name.
  if (word.length === 1 && word !== 'i' && /\p{Lu}/u.test(tail.trimEnd().slice(-2, -1))) return true;
  return BEFORE_NUMBER.has(word) && /\p{N}/u.test(run.charAt(next));
}

/** Adds [from, to) without the white space at its ends, unless nothing else is in it. */
export function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  if (start < end) spans.push([start, end]);
}

/** White space as `String.prototype.trim` sees it, by code unit. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
