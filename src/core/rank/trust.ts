// How sure a suggestion is: the probability that a post is one the author would link to, and which relation it has to the draft.
import type { Amount, Relation, Suggestion } from '../suggestion.ts';
import { entriesOf } from './entriesOf.ts';
import type { Features } from './features.ts';
import { fittedWith } from './fittedWith.ts';
import learned from './trust.json' with { type: 'json' };

/** What is known of a candidate when it is judged: a few numbers that mean the same in every answer and library. */
export const SIGNALS = ['order', 'words', 'title', 'closest', 'topics', 'fit'] as const;
export type Signal = (typeof SIGNALS)[number];
/**
 * `order`: log-odds of the ranker. `words`: share of what the draft's words weigh that the post has. `title`: share of the
 * post's title that the draft has. `closest`: mean of the nearest pairs of passages, 0 for what a stranger finds at best,
 * 1 for a near-copy. `topics`: see `topicVotes`. `fit`: see `fitOf`.
 */
export type Signals = Record<Signal, number>;

/** What is known of a whole answer. */
export interface Basis {
  /** Vectors were compared. */
  meaning: boolean;
  /** Most posts have a date. */
  dates: boolean;
}

/** How posts of one library compare with each other at random: what sets a good match in it apart. */
export interface Background {
  /** Ids of the posts that were compared. */
  sample: readonly string[];
  /** Mean share of the words of one that another has, of those that have any; 0 without posts. */
  words: number;
  /** Of `coverage` in closeness.ts between two; null without vectors. */
  meaning: { mean: number; spread: number } | null;
}

interface Logistic {
  intercept: number;
  weights: Readonly<Partial<Record<Signal, number>>>;
}

interface TrustModel {
  with: readonly string[];
  /** Probability that the author would link to it. */
  related: Logistic;
  /** Probability, of what is related, that it is on the same topic: shares a tag that few posts have. */
  topic: Logistic;
  /** Least probability that is shown, by how much the author wants to see. */
  least: Readonly<Record<Amount, number>>;
}

export interface Trust {
  /** 0 to 1: of a hundred suggestions that have 0.3, authors would link to thirty. */
  probability: number;
  /** 0 to 1. */
  topic: number;
}

/** The numbers of a candidate, of its features and of the answer it is in. */
export const signalsOf = (features: Features, rest: Pick<Signals, 'order' | 'topics' | 'fit'>): Signals => ({
  ...rest,
  words: features.words,
  title: features.titleInDraft,
  closest: features.closest,
});

/**
 * How well a draft fits in a library: how it compares with random posts beside how those compare with each other, in
 * standard deviations of meaning, or as a logarithm where only words are compared; 0 for a draft like any of its posts, and when nothing is known.
 */
export function fitOf(draft: { words: number; meaning: number | null }, background: Background): number {
  if (draft.meaning !== null) {
    const { mean, spread } = background.meaning ?? { mean: 0, spread: 0 };
    return spread > 0 ? (draft.meaning - mean) / spread : 0;
  }
  return background.words > 0 ? Math.log(Math.max(draft.words, NO_WORDS) / background.words) : 0;
}

/** Taken for the share of a draft that has no word in common with any post. */
const NO_WORDS = 1e-3;

export function trustOf(signals: Signals, basis: Basis): Trust {
  const { related, topic } = modelFor(basis);
  return { probability: probability(signals, related), topic: probability(signals, topic) };
}

/** Least probability that is shown of an answer. */
export const leastShown = (basis: Basis, amount: Amount): number => modelFor(basis).least[amount];

/**
 * Which relation a post has to the draft that it is suggested for; `duplicate` is set for one that says the same, `anchor`
 * for one that the draft names without a link.
 */
export function relationOf({ topic, duplicate, anchor }: Pick<Suggestion, 'topic' | 'duplicate' | 'anchor'>): Relation {
  if (duplicate !== null) return 'near-duplicate';
  if (topic >= SAME_TOPIC) return 'same-topic';
  return anchor === null ? 'related' : 'link-target';
}

const SAME_TOPIC = 0.5;

function probability(signals: Signals, { intercept, weights }: Logistic): number {
  let score = intercept;
  for (const [name, weight] of entriesOf(weights)) score += weight * signals[name];
  return 1 / (1 + Math.exp(-score));
}

/** What was fitted for answers like this. Throws when there is none, which no build ships. */
function modelFor({ meaning, dates }: Basis): TrustModel {
  const groups = [...(meaning ? ['meaning'] : []), ...(dates ? ['dates'] : [])];
  return fittedWith(learned.models as readonly TrustModel[], groups, 'trust.json');
}
