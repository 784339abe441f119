// The learned ranking: the weights that ship are scored as they were fitted, for every library there may be.
import { describe, expect, it } from 'vitest';
import check from '../../testing/rankerCheck.json' with { type: 'json' };
import { FEATURE_GROUPS, type Feature, type RankInput } from './features.ts';
import { dayOf, TraitIndex } from './postTraits.ts';
import learned from './ranker.json' with { type: 'json' };
import { FEATURES, OPTIONAL_GROUPS, rankPosts, scoreOf, weightsFor, type OptionalGroup } from './ranker.ts';

const SUBSETS = OPTIONAL_GROUPS.reduce<OptionalGroup[][]>(
  (subsets, group) => [...subsets, ...subsets.map((subset) => [...subset, group])],
  [[]],
);

describe('the ranker', () => {
  it.each(SUBSETS.map((subset) => [subset]))('has weights for a library with %j', (subset) => {
    const { weights } = weightsFor(new Set(subset));
    const used = Object.keys(weights);
    expect(used.every((feature) => FEATURES.includes(feature as Feature))).toBe(true);
    for (const group of OPTIONAL_GROUPS) {
      const own: readonly string[] = FEATURE_GROUPS[group];
      expect(used.some((feature) => own.includes(feature))).toBe(subset.includes(group));
    }
  });

  it('gives the scores that it was fitted with', () => {
    expect(check.scores).toHaveLength(learned.models.length);
    for (const { with: groups, scores } of check.scores) {
      const weights = weightsFor(new Set(groups as OptionalGroup[]));
      check.features.forEach((features, row) =>
        expect(scoreOf(features, weights)).toBeCloseTo(scores[row] ?? Number.NaN, 9),
      );
    }
  });

  it.each([true, false])('puts a post that says the same before one that says nothing; with vectors: %s', (vectors) => {
    const traits = new TraitIndex();
    for (const id of ['near', 'far']) {
      traits.put({ id, url: null, links: [], title: id, summary: '', date: '2024-01-01', tags: [] }, 100);
    }
    const input: RankInput = {
      draft: { title: 'Near', text: 'What is near.' },
      day: dayOf('2024-06-01') ?? 0,
      found: [
        { post: 'far', share: 0.02, meaning: vectors ? 0.1 : null },
        { post: 'near', share: 0.5, meaning: vectors ? 0.8 : null },
      ],
      accept: () => true,
      rarity: () => 0,
      idf: () => 1,
      compare: (posts) => new Map(vectors ? posts.map((post) => [post, [post === 'near' ? 0.8 : 0.1]]) : []),
      draftPassages: vectors ? 1 : 0,
      unseen: 0.3,
      traits,
    };
    expect(rankPosts(input).map(({ post }) => post)).toEqual(['near', 'far']);
  });
});
