// Orders the posts that may answer a draft: the part of an answer that needs no model and no disk, so that it can be judged.
import { closeness } from '../rank/closeness.ts';
import type { FactorParts } from '../rank/factors.ts';
import { NEAR, RARE, type Features, type RankInput } from '../rank/features.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import { topicVotes } from '../rank/topicVotes.ts';
import { rankPosts } from '../rank/ranker.ts';
import { fitOf, signalsOf, trustOf, type Background, type Basis, type Signals, type Trust } from '../rank/trust.ts';
import type { Bm25Index, LexicalScores } from '../search/bm25.ts';
import { fuse, shareOf, usualMeaning, type FusedHit, type SemanticAnswer } from '../search/fusion.ts';
import { heaviestTerms, type QueryTerm } from '../text/heaviestTerms.ts';

export interface MatchQuestion {
  draft: { title: string; text: string };
  /** When it is asked, in days since 1970. */
  day: number;
  /** Whether a post may be suggested, or is evidence for others. */
  accept: (post: string) => boolean;
  /** Null to compare words alone. */
  semantic: DraftComparison | null;
  /** Of this library, the draft's own post not in its sample. */
  background: Background;
}

/** How the draft's passages compare with those of the library. */
export interface DraftComparison extends SemanticAnswer, Pick<RankInput, 'compare'> {
  /** Of the draft. */
  passages: number;
}

export interface Match extends Trust {
  hit: FusedHit;
  /** Orders one answer: log-odds of a link. */
  rank: number;
  /** What `rank` is made of. */
  parts: FactorParts;
  features: Features;
  signals: Signals;
}

export interface Matches {
  /** Of the draft, heaviest first. */
  terms: QueryTerm[];
  /** Best first, however weak. */
  matches: Match[];
  /** What their probabilities rest on. */
  basis: Basis;
}

/** Posts that ranking is given by each of words, meaning and both, and of the newest: more than it looks at. */
const RANKED_AT_MOST = 256;

/** Every candidate, in the order in which they are suggested. */
export function matchDraft(
  { lexical, traits }: { lexical: Bm25Index; traits: TraitIndex },
  { draft, day, accept, semantic, background }: MatchQuestion,
): Matches {
  const { terms, all, total } = heaviestTerms(draft, lexical);
  const scores = lexical.scores(terms);
  const also = (best: readonly FusedHit[]): Iterable<string> => evidence(best, traits, day);
  const found = fuse({ lexical: scores, totalWeight: total, semantic, accept, most: RANKED_AT_MOST, also });
  const ranked = rankPosts({
    draft,
    day,
    found,
    accept,
    rarity: lexical.rarities(all, RARE),
    idf: (term) => lexical.idf(term),
    compare: semantic?.compare ?? (() => new Map()),
    draftPassages: semantic?.passages ?? 0,
    unseen: semantic === null ? 0 : usualMeaning(semantic.cosines),
    traits,
  });
  const hits = new Map<string, FusedHit>();
  for (const hit of found) hits.set(hit.post, hit);
  const basis: Basis = { meaning: semantic !== null, dates: traits.dated };
  const meaning = meaningAtRandom(semantic, background);
  const words = meaning === null ? wordsAtRandom(scores, total, accept) : 0;
  const fit = fitOf({ words, meaning }, background);
  const topic = topicVotes(
    found.slice(0, NEAR).map(({ post }) => post),
    traits,
  );
  const matches = ranked.flatMap(({ post, score, parts, features }): Match[] => {
    const hit = hits.get(post);
    if (hit === undefined) return [];
    const signals = signalsOf(features, { order: score, fit, topics: topic(post) });
    return [{ hit, rank: score, parts, features, signals, ...trustOf(signals, basis) }];
  });
  return { terms, matches, basis };
}

/** Posts that ranking takes in for their links and their dates, however little they say of what the draft says. */
function* evidence(best: readonly FusedHit[], traits: TraitIndex, day: number): Generator<string> {
  yield* traits.newest(day, RANKED_AT_MOST);
  for (const { post } of best.slice(0, NEAR)) {
    yield* traits.links.linkedFrom(post);
    yield* traits.links.linkingTo(post);
  }
}

/** Mean of how much of the draft's words the posts have that have any; what `Background.words` is of a usual post. */
function wordsAtRandom(scores: LexicalScores, total: number, accept: (post: string) => boolean): number {
  const shares: number[] = [];
  scores.each((post, score) => {
    if (accept(post)) shares.push(shareOf(score, total));
  });
  // In order, so that the sum is the same to the last bit whatever order the posts came in.
  const ordered = Float64Array.from(shares).sort().reverse();
  return ordered.reduce((sum, share) => sum + share, 0) / Math.max(1, ordered.length);
}

/** Mean of how the draft covers posts of the background; null without vectors. */
function meaningAtRandom(semantic: DraftComparison | null, { sample }: Background): number | null {
  const coverages = Array.from(semantic?.compare(sample).values() ?? [], (compared) =>
    closeness(compared, semantic?.passages ?? 1),
  ).flatMap((close) => close?.coverage ?? []);
  const meaning = coverages.reduce((sum, coverage) => sum + coverage, 0) / coverages.length;
  return coverages.length === 0 ? null : meaning;
}
