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

/** What a post is to a draft: it says the same, is on the same topic, or is one that its author might link to. */
export type Relation = 'near-duplicate' | 'same-topic' | 'related';

/** How much the author wants to see: only what is sure, what mostly is, or all that may be related. */
export type Amount = 'fewer' | 'usual' | 'more';

/** Another part of the series that a suggestion is of. */
export interface SeriesPart {
  post: PostId;
  title: string;
  date: string | null;
}

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
  /** Terms shared with the draft, as the post writes them, heaviest first. */
  sharedTerms: string[];
  /** The draft already links to it. */
  linked: boolean;
  /** How many other posts of the library link to it. */
  linkedFrom: number;
  /** Other parts of its series that answer the draft too, best first: a series counts once. */
  series: SeriesPart[];
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
}
