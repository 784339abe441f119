// Why a suggestion stands before the one that follows in the list as it is shown, which need not be the next by rank.
import type { Factor, Suggestion } from '../../../core/index.ts';

/**
 * What most tells the two apart in favour of the first; null where it stands there for another reason: because the draft says
 * it already, or because near-equals keep the order in which they are read.
 */
export function leadOver(first: Suggestion, next: Suggestion): Factor | null {
  if (first.duplicate !== null || next.duplicate !== null || first.scores.rank <= next.scores.rank) return null;
  const differences = new Map(first.factors.map(({ factor, weight }) => [factor, weight]));
  // Both are told against the same usual candidate, which cancels out; what is left out makes no difference.
  for (const { factor, weight } of next.factors) differences.set(factor, (differences.get(factor) ?? 0) - weight);
  let by: Factor | null = null;
  for (const [factor, difference] of differences) {
    if (difference > (by === null ? 0 : (differences.get(by) ?? 0))) by = factor;
  }
  return by;
}
