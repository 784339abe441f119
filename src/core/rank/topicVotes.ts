// Which topic a draft has, told by the posts nearest to it: tags that few posts have and several of these share.
import type { TraitIndex } from './postTraits.ts';

/** A tag of more posts than this, and of more than this share of all, is a shelf and no topic. */
const RARE = { posts: 6, share: 0.05 };

/** Whether a tag that so many of the posts have is a topic. */
export const isTopic = (tagged: number, posts: number): boolean => tagged <= Math.max(RARE.posts, RARE.share * posts);

/**
 * For a post the largest share of the other near posts that have one of its rare tags, 0 to 1. `near` are the posts of an
 * answer that say what the draft is about.
 */
export function topicVotes(near: readonly string[], traits: TraitIndex): (post: string) => number {
  const nearby = new Set(near);
  const counts = new Map<string, number>();
  for (const post of nearby) {
    for (const tag of rareTags(post, traits)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return (post) => {
    const self = nearby.has(post) ? 1 : 0;
    const others = Math.max(1, nearby.size - self);
    return Math.max(0, ...rareTags(post, traits).map((tag) => ((counts.get(tag) ?? 0) - self) / others));
  };
}

function rareTags(post: string, traits: TraitIndex): string[] {
  return (traits.get(post)?.tags ?? []).filter((tag) => isTopic(traits.shareTagged(tag) * traits.size, traits.size));
}
