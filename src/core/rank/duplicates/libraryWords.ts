// What judging duplicates needs to know of a library, from its lexical index.
import type { LibraryWords } from './judge.ts';
import { Rarity } from './overlap.ts';
import type { TitleCounts } from './titleCounts.ts';

/** What a lexical index can say; a Bm25Index does. */
export interface WordCounts {
  readonly size: number;
  idf(term: string): number;
  fewHaveAll(terms: readonly string[], many: number): boolean;
}

/**
 * Words that so many posts have together are a turn of the trade, a signature or a template: two posts may share them
 * and say different things. At least five, or seven in ten thousand: copies of one post are fewer.
 */
const COMMON_POSTS = 5;
const COMMON_SHARE = 0.0007;
/** A title that so many posts have is that of a series or of a habit; fewer may be copies. */
const SERIES_POSTS = 4;

/** Good until the library changes. */
export function libraryWords(words: WordCounts, titles: Pick<TitleCounts, 'count'>): LibraryWords {
  const common = Math.max(COMMON_POSTS, Math.ceil(COMMON_SHARE * words.size));
  return {
    idf: (term) => words.idf(term),
    rarity: new Rarity((terms) => words.fewHaveAll([...new Set(terms)], common)),
    isCommonTitle: (title) => titles.count(title) >= SERIES_POSTS,
  };
}
