// How far a post stands out from the others of an answer, for the passage of the draft that it answers best.

/** Of meaning: a post that is nearer by so much has e times the share. Of 0.07 to 0.4 this finds most, flat around it. */
const STEP = 0.2;
/** Added to a share, so that of those that hardly have any none counts for much less than another. */
const NEXT_TO_NONE = 1e-5;

/**
 * For each post the logarithm of the largest share that it has of a passage of the draft, when each passage is shared out
 * among all of them by how near they are: a passage that many posts answer says little of each. `best` has for each post
 * what each of the `passages` of the draft finds in it at best; null for a post that can't be compared yet, which has the
 * share of one among equals.
 */
export function standOut(best: readonly (ArrayLike<number> | null)[], passages: number): Float64Array {
  const equal = 1 / best.length;
  const compared = best.filter((own) => own !== null).length * equal;
  const shares = Float64Array.from(best, (own) => (own === null ? equal : 0));
  for (let passage = 0; passage < passages; passage++) {
    const weights = Float64Array.from(best, (own) => (own === null ? 0 : Math.exp((own[passage] ?? 0) / STEP)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    shares.forEach((share, post) => (shares[post] = Math.max(share, (compared * (weights[post] ?? 0)) / (all || 1))));
  }
  return shares.map((share) => Math.log(share + NEXT_TO_NONE));
}
