// How a new answer takes its place in a list that is being read: as little movement as the truth allows.
import type { PostId, Suggestion } from '../core/index.ts';

/** Two suggestions change places only when their strengths, or what they are ordered by, differ by more than this, or when one was written already. */
const CLEAR_DIFFERENCE = { strength: 0.04, rank: 0.5 };

export interface Settled {
  list: Suggestion[];
  /** Posts that were not shown before. */
  fresh: PostId[];
}

/**
 * Free to move: the posts of `incoming`, near its order, where neighbours that are about as strong keep the order in which
 * they are shown. Held: everything shown stays where and as it is, new posts come below it.
 */
export function settle(shown: readonly Suggestion[], incoming: readonly Suggestion[], held: boolean): Settled {
  const shownIds = new Set(shown.map(({ post }) => post));
  const added = incoming.filter(({ post }) => !shownIds.has(post));
  const fresh = added.map(({ post }) => post);
  const updates = new Map(incoming.map((suggestion) => [suggestion.post, suggestion]));
  if (held) {
    // Only what the author just did shows: that the draft now links to it, or no longer does, and where a link could go.
    const still = shown.map((one) => {
      const { linked, anchor } = updates.get(one.post) ?? { ...one, anchor: null };
      return { ...one, linked, anchor };
    });
    return { list: [...still, ...added], fresh };
  }

  const rank = new Map(incoming.map(({ post }, index) => [post, index]));
  const kept = shown.flatMap(({ post }) => updates.get(post) ?? []);
  return { list: straighten([...kept, ...added], rank, new Set(fresh)), fresh };
}

/** Insertion by rank that lets near-equals stand; every swap removes one inversion, so it ends. */
function straighten(list: Suggestion[], rank: ReadonlyMap<PostId, number>, fresh: ReadonlySet<PostId>): Suggestion[] {
  const rankOf = (suggestion: Suggestion): number => rank.get(suggestion.post) ?? Infinity;
  for (let moved = true; moved;) {
    moved = false;
    for (let index = 1; index < list.length; index++) {
      const before = list[index - 1];
      const after = list[index];
      if (before === undefined || after === undefined || rankOf(before) <= rankOf(after)) continue;
      const clear =
        (before.duplicate === null) !== (after.duplicate === null) ||
        Math.abs(before.strength - after.strength) > CLEAR_DIFFERENCE.strength ||
        Math.abs(before.scores.rank - after.scores.rank) > CLEAR_DIFFERENCE.rank;
      if (!clear && !fresh.has(after.post)) continue;
      list[index - 1] = after;
      list[index] = before;
      moved = true;
    }
  }
  return list;
}
