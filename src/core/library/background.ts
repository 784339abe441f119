// How posts of a library compare with each other at random: measured on a few of them, each taken for a draft.
import { closeness } from '../rank/closeness.ts';
import type { Background } from '../rank/trust.ts';
import { SATURATED, type Bm25Index } from '../search/bm25.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';

/** Some two thousand pairs. */
export const SAMPLED = 48;
/** Of a post's text in UTF-16 code units: about 150 words, as drafts have that trust was learned from. */
const OPENING = 900;
/** Passages of a post that stand for a draft: its head and about as much text. */
export const OPENING_PASSAGES = 3;

/** A post that was drawn. */
export interface DrawnPost {
  id: string;
  title: string;
  text: string;
}

export interface DrawnVectors {
  /** Passages of a post that has vectors, at most `OPENING_PASSAGES`; 0 for one that has none. */
  passages: (post: string) => number;
  /** How these compare with those of other posts, as `RankInput.compare` does. */
  compare: (post: string, others: readonly string[]) => ReadonlyMap<string, ArrayLike<number>>;
}

/** Ids of at most `SAMPLED` posts, the same ones whatever the order and nearly the same when posts come or go. */
export function drawSample(ids: Iterable<string>): string[] {
  return Array.from(ids, (id) => ({ id, draw: hash(id) }))
    .sort((a, b) => a.draw - b.draw || (a.id < b.id ? -1 : 1))
    .slice(0, SAMPLED)
    .map(({ id }) => id);
}

/** `vectors` is null to compare words alone. Takes a few milliseconds for each post. */
export function measureBackground(
  drawn: readonly DrawnPost[],
  lexical: Pick<Bm25Index, 'total' | 'idf' | 'knows'>,
  vectors: DrawnVectors | null,
): Background {
  const sample = drawn.map(({ id }) => id);
  const words = { posts: 0, share: 0 };
  const meanings: number[] = [];
  for (const { id, title, text } of drawn) {
    const { terms, total } = heaviestTerms({ title, text: text.slice(0, OPENING) }, lexical);
    if (total > 0) {
      const others = lexical.total(terms, id);
      words.posts += others.posts;
      words.share += others.score / (SATURATED * total);
    }
    const passages = vectors?.passages(id) ?? 0;
    if (vectors === null || passages === 0) continue;
    const others = sample.filter((other) => other !== id);
    for (const compared of vectors.compare(id, others).values()) {
      const close = closeness(compared, passages);
      if (close !== null) meanings.push(close.coverage);
    }
  }
  return {
    sample,
    words: words.share / Math.max(1, words.posts),
    meaning: meanings.length === 0 ? null : distribution(meanings),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function distribution(values: readonly number[]): NonNullable<Background['meaning']> {
  const center = mean(values);
  return { mean: center, spread: Math.sqrt(mean(values.map((value) => (value - center) ** 2))) };
}

/** FNV-1a over code units: spreads ids that are alike. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
