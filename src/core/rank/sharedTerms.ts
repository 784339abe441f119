// The words that a post and the draft share, as the post writes them: the reason that is shown.
import type { SharedTerm } from '../suggestion.ts';
import { isCapitalName } from '../text/wording.ts';
import type { SharedWord } from './termWeights.ts';

/** More are no reason but a list. */
export const MOST_SHARED_TERMS = 6;

interface Found {
  weight: number;
  /** Occurrences with the capital of a name, and those without a capital. */
  named: number;
  plain: number;
  /** How often each way of writing occurs. */
  written: Map<string, number>;
}

/**
 * Shared terms heaviest first, each once, whatever its form, in the way the texts write it most often. A part of a
 * compound that is itself named isn't named again. A name is what never stands without a capital, and with one where
 * nothing else asks for it. `texts` come in order of how well they show why: the passage first.
 */
export function sharedTerms(
  texts: readonly { text: string; words: readonly SharedWord[] }[],
  most = MOST_SHARED_TERMS,
): SharedTerm[] {
  const found = new Map<string, Found>();
  for (const { text, words } of texts) {
    let coveredTo = 0;
    // A compound comes before its parts and covers them.
    for (const { start, end, stem, weight } of words) {
      if (end <= coveredTo) continue;
      coveredTo = end;
      const term = found.get(stem) ?? { weight, named: 0, plain: 0, written: new Map<string, number>() };
      const word = text.slice(start, end);
      if (isCapitalName(text, start)) term.named++;
      else if (word === word.toLowerCase()) term.plain++;
      term.written.set(word, (term.written.get(word) ?? 0) + 1);
      found.set(stem, term);
    }
  }
  const all = [...found.values()].reduce((sum, { weight }) => sum + weight, 0);
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most)
    .map(({ weight, written, named, plain }) => {
      const text = mostWritten(written);
      return { text, weight: weight / all, name: named > 0 && plain === 0 };
    });
}

/** The most frequent way of writing, the first of several. */
function mostWritten(written: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [word, count] of written) if (count > most) [best, most] = [word, count];
  return best;
}
