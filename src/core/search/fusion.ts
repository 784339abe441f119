// Joins the answer of the words and the answer of the meaning into one order, and says how strong each match is.
import { SATURATED, type LexicalHit } from './bm25.ts';
import type { SemanticHit } from './vectorIndex.ts';

export interface FusionInput {
  lexical: readonly LexicalHit[];
  /** `total` of the draft's heaviest terms, which `lexical` was searched with. */
  totalWeight: number;
  /** Null when there are no vectors to compare: words alone decide. */
  semantic: readonly SemanticHit[] | null;
  /** Posts that may be suggested; all when left out. */
  accept?: (post: string) => boolean;
}

export interface FusedHit {
  post: string;
  /** Orders the posts of one answer; says nothing across answers. */
  fused: number;
  /** BM25, 0 for no shared term. */
  lexical: number;
  /** Highest cosine of two passages; null where the post has no vectors, or the draft hasn't. */
  cosine: number | null;
  /** Which passage of the post that is. */
  passage: number | null;
  /** How alike draft and post are on one scale for all answers and libraries, 0 to 1; see `strengthOf`. */
  strength: number;
}

/**
 * Weight of the cosine beside the share of the draft's words that a post has: the best of 0.05 to 0.5 on carpentries,
 * flat around it. Scores normalised by answer did no better there, rank fusion (RRF) worse than words alone.
 */
const COSINE_WEIGHT = 0.2;
/** For a post whose vectors are still to come: the median of the twenty posts that words find first. */
const USUAL_COSINE = 0.64;

/**
 * Strength below which a match is noise. Measured on the carpentries blog: 95 of 100 posts that authors linked stay, and
 * no suggestion at all is made for 95 of 100 drafts of two unrelated sites, 89 of a neighbouring one.
 */
export const STRENGTH_FLOOR = 0.28;
/**
 * The same where only words are compared, which tell noise less well: 88 linked posts stay; 95, 85 and, with drafts of a
 * few dozen words, 50 strange drafts get no suggestion.
 */
export const WORDS_FLOOR = 0.24;

/** Posts above the floor, best first. An empty answer is a normal one. */
export function fuse(input: FusionInput): FusedHit[] {
  return rankAll(input).filter(({ strength, cosine }) => strength >= (cosine === null ? WORDS_FLOOR : STRENGTH_FLOOR));
}

/** The same with no floor: every post that shares a term or has vectors. */
export function rankAll({ lexical, totalWeight, semantic, accept = () => true }: FusionInput): FusedHit[] {
  const hits = new Map<string, FusedHit>();
  const shareOf = (score: number): number => (totalWeight > 0 ? score / (SATURATED * totalWeight) : 0);
  for (const { post, score } of lexical) {
    if (!accept(post)) continue;
    const share = shareOf(score);
    const fused = semantic === null ? share : share + COSINE_WEIGHT * USUAL_COSINE;
    hits.set(post, { post, fused, lexical: score, cosine: null, passage: null, strength: strengthOf(share, null) });
  }
  for (const { post, cosine, passage } of semantic ?? []) {
    if (!accept(post)) continue;
    const score = hits.get(post)?.lexical ?? 0;
    const share = shareOf(score);
    const strength = strengthOf(share, cosine);
    hits.set(post, { post, fused: share + COSINE_WEIGHT * cosine, lexical: score, cosine, passage, strength });
  }
  return [...hits.values()].sort((a, b) => b.fused - a.fused || (a.post < b.post ? -1 : 1));
}

/**
 * 0 for what unrelated texts reach, 1 for a text and its near-copy: seven parts meaning, three parts words. Meaning runs
 * from a cosine of 0.4, the best that a draft of another site finds, to 0.95; words from no shared weight to half of
 * all, which is about what a post's own opening finds of itself. With words alone the scale is that of the words.
 */
export function strengthOf(share: number, cosine: number | null): number {
  const words = between(share, 0, 0.5);
  return cosine === null ? words : 0.7 * between(cosine, 0.4, 0.95) + 0.3 * words;
}

const between = (value: number, low: number, high: number): number =>
  Math.max(0, Math.min(1, (value - low) / (high - low)));
