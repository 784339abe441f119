// Which texts go through the engine together.

/** How many of so many texts of one length, in tokens, the next run takes. */
export type RunSize = (length: number, waiting: number) => number;

/** Each text by itself, in order. */
export const ALONE: RunSize = () => 1;

/**
 * Groups of indexes into `lengths`, each group one run over texts of exactly equal length, so that nothing is ever padded and a
 * vector does not depend on its neighbours. `sizeOf` is asked as a run is about to begin, for it may learn from those before.
 * Longest first: what is left at the end is short, and another call waits less for it.
 */
export function* runsOf(lengths: readonly number[], sizeOf: RunSize): Generator<number[], void> {
  if (sizeOf === ALONE) {
    for (const index of lengths.keys()) yield [index];
    return;
  }
  const groups = [...groupIndexes(lengths)].sort(([a], [b]) => b - a);
  for (const [length, indexes] of groups) {
    for (let at = 0; at < indexes.length;) {
      const size = Math.max(1, sizeOf(length, indexes.length - at));
      yield indexes.slice(at, at + size);
      at += size;
    }
  }
}

function groupIndexes(lengths: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  lengths.forEach((length, index) => {
    const group = groups.get(length);
    if (group === undefined) groups.set(length, [index]);
    else group.push(index);
  });
  return groups;
}
