// Which of the factors of a rank are worth telling, and how long their bars are.
import type { Factor, FactorWeight } from '../../../core/index.ts';

/** Smaller ones, against the largest, only blur the picture. */
const LEAST_SHARE = 0.1;

export interface ShownFactor {
  factor: Factor;
  /** Of the largest, whichever way it counts: 0 to 1. */
  share: number;
}

/** What raises a post and what lowers it, the largest of each first. */
export function shownFactors(factors: readonly FactorWeight[]): { raising: ShownFactor[]; lowering: ShownFactor[] } {
  const largest = Math.max(...factors.map(({ weight }) => Math.abs(weight)));
  const told = factors.filter(({ weight }) => Math.abs(weight) >= LEAST_SHARE * largest);
  const ordered = (chosen: FactorWeight[]): ShownFactor[] =>
    chosen
      .map(({ factor, weight }) => ({ factor, share: Math.abs(weight) / largest }))
      .sort((a, b) => b.share - a.share);
  return {
    raising: ordered(told.filter(({ weight }) => weight > 0)),
    lowering: ordered(told.filter(({ weight }) => weight < 0)),
  };
}
