// The draft's terms as weights to look words of a post up by, other forms of a word included.
import { stemOf, termOccurrences } from '../text/terms.ts';
import type { Span } from '../suggestion.ts';

/** A term of the draft and what it weighs; `heaviestTerms` makes them. */
export interface WeightedTerm {
  term: string;
  weight: number;
}

/** A word of a text that the draft has too. */
export interface SharedWord {
  start: number;
  end: number;
  /** Equal for all forms of a word. */
  stem: string;
  weight: number;
}

/** Weight of each stem: that of its heaviest term. */
export function stemWeights(terms: readonly WeightedTerm[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { term, weight } of terms) {
    const stem = stemOf(term);
    weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
  }
  return weights;
}

/** A word of a text, whoever has it too. */
export type StemmedWord = Omit<SharedWord, 'weight'>;

/** Words of a text that say something, in order; a compound and its parts overlap. */
export const stemmedWords = (text: string): StemmedWord[] =>
  termOccurrences(text).map(({ term, start, end }) => ({ start, end, stem: stemOf(term) }));

/** Those of the words of a text, or of a text, that have a weight, in order; a compound and its parts may overlap. */
export function sharedWords(text: string | readonly StemmedWord[], weights: ReadonlyMap<string, number>): SharedWord[] {
  const words = typeof text === 'string' ? stemmedWords(text) : text;
  return words.flatMap((word) => {
    const weight = weights.get(word.stem);
    return weight === undefined ? [] : [{ ...word, weight }];
  });
}

/** Where to mark shared words: in order, without overlap. */
export function toMarks(words: readonly SharedWord[]): Span[] {
  const marks: [number, number][] = [];
  for (const { start, end } of [...words].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = marks.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else marks.push([start, end]);
  }
  return marks;
}
