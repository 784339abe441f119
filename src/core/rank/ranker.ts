// Orders the posts that may answer a draft by how likely its author would link to them, learned from what authors linked.
import { entriesOf } from './entriesOf.ts';
import { candidateFeatures, FEATURE_GROUPS, type Feature, type Features, type RankInput } from './features.ts';
import { partsOf, type FactorParts } from './factors.ts';
import { fittedWith } from './fittedWith.ts';
import learned from './ranker.json' with { type: 'json' };

/** Groups that not every library has, or not yet; it is ranked by weights that were learned without them. */
export const OPTIONAL_GROUPS = ['meaning', 'links'] as const;
export type OptionalGroup = (typeof OPTIONAL_GROUPS)[number];

/** A logistic regression over the features of some groups. */
export interface Weights {
  /** Which of the optional groups it was fitted with. */
  with: readonly string[];
  intercept: number;
  /** Log-odds for each unit of a feature; features of other groups are left out. */
  weights: Readonly<Partial<Record<Feature, number>>>;
}

export interface RankedPost {
  post: string;
  /** Log-odds that the author would link to it: orders one answer. */
  score: number;
  /** What that is made of. */
  parts: FactorParts;
  /** What that was told from. */
  features: Features;
}

/** Best first. Posts that are no candidates are left out; see `candidateFeatures`. */
export function rankPosts(input: RankInput): RankedPost[] {
  const features = candidateFeatures(input);
  const weights = weightsFor(availableGroups(features.values(), input.draftPassages > 0));
  return Array.from(features, ([post, own]) => {
    return { post, score: scoreOf(own, weights), parts: partsOf(own, weights), features: own };
  }).sort((a, b) => b.score - a.score || (a.post < b.post ? -1 : 1));
}

/** Log-odds of a post with these features. */
export function scoreOf(features: Features, { intercept, weights }: Weights): number {
  let score = intercept;
  for (const [feature, weight] of entriesOf(weights)) score += weight * features[feature];
  return score;
}

/** The weights that were fitted with just these optional groups. Throws when there are none, which no build ships. */
export function weightsFor(groups: ReadonlySet<OptionalGroup>): Weights {
  return fittedWith(learned.models as readonly Weights[], [...groups], 'ranker.json');
}

/** What the candidates of an answer were told from; `meaning`: vectors were compared. Links count once a candidate has any. */
export function availableGroups(features: Iterable<Features>, meaning: boolean): Set<OptionalGroup> {
  const groups = new Set<OptionalGroup>();
  if (meaning) groups.add('meaning');
  for (const { linked, links } of features) {
    if (linked > 0 || links > 0) groups.add('links');
  }
  return groups;
}

/** All features, in the order of `FEATURE_GROUPS`. */
export const FEATURES: readonly Feature[] = Object.values(FEATURE_GROUPS).flat();
