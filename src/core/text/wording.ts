// The wording of a text: its content words in order, with the numbers, dates and names among them told apart.
import type { TextBlock } from '../post.ts';
import { stemOf, termOccurrences, type TermOccurrence } from './terms.ts';

export type FactKind = 'number' | 'name';

export interface WordingToken {
  term: string;
  /** Equal for all forms of a word. */
  stem: string;
  /** What changes when a template is filled in anew; null for any other word. */
  fact: FactKind | null;
  /** What a fact says, however it is written: "1,200" and "1200", "three" and "3" are equal. */
  value: string;
  /** As the text has it. */
  written: string;
}

export interface WordingSource {
  text: string;
  /** Left out for a text without structure, such as a title: then nothing counts as a name. */
  blocks?: readonly TextBlock[];
}

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  [
    ['two', 'second'],
    ['three', 'third'],
    ['four', 'fourth'],
    ['five', 'fifth'],
    ['six', 'sixth'],
    ['seven', 'seventh'],
    ['eight', 'eighth'],
    ['nine', 'ninth'],
    ['ten', 'tenth'],
    ['eleven', 'eleventh'],
    ['twelve', 'twelfth'],
    ['thirteen', 'thirteenth'],
    ['fourteen', 'fourteenth'],
    ['fifteen', 'fifteenth'],
    ['sixteen', 'sixteenth'],
    ['seventeen', 'seventeenth'],
    ['eighteen', 'eighteenth'],
    ['nineteen', 'nineteenth'],
    ['twenty', 'twentieth'],
  ]
    .flatMap(([cardinal = '', ordinal = ''], index): [string, string][] => [
      [cardinal, String(index + 2)],
      [ordinal, String(index + 2)],
    ])
    .concat([
      ['first', '1'],
      ['thirty', '30'],
      ['forty', '40'],
      ['fifty', '50'],
      ['sixty', '60'],
      ['seventy', '70'],
      ['eighty', '80'],
      ['ninety', '90'],
    ]),
);
const HAS_DIGIT = /\p{N}/u;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/;
const LEADING_ZEROS = /^0+(?=\d)/;
const THOUSANDS = /^\d{3}$/;
const CAPITAL = /^\p{Lu}/u;
/** What a word comes after when its capital says nothing: the end of a sentence, an opening mark, the start of a line. */
const OPENS = /[.!?:;…"“”‘’'([{*#|>•–—-]\s*$|\n\s*$/u;
/** Speech or a passage of another text, set in quotation marks within one paragraph. */
const QUOTED = /“[^“”\n]{60,}”|(?<=^|\s)"[^"\n]{60,}"/g;

/**
 * Content words in order: stop words are left out and so is what the text quotes, in a block of its own or in quotation
 * marks, for those are another's words.
 */
export function wording({ text, blocks }: WordingSource): WordingToken[] {
  const own = withoutQuotes(text, blocks ?? []);
  const headings = (blocks ?? []).filter(({ kind }) => kind === 'heading');
  const occurrences = termOccurrences(own);
  const tokens: WordingToken[] = [];
  let covered = 0;
  let heading = 0;
  for (let at = 0; at < occurrences.length; at++) {
    const one = occurrences[at]!;
    if (one.start < covered) continue;
    const compound = isCompound(occurrences, at);
    // "1.2" is one number, but "on-call" is two words, so that "on call" is the same.
    if (compound && !HAS_DIGIT.test(one.term)) continue;
    covered = one.end;
    while ((headings[heading]?.end ?? Infinity) <= one.start) heading++;
    const inHeading = (headings[heading]?.start ?? Infinity) <= one.start;
    const token = tokenOf(own, one, blocks !== undefined && !inHeading);
    const last = tokens.at(-1);
    if (last !== undefined && joins(own, occurrences[at - 1], one, last, token))
      extend(last, token, own[one.start - 1]!);
    else tokens.push(token);
  }
  return tokens;
}

const isCompound = (occurrences: readonly TermOccurrence[], at: number): boolean =>
  (occurrences[at + 1]?.start ?? Infinity) < occurrences[at]!.end;

function tokenOf(text: string, { term, start, end }: TermOccurrence, named: boolean): WordingToken {
  const written = text.slice(start, end);
  const spelt = NUMBER_WORDS.get(term);
  if (spelt !== undefined) return { term, stem: term, fact: 'number', value: spelt, written };
  if (HAS_DIGIT.test(term)) {
    const value = term.replace(ORDINAL, '$1').replace(LEADING_ZEROS, '');
    return { term, stem: term, fact: 'number', value, written };
  }
  const stem = stemOf(term);
  return { term, stem, fact: named && isCapitalName(text, start) ? 'name' : null, value: stem, written };
}

/** Whether the word at `start` has a capital that no sentence, line or mark of its own gives it. */
export function isCapitalName(text: string, start: number): boolean {
  return (
    CAPITAL.test(text.slice(start, start + 2)) && start > 0 && !OPENS.test(text.slice(Math.max(0, start - 4), start))
  );
}

/** "27,800" and "05:30" are one number each. */
function joins(
  text: string,
  before: TermOccurrence | undefined,
  { start, term }: TermOccurrence,
  last: WordingToken,
  token: WordingToken,
): boolean {
  if (last.fact !== 'number' || token.fact !== 'number' || before?.end !== start - 1) return false;
  const joint = text[start - 1];
  if (joint === ',') return THOUSANDS.test(term) && HAS_DIGIT.test(last.written);
  return (joint === ':' || joint === '/') && HAS_DIGIT.test(last.written) && HAS_DIGIT.test(term);
}

function extend(last: WordingToken, token: WordingToken, joint: string): void {
  last.written += joint + token.written;
  last.value += joint === ',' ? token.term : joint + token.value;
  last.term = last.stem = last.value;
}

/** The text with spaces where it quotes, so that all offsets stay. */
function withoutQuotes(text: string, blocks: readonly TextBlock[]): string {
  let own = text;
  for (const { kind, start, end } of blocks) {
    if (kind === 'quote') own = own.slice(0, start) + blank(end - start) + own.slice(end);
  }
  return own.includes('“') || own.includes('"') ? own.replace(QUOTED, ({ length }) => blank(length)) : own;
}

/** A full stop, so that no name is seen right after it. */
const blank = (length: number): string => `.${' '.repeat(Math.max(0, length - 1))}`;
