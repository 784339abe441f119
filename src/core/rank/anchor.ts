// The words of a draft that would naturally carry a link to a post.
import { stemOf, termOccurrences } from '../text/terms.ts';
import type { Span } from '../suggestion.ts';

/** What a library knows of a term; a Bm25Index does. */
export type Idf = (term: string) => number;

/** A longer phrase is no anchor but a sentence. */
const MOST_WORDS = 6;
/** What may stand between two words of a phrase: spaces, a line's end, words that say nothing. */
const JOINS = /^(?:[\p{L}\p{M}\p{N} '’-]|\n(?!\s*\n))*$/u;
/** A word of the phrase that the title lacks costs this share of its weight. */
const FOREIGN_COSTS = 1;
/** A phrase names a post when it has this share of what the title weighs, */
const NAMES_FROM = 0.35;
/** and no less than so many words of the title, or its one word. */
const FEWEST_SHARED = 2;

interface Word {
  start: number;
  end: number;
  stem: string;
  weight: number;
}

/**
 * Says where to put a link to a post of some title: the phrase of at most six words that names it best, the first of
 * equal ones, or null where no words do. `prose` is Markdown as `proseOf` gives it; spans are UTF-16 code units in it.
 */
export function anchorFinder(prose: string, idf: Idf): (title: string) => Span | null {
  let read: Word[][] | null = null;
  return (title) => findAnchor((read ??= phrases(words(prose, idf), prose)), title, idf);
}

function findAnchor(runs: readonly Word[][], title: string, idf: Idf): Span | null {
  const wanted = new Map(words(title, idf).map(({ stem, weight }) => [stem, weight]));
  const whole = sum(wanted.values());
  const fewest = Math.min(FEWEST_SHARED, wanted.size);
  let best: { span: Span; worth: number } | null = null;
  for (const phrase of runs) {
    for (let first = 0; first < phrase.length; first++) {
      if (!wanted.has(phrase[first]?.stem ?? '')) continue;
      const shared = new Set<string>();
      let has = 0;
      let foreign = 0;
      for (const { stem, weight, end } of phrase.slice(first, first + MOST_WORDS)) {
        if (!wanted.has(stem)) {
          foreign += weight;
          continue;
        }
        if (!shared.has(stem)) has += wanted.get(stem) ?? 0;
        shared.add(stem);
        const worth = has - FOREIGN_COSTS * foreign;
        if (shared.size < fewest || has < NAMES_FROM * whole || worth <= (best?.worth ?? 0)) continue;
        best = { span: [phrase[first]?.start ?? 0, end], worth };
      }
    }
  }
  return best?.span ?? null;
}

/** Words that say something, in order; of a compound only the whole. */
function words(text: string, idf: Idf): Word[] {
  const found: Word[] = [];
  let coveredTo = 0;
  for (const { term, start, end } of termOccurrences(text)) {
    if (end <= coveredTo) continue;
    coveredTo = end;
    found.push({ start, end, stem: stemOf(term), weight: idf(term) });
  }
  return found;
}

/** Runs of words with nothing between them but spaces and words that say nothing. */
function phrases(all: readonly Word[], text: string): Word[][] {
  const runs: Word[][] = [];
  let end = -1;
  for (const word of all) {
    if (end < 0 || !JOINS.test(text.slice(end, word.start))) runs.push([]);
    runs.at(-1)?.push(word);
    end = word.end;
  }
  return runs;
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};
