// A post offered for a draft, with the passage that matches and the parts of its score.
import type { PostId, PostKind } from './post.ts';

/** [start, end) in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

/** Rank and similarity are two things: `rank` orders, `cosine` says how alike, and neither stands in for the other. */
export interface ScoreParts {
  /** Cosine of the best pair of passages, −1 to 1; null until the post has vectors or the model is ready. */
  cosine: number | null;
  /** BM25 of the draft's terms against the post; 0 when it shares none. */
  lexical: number;
  /** What orders one answer, and says nothing across answers: log-odds of a link, or words and meaning joined. */
  rank: number;
}

export interface MatchedPassage {
  /** Offsets into the post's text; both 0 for the head (title and summary). */
  start: number;
  end: number;
  text: string;
  /** Where the shared terms stand within `text`. */
  marks: Span[];
  /** Seconds into the video, for a transcript. */
  startS: number | null;
}

/** Words of the draft that would naturally carry the link. */
export interface Anchor {
  /** [start, end) in the Markdown as typed, in UTF-16 code units. */
  start: number;
  end: number;
  text: string;
}

/** A number, date or name that stands in the same words as another one. */
export interface ChangedFact {
  kind: 'number' | 'name';
  /** In the draft, or in the first of two posts. */
  here: string;
  /** In the post, or in the second one. */
  there: string;
}

/** How two texts that say the same differ. */
export interface Differences {
  changed: ChangedFact[];
  /** Share of the words of the draft, or of the first post, that the other doesn't have, 0 to 1. */
  added: number;
  /** Share of the words of the post, or of the second one, that the first doesn't have, 0 to 1. */
  leftOut: number;
}

/** The post says already what the draft says. */
export interface Duplicate {
  /** Null where the post has no date. */
  older: 'post' | 'draft' | null;
  /** Share of the shorter text that stands in the longer in the same words, 0 to 1; little where the rest is reworded. */
  sameWords: number;
  differs: Differences;
}

/** A post that another one stands for in a list: a copy of it, or a part of the same series. */
export interface OtherPost {
  post: PostId;
  title: string;
  date: string | null;
}

/** What may speak for a post, or against it. `title`: the draft has the words of its title and summary. */
export type Factor = 'words' | 'title' | 'meaning' | 'time' | 'links' | 'tags' | 'length';

/** By how much one thing raises a post, or lowers it, in the unit of `ScoreParts.rank`. */
export interface FactorWeight {
  factor: Factor;
  weight: number;
}

/** A word that draft and post share. */
export interface SharedTerm {
  /** As the post writes it. */
  text: string;
  /** Share of what all shared words weigh, 0 to 1. */
  weight: number;
  /** It names somebody or something. */
  name: boolean;
}

/**
 * What a post is to a draft: it says the same, is on the same topic, is named by words of the draft that would carry a link,
 * or is another that its author might link to.
 */
export type Relation = 'near-duplicate' | 'same-topic' | 'link-target' | 'related';

/** How much the author wants to see: only what is sure, what mostly is, or all that may be related. */
export type Amount = 'fewer' | 'usual' | 'more';

export interface Suggestion {
  post: PostId;
  kind: PostKind;
  title: string;
  date: string | null;
  source: string;
  url: string | null;
  relation: Relation;
  /** That the author would link to it, 0 to 1: of a hundred suggestions that have 0.3, about thirty are linked to. */
  probability: number;
  /** That it is on the draft's topic, 0 to 1. */
  topic: number;
  /** 0 to 1, for the bar: strength of the match on one scale for the whole library. */
  strength: number;
  scores: ScoreParts;
  passage: MatchedPassage;
  /** Heaviest first. */
  sharedTerms: SharedTerm[];
  /** What its rank is made of, against a usual candidate of the same answer; what raises it most comes first. */
  factors: FactorWeight[];
  /** The draft already links to it. */
  linked: boolean;
  /** How many other posts of the library link to it. */
  linkedFrom: number;
  /**
   * The part of the draft that the passage matches, [start, end) in the Markdown as typed; null where only words were
   * compared, and where it is the title.
   */
  draftPassage: Span | null;
  /** Where the link could go; null where no words of the draft name the post, or the draft links to it already. */
  anchor: Anchor | null;
  /** Null where the post says something else than the draft. */
  duplicate: Duplicate | null;
  /** Near-duplicates of this post that would be suggested too, best first. */
  alike: OtherPost[];
  /** Other parts of its series that answer the draft too, best first: a series counts once. */
  series: OtherPost[];
}

export interface SuggestionSet {
  /** For the whole draft, best first. */
  draft: Suggestion[];
  /** For the paragraph at the caret, best first; posts already in `draft` keep their place there and are not repeated. */
  paragraph: Suggestion[];
  /** `words` until vectors of draft and library could be compared. */
  basis: 'words' | 'words-and-meaning';
  /** Milliseconds the library worker spent, embedding included. */
  tookMs: number;
  /** Of these, until the draft had its vectors; 0 where it was compared by words. */
  embeddingMs: number;
}
