// Posts of made-up words, for where no real ones lie beside the project.
import type { DocumentFields } from '../src/core/text/documentTerms.ts';
import { randomOf } from './random.ts';

const VOCABULARY = 30_000;

/** Gives words as often as real text does: the n-th most frequent one time in n. */
export function wordsOf(random: () => number): (count: number) => string {
  const word = (): string => `w${Math.floor(VOCABULARY ** random()).toString(36)}`;
  return (count) => Array.from({ length: count }, word).join(' ');
}

/** Fields of posts with 100 to 1100 words. */
export function syntheticPosts(count: number, seed: number): DocumentFields[] {
  const random = randomOf(seed);
  const words = wordsOf(random);
  return Array.from({ length: count }, () => ({
    title: words(6),
    summary: words(15),
    text: words(100 + Math.floor(1000 * random())),
    blocks: [],
    tags: [words(1)],
  }));
}
