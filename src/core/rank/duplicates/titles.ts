// Whether two titles are one: the same words, and the same numbers where they have any.
import type { WordingToken } from '../../text/wording.ts';

export interface TitleMatch {
  /** What both titles weigh of what either does, 0 to 1 (Dice's coefficient over weights); numbers count as any number. */
  alike: number;
  /** What the words that both have weigh, and how many they are: how much an equal title says. */
  weight: number;
  words: number;
  /** The same words in the same order, whatever numbers stand between them. */
  equal: boolean;
  /** Both have numbers, and neither has all of the other's: another part, quarter or version. */
  otherNumbers: boolean;
}

/** `idf` weighs a term in this library. */
export function matchTitles(
  first: readonly WordingToken[],
  second: readonly WordingToken[],
  idf: (term: string) => number,
): TitleMatch {
  const [a, b] = [weights(first, idf), weights(second, idf)];
  const both = [...a].filter(([stem]) => b.has(stem));
  const weight = sum(both.map(([, own]) => own));
  const all = sum(a.values()) + sum(b.values());
  const [here, there] = [numbers(first), numbers(second)];
  return {
    alike: all > 0 ? Math.min(1, (2 * weight) / all) : 0,
    weight,
    words: both.length,
    equal: first.length > 0 && frame(first) === frame(second),
    otherNumbers: here.size > 0 && there.size > 0 && !holds(here, there) && !holds(there, here),
  };
}

/** Titles with other numbers are equal here. */
const frame = (title: readonly WordingToken[]): string =>
  title.map(({ fact, stem }) => (fact === 'number' ? '#' : stem)).join(' ');

/**
 * Whether each title has a word that the other post has nowhere: the same frame about two things. `words` are the stems of
 * title and text.
 */
export function nameOtherThings(
  first: { title: readonly WordingToken[]; words: ReadonlySet<string> },
  second: { title: readonly WordingToken[]; words: ReadonlySet<string> },
): boolean {
  const lacks = (title: readonly WordingToken[], words: ReadonlySet<string>): boolean =>
    title.some(({ fact, stem }) => fact !== 'number' && !words.has(stem));
  return lacks(first.title, second.words) && lacks(second.title, first.words);
}

function weights(title: readonly WordingToken[], idf: (term: string) => number): Map<string, number> {
  return new Map(title.filter(({ fact }) => fact !== 'number').map(({ stem, term }) => [stem, idf(term)]));
}

const numbers = (title: readonly WordingToken[]): Set<string> =>
  new Set(title.flatMap(({ fact, value }) => (fact === 'number' ? [value] : [])));

const holds = (all: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
  [...some].every((value) => all.has(value));

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
