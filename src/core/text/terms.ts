// Words of a text as terms: what lexical search counts, and where each stands so that it can be shown as written.
import { stemmer } from 'stemmer';
import { isStopWord } from './stopWords.ts';

type Visit = (word: string, start: number) => void;

/** One occurrence: the term, and [start, end) of the word in UTF-16 code units. */
export interface TermOccurrence {
  term: string;
  start: number;
  end: number;
}

/** Letters, marks and digits; dots, hyphens and the like only between them: `v8.dev`, `on-call`, `don’t`. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[.'’+#_-]+[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/uy;
const PART = /[\p{L}\p{M}\p{N}]+/gu;
const JOINED = /[.'’+#_-]/;
/** Tails of contractions and possessives carry no meaning of their own. */
const TAIL = /['’](?:s|t|re|ve|ll|d|m)$/iu;
const ASCII = /^[a-z0-9]+$/;
const LETTERS = /^[a-z]{3,}$/;
/** Scripts that put no spaces between words: their runs are cut by the dictionary of the platform. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const LATIN_MARKS = /(\p{sc=Latin})\p{M}+/gu;
/** A longer run is no word but a hash, an address or data. */
const LONGEST_WORD = 64;
/** Words remembered with their terms: the vocabulary of a large library, a few megabytes at most. */
const REMEMBERED = 100_000;

/** A term, with a place to count it in that costs no second look-up; 0 whenever nothing is being counted. */
interface Term {
  name: string;
  count: number;
}

/** Words as written. */
const known = new Map<string, Term | null>();
const stems = new Map<string, string>();
let segmenter: Intl.Segmenter | undefined;

/**
 * Every term of a text with its place, in order: words of any script in lower case, without accents on Latin letters,
 * stop words left out. A compound such as `site-isolation` is a term and so is each of its parts, after it. Terms
 * aren't stemmed: on four blogs stems found fewer of the posts that authors linked; `stemOf` relates forms instead.
 */
export function termOccurrences(text: string): TermOccurrence[] {
  if (known.size >= REMEMBERED) known.clear();
  const found: TermOccurrence[] = [];
  eachWord(text, (word, start) => {
    const term = termOf(word);
    if (term !== null) found.push({ term: term.name, start, end: start + word.length });
  });
  return found;
}

/**
 * How often each term occurs in some texts, an occurrence in one counting as its `weight`; same terms as
 * `termOccurrences`, without the places.
 */
export function termCounts(texts: readonly { text: string; weight: number }[]): Map<string, number> {
  if (known.size >= REMEMBERED) known.clear();
  const counted: Term[] = [];
  for (const { text, weight } of texts) {
    eachWord(text, (word) => {
      const term = termOf(word);
      if (term === null) return;
      if (term.count === 0) counted.push(term);
      term.count += weight;
    });
  }
  const counts = new Map<string, number>();
  for (const term of counted) {
    // Two ways of writing may have become two records of one term while the memory was cleared.
    counts.set(term.name, (counts.get(term.name) ?? 0) + term.count);
    term.count = 0;
  }
  return counts;
}

/** What the forms of an English word have in common (Porter); the term itself for anything else. */
export function stemOf(term: string): string {
  let stem = stems.get(term);
  if (stem === undefined) {
    stem = LETTERS.test(term) ? stemmer(term) : term;
    if (stems.size >= REMEMBERED) stems.clear();
    stems.set(term, stem);
  }
  return stem;
}

/** The term of one word, or null for a stop word. */
function termOf(word: string): Term | null {
  let term = known.get(word);
  if (term === undefined) {
    const name = fold(word);
    if (isStopWord(name)) term = null;
    else term = name === word ? { name, count: 0 } : termOf(name);
    known.set(word, term);
  }
  return term;
}

function fold(word: string): string {
  const lower = word.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize('NFKD').replace(LATIN_MARKS, '$1').normalize('NFC');
}

/**
 * Visits every word. Runs of ASCII letters and digits, nearly all words of most texts, are read by code unit, several
 * times faster than by a Unicode expression; any other word is left to the expression, from where it begins.
 */
function eachWord(text: string, visit: Visit): void {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 128 && !isAsciiWord(code)) {
      at++;
      continue;
    }
    let end = at;
    while (isAsciiWord(text.charCodeAt(end))) end++;
    const next = text.charCodeAt(end);
    if (next >= 128 || isJoint(next)) {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0];
      if (word === undefined) {
        at = end + 1;
        continue;
      }
      if (JOINED.test(word)) visitJoined(word.replace(TAIL, ''), at, visit);
      else visitRun(word, at, visit);
      at += word.length;
    } else {
      if (end - at <= LONGEST_WORD) visit(text.slice(at, end), at);
      at = end;
    }
  }
}

/** 0–9, A–Z or a–z; false past the end of a text, where the code is NaN. */
const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** One of . ' + # _ - */
const isJoint = (code: number): boolean =>
  code === 46 || code === 39 || code === 43 || code === 35 || code === 95 || code === 45;

function visitJoined(word: string, start: number, visit: Visit): void {
  const parts = [...word.matchAll(PART)];
  const compound = parts.length > 1 && word.length <= LONGEST_WORD && !/['’]/.test(word);
  if (compound) visit(word, start);
  for (const part of parts) visitRun(part[0], start + part.index, visit);
}

function visitRun(word: string, start: number, visit: Visit): void {
  if (UNSPACED.test(word)) {
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
    for (const part of segmenter.segment(word)) visit(part.segment, start + part.index);
  } else if (word.length <= LONGEST_WORD) {
    visit(word, start);
  }
}
