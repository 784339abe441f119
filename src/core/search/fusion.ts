// Joins the answer of the words and the answer of the meaning into one order, and says how strong each match is.
import type { CosineScale } from '../embedding.ts';
import { SATURATED, type LexicalHit } from './bm25.ts';
import type { SemanticHit } from './vectorIndex.ts';

export interface FusionInput {
  lexical: readonly LexicalHit[];
  /** `total` of the draft's heaviest terms, which `lexical` was searched with. */
  totalWeight: number;
  /** Null when there are no vectors to compare: words alone decide. */
  semantic: SemanticAnswer | null;
  /** Posts that may be suggested; all when left out. */
  accept?: (post: string) => boolean;
}

export interface SemanticAnswer {
  hits: readonly SemanticHit[];
  /** Of the model that made the vectors. */
  cosines: CosineScale;
}

export interface FusedHit {
  post: string;
  /** Orders the posts of one answer; says nothing across answers. */
  fused: number;
  /** BM25, 0 for no shared term. */
  lexical: number;
  /** Share of what the draft's words weigh that the post has, 0 to 1. */
  share: number;
  /** Highest cosine of two passages; null where the post has no vectors, or the draft hasn't. */
  cosine: number | null;
  /** The cosine on a scale for all models: 0 for what a stranger finds at best, 1 for a near-copy; may be outside. */
  meaning: number | null;
  /** Which passage of the post that is, and which of the draft. */
  passage: number | null;
  query: number | null;
  /** How alike draft and post are on one scale for all answers and libraries, 0 to 1; see `strengthOf`. */
  strength: number;
}

/**
 * Weight of the meaning beside the share of the draft's words that a post has: the best of 0.03 to 0.3 on carpentries,
 * flat around it. Scores normalised by answer did no better there, rank fusion (RRF) worse than words alone.
 */
const MEANING_WEIGHT = 0.11;

/** So many are put in order: more than anybody asks for by their place. */
const ORDERED = 512;

/** Every post that shares a term or has vectors: the best `ORDERED` of them first and in order, the rest after them in none. */
export function fuse({ lexical, totalWeight, semantic, accept = () => true }: FusionInput): FusedHit[] {
  const hits = new Map<string, FusedHit>();
  const shareOf = (score: number): number => (totalWeight > 0 ? score / (SATURATED * totalWeight) : 0);
  // For a post whose vectors are still to come.
  const unseen = semantic === null ? 0 : MEANING_WEIGHT * usualMeaning(semantic.cosines);
  for (const { post, score } of lexical) {
    if (!accept(post)) continue;
    const share = shareOf(score);
    const strength = strengthOf(share, null);
    const fused = share + unseen;
    hits.set(post, {
      post,
      fused,
      lexical: score,
      share,
      cosine: null,
      meaning: null,
      passage: null,
      query: null,
      strength,
    });
  }
  if (semantic === null) return inOrder(hits);
  for (const { post, cosine, passage, query } of semantic.hits) {
    if (!accept(post)) continue;
    const score = hits.get(post)?.lexical ?? 0;
    const share = shareOf(score);
    const meaning = meaningOf(cosine, semantic.cosines);
    const fused = share + MEANING_WEIGHT * meaning;
    const strength = strengthOf(share, meaning);
    hits.set(post, { post, fused, lexical: score, share, cosine, meaning, passage, query, strength });
  }
  return inOrder(hits);
}

function inOrder(hits: ReadonlyMap<string, FusedHit>): FusedHit[] {
  const all = [...hits.values()];
  const best = all.length <= ORDERED ? all : all.filter(isBest(all));
  best.sort((a, b) => b.fused - a.fused || (a.post < b.post ? -1 : 1));
  if (best.length === all.length) return best;
  const least = best.at(-1)?.fused ?? Infinity;
  for (const hit of all) if (hit.fused < least) best.push(hit);
  return best;
}

/** Whether one is among the best, and those as good as the last of these: told from bare numbers, which are sorted far faster. */
function isBest(all: readonly FusedHit[]): (hit: FusedHit) => boolean {
  const scores = new Float64Array(all.length);
  for (let at = 0; at < all.length; at++) scores[at] = all[at]!.fused;
  scores.sort();
  const least = scores[scores.length - ORDERED] ?? -Infinity;
  return ({ fused }) => fused >= least;
}

/** Cosines of passages as `FusedHit.meaning`, in place. */
export function onScale(compared: Map<string, Float32Array>, scale: CosineScale): Map<string, Float32Array> {
  for (const cosines of compared.values()) {
    for (let at = 0; at < cosines.length; at++) cosines[at] = meaningOf(cosines[at] ?? 0, scale);
  }
  return compared;
}

/** `FusedHit.meaning` of a usual neighbour: what a post is taken for whose vectors are still to come. */
export const usualMeaning = (scale: CosineScale): number => meaningOf(scale.usual, scale);

/** `FusedHit.meaning` of a cosine. */
function meaningOf(cosine: number, { unrelated, same }: CosineScale): number {
  return (cosine - unrelated) / (same - unrelated);
}

/**
 * 0 for what unrelated texts reach, 1 for a text and its near-copy: seven parts meaning, three parts words. Words run from
 * no shared weight to half of all, which is about what a post's own opening finds of itself. With words alone, where
 * `meaning` is null, the scale is that of the words.
 */
export function strengthOf(share: number, meaning: number | null): number {
  const words = clamp(share / 0.5);
  return meaning === null ? words : 0.7 * clamp(meaning) + 0.3 * words;
}

const clamp = (value: number): number => Math.max(0, Math.min(1, value));
