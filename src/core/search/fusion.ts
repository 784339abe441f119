// Joins the answer of the words and the answer of the meaning into one order, and says how strong each match is.
import type { CosineScale } from '../embedding.ts';
import { SATURATED, type LexicalScores } from './bm25.ts';
import { nthLargest } from './nthLargest.ts';
import type { SemanticHit } from './vectorIndex.ts';

export interface FusionInput {
  lexical: LexicalScores;
  /** `total` of the draft's heaviest terms, which `lexical` was searched with. */
  totalWeight: number;
  /** Null when there are no vectors to compare: words alone decide. */
  semantic: SemanticAnswer | null;
  /** Posts that may be suggested; all when left out. */
  accept?: (post: string) => boolean;
  /** How many are handed out by each of words, meaning and both; without it all. */
  most?: number;
  /** Posts that are handed out too, however weak; told from the best, best first. */
  also?: (best: readonly FusedHit[]) => Iterable<string>;
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

/**
 * Posts that share a term or have vectors, best first: those that by words, by meaning or by both are among the best `most`,
 * or as good as the last of these, and of the rest those that `also` names.
 */
export function fuse({ most = Infinity, also = () => [], ...input }: FusionInput): FusedHit[] {
  const found = gather(input);
  const { posts, fused, share, meaning } = found;
  const least = [fused, share, meaning].map((scores) => nthLargest(scores, most));
  const isBest = (at: number): boolean =>
    fused[at]! >= least[0]! ||
    (share[at]! > 0 && share[at]! >= least[1]!) ||
    (meaning[at]! > -Infinity && meaning[at]! >= least[2]!);
  const best: FusedHit[] = [];
  const rest: number[] = [];
  posts.forEach((_, at) => {
    if (isBest(at)) best.push(hitOf(found, at));
    else rest.push(at);
  });
  inOrder(best);
  const named = new Set(also(best));
  const others = rest.filter((at) => named.has(posts[at]!)).map((at) => hitOf(found, at));
  return others.length === 0 ? best : inOrder([...best, ...others]);
}

/** What is known of each post that was found, by its place: far cheaper than an object for each, of which few are looked at. */
interface Gathered {
  posts: string[];
  nearest: (SemanticHit | null)[];
  lexical: Float64Array;
  share: Float64Array;
  /** −Infinity where no vectors were compared. */
  meaning: Float64Array;
  fused: Float64Array;
}

function gather({ lexical, totalWeight, semantic, accept = () => true }: Omit<FusionInput, 'most' | 'also'>): Gathered {
  const hits = semantic?.hits ?? [];
  const room = hits.length + lexical.found;
  const column = (): Float64Array => new Float64Array(room);
  const columns = { lexical: column(), share: column(), meaning: column(), fused: column() };
  const posts: string[] = [];
  const nearest: (SemanticHit | null)[] = [];
  const add = (post: string, score: number, hit: SemanticHit | null, meaning: number, counted: number): void => {
    const at = posts.push(post) - 1;
    const share = shareOf(score, totalWeight);
    nearest.push(hit);
    columns.lexical[at] = score;
    columns.share[at] = share;
    columns.meaning[at] = meaning;
    columns.fused[at] = share + MEANING_WEIGHT * counted;
  };
  let both = 0;
  for (const hit of hits) {
    const score = lexical.of(hit.post);
    if (score > 0) both++;
    if (semantic === null || !accept(hit.post)) continue;
    const meaning = meaningOf(hit.cosine, semantic.cosines);
    add(hit.post, score, hit, meaning, meaning);
  }
  if (both < lexical.found) {
    const compared = new Set(hits.map(({ post }) => post));
    // For a post whose vectors are still to come.
    const unseen = semantic === null ? 0 : usualMeaning(semantic.cosines);
    lexical.each((post, score) => {
      if (!compared.has(post) && accept(post)) add(post, score, null, -Infinity, unseen);
    });
  }
  const cut = (values: Float64Array): Float64Array => values.subarray(0, posts.length);
  const { share, meaning, fused } = columns;
  return { posts, nearest, lexical: columns.lexical, share: cut(share), meaning: cut(meaning), fused: cut(fused) };
}

function hitOf({ posts, nearest, lexical, share, meaning, fused }: Gathered, at: number): FusedHit {
  const hit = nearest[at] ?? null;
  const own = hit === null ? null : meaning[at]!;
  return {
    post: posts[at]!,
    fused: fused[at]!,
    lexical: lexical[at]!,
    share: share[at]!,
    cosine: hit?.cosine ?? null,
    meaning: own,
    passage: hit?.passage ?? null,
    query: hit?.query ?? null,
    strength: strengthOf(share[at]!, own),
  };
}

/** Share of what the draft's words weigh, `FusedHit.share`, of a post that scores so much in BM25. */
export const shareOf = (score: number, totalWeight: number): number =>
  totalWeight > 0 ? score / (SATURATED * totalWeight) : 0;

const inOrder = (hits: FusedHit[]): FusedHit[] => hits.sort((a, b) => b.fused - a.fused || (a.post < b.post ? -1 : 1));

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
