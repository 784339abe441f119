// The terms that say most about a draft: what is asked of the lexical index, instead of its every word.
import { termCounts } from './terms.ts';

/** A term of the draft with the weight it has in the query. */
export interface QueryTerm {
  term: string;
  /** How often the draft has it; in the title each time counts more. */
  count: number;
  /** Count times inverse document frequency: what terms are chosen and ordered by. */
  weight: number;
}

export interface DraftTerms {
  /** Terms that the library has, heaviest first. */
  terms: QueryTerm[];
  /** Every term of the draft, each once. */
  all: string[];
  /** Sum of the heaviest weights, terms included that the library doesn't have: all that a post could answer. */
  total: number;
}

/** What a library knows of a term; a Bm25Index does. */
export interface Vocabulary {
  idf(term: string): number;
  /** Whether any post has the term, in one form or another. */
  knows(term: string): boolean;
}

/** More make a query slower and, on the four blogs of cli/eval.ts, hardly better or worse. */
export const HEAVIEST_TERMS = 40;
/** An occurrence in the title counts as this many in the text. */
const TITLE_COUNTS = 3;

/** The heaviest terms of a draft in a library. */
export function heaviestTerms(
  draft: { title: string; text: string },
  library: Vocabulary,
  limit = HEAVIEST_TERMS,
): DraftTerms {
  const counts = termCounts([
    { text: draft.title, weight: TITLE_COUNTS },
    { text: draft.text, weight: 1 },
  ]);
  const all = [...counts]
    .map(([term, count]) => ({ term, count, weight: library.idf(term) * count }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
  return {
    terms: all.filter(({ term }) => library.knows(term)).slice(0, limit),
    all: all.map(({ term }) => term),
    total: all.slice(0, limit).reduce((sum, { weight }) => sum + weight, 0),
  };
}
