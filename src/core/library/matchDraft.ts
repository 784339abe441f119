// Orders the posts that may answer a draft: the part of an answer that needs no model and no disk, so that it can be judged.
import type { Features, RankInput } from '../rank/features.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import { canRank, rankPosts } from '../rank/ranker.ts';
import type { Bm25Index } from '../search/bm25.ts';
import { fuse, usualMeaning, type FusedHit, type SemanticAnswer } from '../search/fusion.ts';
import { heaviestTerms, type QueryTerm } from '../text/heaviestTerms.ts';

export interface MatchQuestion {
  draft: { title: string; text: string };
  /** When it is asked, in days since 1970. */
  day: number;
  /** Whether a post may be suggested, or is evidence for others. */
  accept: (post: string) => boolean;
  /** Null to compare words alone. */
  semantic: DraftComparison | null;
}

/** How the draft's passages compare with those of the library. */
export interface DraftComparison extends SemanticAnswer, Pick<RankInput, 'compare'> {
  /** Of the draft. */
  passages: number;
}

export interface Match {
  hit: FusedHit;
  /** Orders one answer: log-odds of a link or, where most posts have no date, words and meaning joined. */
  rank: number;
  features: Features;
}

export interface Matches {
  /** Of the draft, heaviest first. */
  terms: QueryTerm[];
  /** Best first, however weak. */
  matches: Match[];
}

/** Every candidate, in the order in which they are suggested. */
export function matchDraft(
  { lexical, traits }: { lexical: Bm25Index; traits: TraitIndex },
  { draft, day, accept, semantic }: MatchQuestion,
): Matches {
  const { terms, total } = heaviestTerms(draft, lexical);
  const found = fuse({ lexical: lexical.search(terms), totalWeight: total, semantic, accept });
  const ranked = rankPosts({
    draft,
    day,
    found,
    accept,
    idf: (term) => lexical.idf(term),
    compare: semantic?.compare ?? (() => new Map()),
    draftPassages: semantic?.passages ?? 0,
    unseen: semantic === null ? 0 : usualMeaning(semantic.cosines),
    traits,
  });
  const hits = new Map(found.map((hit) => [hit.post, hit]));
  const learned = canRank(traits);
  const matches = ranked.flatMap(({ post, score, features }): Match[] => {
    const hit = hits.get(post);
    return hit === undefined ? [] : [{ hit, rank: learned ? score : hit.fused, features }];
  });
  // Ranked by the log-odds already.
  if (!learned) matches.sort((a, b) => b.rank - a.rank || (a.hit.post < b.hit.post ? -1 : 1));
  return { terms, matches };
}
