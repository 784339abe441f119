import { describe, expect, it } from 'vitest';
import { traitSource } from '../../testing/traitSource.ts';
import { TraitIndex } from './postTraits.ts';
import { isTopic, topicVotes } from './topicVotes.ts';

/** A hundred posts on the shelf `blog`; the first three of them on tides. */
function library(): TraitIndex {
  const traits = new TraitIndex();
  for (let n = 0; n < 100; n++) {
    traits.put(traitSource(`p${n}`, { tags: n < 3 ? ['blog', 'Tides'] : ['blog'] }), 100);
  }
  return traits;
}

describe('the topic of a draft', () => {
  it('is a rare tag that near posts share; a post does not vote for itself', () => {
    const votes = topicVotes(['p0', 'p1', 'p50', 'p51'], library());
    expect(votes('p0')).toBeCloseTo(1 / 3);
    expect(votes('p2')).toBeCloseTo(2 / 4);
  });

  it('is a tag of few posts, in a small library too', () => {
    expect([isTopic(6, 20), isTopic(7, 20), isTopic(50, 1_000), isTopic(51, 1_000)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('is no tag that many posts have, and none of a single near post', () => {
    const votes = topicVotes(['p0', 'p50', 'p51'], library());
    expect(votes('p50')).toBe(0);
    expect(votes('p0')).toBe(0);
    expect(votes('nowhere')).toBe(0);
    expect(topicVotes([], library())('p0')).toBe(0);
  });
});
