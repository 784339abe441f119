// How the passages of a draft compare with those of one post, beyond the nearest pair.

export interface Closeness {
  /** What each passage of the draft finds at best, and the mean of that. */
  best: Float64Array;
  coverage: number;
  /** Mean of the nearest pairs. */
  closest: number;
}

/** Of passages that are compared. */
const CLOSEST_PAIRS = 3;

/** `compared` has draft passage d with passage p at d × passages + p; null without passages. */
export function closeness(compared: ArrayLike<number> | undefined, draftPassages: number): Closeness | null {
  if (compared === undefined || compared.length === 0) return null;
  const passages = compared.length / draftPassages;
  const best = new Float64Array(draftPassages);
  for (let row = 0; row < draftPassages; row++) {
    let most = -Infinity;
    for (let at = row * passages; at < (row + 1) * passages; at++) most = Math.max(most, compared[at] ?? most);
    best[row] = most;
  }
  const nearest = nearestOf(compared);
  const closest = nearest.reduce((all, one) => all + one, 0) / nearest.length;
  return { best, coverage: best.reduce((all, one) => all + one, 0) / draftPassages, closest };
}

/** The largest `CLOSEST_PAIRS`, ascending, or all where there are fewer. */
function nearestOf(compared: ArrayLike<number>): Float64Array {
  const nearest = new Float64Array(Math.min(CLOSEST_PAIRS, compared.length)).fill(-Infinity);
  const at = (place: number): number => nearest[place] ?? Infinity;
  for (let pair = 0; pair < compared.length; pair++) {
    const value = compared[pair] ?? -Infinity;
    if (value <= at(0)) continue;
    let place = 0;
    for (; at(place + 1) < value; place++) nearest[place] = at(place + 1);
    nearest[place] = value;
  }
  return nearest;
}
