// What the place of a post in an answer is made of: its log-odds, told apart by what an author could name.
import type { Factor, FactorWeight } from '../suggestion.ts';
import { entriesOf } from './entriesOf.ts';
import type { Feature, Features } from './features.ts';
import type { Weights } from './ranker.ts';

/** What each factor adds to the score that orders an answer. */
export type FactorParts = Record<Factor, number>;

/** Which factor a feature belongs to. */
const FACTOR_OF: Record<Feature, Factor> = {
  words: 'words',
  wordsToBest: 'words',
  wordsRank: 'words',
  rareTerms: 'words',
  titleInDraft: 'title',
  summaryInDraft: 'title',
  standsOut: 'meaning',
  closest: 'meaning',
  recencyRank: 'time',
  recencyShare: 'time',
  gap: 'time',
  linked: 'links',
  links: 'links',
  linkedLately: 'links',
  linkedByNear: 'links',
  linksToNear: 'links',
  tagVote: 'tags',
  length: 'length',
};

const FACTORS = [...new Set(Object.values(FACTOR_OF))];

export const noParts = (): FactorParts => ({ words: 0, title: 0, meaning: 0, time: 0, links: 0, tags: 0, length: 0 });

/** The terms of the regression by factor; with its intercept they add up to the score. */
export function partsOf(features: Features, { weights }: Weights): FactorParts {
  const parts = noParts();
  for (const [feature, weight] of entriesOf(weights)) {
    parts[FACTOR_OF[feature]] += weight * features[feature];
  }
  return parts;
}

/** The mean of some parts: what a usual candidate has. Zeros for none. */
export function usualParts(all: readonly FactorParts[]): FactorParts {
  const usual = noParts();
  for (const parts of all) for (const factor of FACTORS) usual[factor] += parts[factor] / all.length;
  return usual;
}

/** By how much each factor raises a post above others, heaviest first; those that make no difference are left out. */
export function factorsOf(parts: FactorParts, others: FactorParts): FactorWeight[] {
  return FACTORS.map((factor) => ({ factor, weight: parts[factor] - others[factor] }))
    .filter(({ weight }) => Math.abs(weight) > NO_DIFFERENCE)
    .sort((a, b) => b.weight - a.weight);
}

/** What is left of sums that should cancel. */
const NO_DIFFERENCE = 1e-9;
