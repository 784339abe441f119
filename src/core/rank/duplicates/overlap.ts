// How much of one text's wording is in another: shingles that say something, in both directions, and which words they cover.
import { SHINGLE_WORDS, type Fingerprint } from './fingerprint.ts';

/** Whether a run of words is this text's own: not one that many posts of the library have. */
export type IsRare = (terms: readonly string[]) => boolean;

export interface Overlap {
  /** Distinct shingles that both have, those of many posts left out. */
  shared: number;
  /** Their share of the first text's own ones, and of the second's, 0 to 1. */
  ofFirst: number;
  ofSecond: number;
}

/** Below this share of common shingles nothing more is looked at: two posts on one topic. */
const WORTH_A_LOOK = 0.04;

/** Shingles that both have, common ones included. */
export function sharedShingles(first: Fingerprint, second: Fingerprint): Set<number> {
  const shared = new Set<number>();
  const [a, b] = [first.distinct, second.distinct];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left = 0, right = 0] = [a[i], b[j]];
    if (left === right) shared.add(left);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return shared;
}

export function overlapOf(first: Fingerprint, second: Fingerprint, shared: ReadonlySet<number>, rare: Rarity): Overlap {
  const shorter = Math.min(first.distinct.length, second.distinct.length);
  if (shorter === 0 || shared.size < WORTH_A_LOOK * shorter) return { shared: 0, ofFirst: 0, ofSecond: 0 };
  const [own, other] = [rare.of(first), rare.of(second)];
  let both = 0;
  for (const shingle of shared) if (own.has(shingle)) both++;
  return { shared: both, ofFirst: both / Math.max(1, own.size), ofSecond: both / Math.max(1, other.size) };
}

/** Share of a text's content words that no shared shingle covers, 0 to 1; 1 for a text without words. */
export function shareUncovered({ sequence, terms }: Fingerprint, shared: ReadonlySet<number>): number {
  let covered = 0;
  let next = 0;
  sequence.forEach((shingle, at) => {
    if (!shared.has(shingle)) return;
    covered += at + SHINGLE_WORDS - Math.max(at, next);
    next = at + SHINGLE_WORDS;
  });
  return 1 - covered / Math.max(1, terms.length);
}

/** Runs of words of which it is remembered whether they are rare: those of a draft and of a few lists of posts, some megabytes. */
const REMEMBERED = 32_768;

/** The shingles of texts that are their own, found once for each text. Good for one state of the library. */
export class Rarity {
  readonly #isRare: IsRare;
  readonly #found = new WeakMap<Fingerprint, Set<number>>();
  /** Copies share most of their wording, and a draft with what it was a key ago nearly all. */
  readonly #judged = new Map<string, boolean>();

  constructor(isRare: IsRare) {
    this.#isRare = isRare;
  }

  of(text: Fingerprint): ReadonlySet<number> {
    let own = this.#found.get(text);
    if (own === undefined) {
      own = new Set();
      const seen = new Set<number>();
      for (const [at, shingle] of text.sequence.entries()) {
        if (seen.has(shingle)) continue;
        seen.add(shingle);
        const terms = text.terms.slice(at, at + SHINGLE_WORDS).filter((term) => term !== '');
        if (terms.length > 0 && this.#isOwn(terms)) own.add(shingle);
      }
      this.#found.set(text, own);
    }
    return own;
  }

  #isOwn(terms: readonly string[]): boolean {
    const run = terms.join(' ');
    let rare = this.#judged.get(run);
    if (rare === undefined) {
      rare = this.#isRare(terms);
      if (this.#judged.size >= REMEMBERED) this.#judged.clear();
      this.#judged.set(run, rare);
    }
    return rare;
  }
}
