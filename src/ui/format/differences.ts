// How two texts that say the same differ, as parts of a sentence: facts that changed, and what only one of them has.
import type { ChangedFact, Differences } from '../../core/index.ts';
import { text } from '../text.ts';

const words = text.differences;

/** Pairs of facts that are named; more are no sentence but a table. */
const MOST_CHANGED = 3;
/** Below this share of one text in the words of the other it was written anew, and parts can't be told. */
const OTHER_WORDS = 0.3;
/** What is less is a word here and there. */
const NOTEWORTHY = 0.08;
/** Where more of the second is missing, the first has only begun to say it. */
const MUCH_MORE = 0.6;

/** "the numbers differ: 415 here, 412 there", "about a quarter of the draft is new". Never empty. */
export function differenceParts(
  { sameWords, differs }: { sameWords: number; differs: Differences },
  voice: 'draft' | 'pair',
): string[] {
  const { changed, added, leftOut } = differs;
  const { added: sayAdded, leftOut: sayLeftOut, goesOn } = words[voice];
  const parts: string[] = [];
  for (const kind of ['number', 'name'] as const) {
    const pairs = pairsOf(changed, kind, voice);
    if (pairs !== '') parts.push(kind === 'number' ? words.numbers(pairs) : words.names(pairs));
  }
  if (sameWords < OTHER_WORDS) return [...parts, words.otherWords];
  if (added >= NOTEWORTHY) parts.push(sayAdded(portion(added)));
  if (leftOut >= MUCH_MORE) parts.push(goesOn);
  else if (leftOut >= NOTEWORTHY) parts.push(sayLeftOut(portion(leftOut)));
  return parts.length === 0 ? [words.wordForWord] : parts;
}

/** Parts as one sentence. */
export const asSentence = (parts: readonly string[]): string => {
  const joined = parts.join(words.joined) + words.end;
  return joined.charAt(0).toUpperCase() + joined.slice(1);
};

function pairsOf(changed: readonly ChangedFact[], kind: ChangedFact['kind'], voice: 'draft' | 'pair'): string {
  const facts = changed.filter((fact) => fact.kind === kind).slice(0, MOST_CHANGED);
  return facts.map(({ here, there }) => words[voice].changed(here, there)).join(words.between);
}

function portion(share: number): string {
  const { little, quarter, third, half, most } = words.portions;
  if (share < 0.18) return little;
  if (share < 0.29) return quarter;
  if (share < 0.42) return third;
  return share < 0.6 ? half : most;
}
