// Which texts go through the engine together.
import type { ExecutionProvider } from '../status.ts';

/** Tokens of one run on a GPU: enough to fill it, little enough that a draft waits for at most one such run. */
export const MAX_TOKENS_PER_RUN = 2048;

/**
 * Groups of indexes into `lengths`, each group one run over texts of exactly equal length, so nothing is ever padded.
 * On WASM each text runs alone: dynamic int8 scales by the whole batch, so a vector would depend on its neighbours.
 */
export function planRuns(lengths: readonly number[], provider: ExecutionProvider): number[][] {
  if (provider === 'wasm') return lengths.map((_, index) => [index]);
  const byLength = groupIndexes(lengths);
  return [...byLength].flatMap(([length, indexes]) => {
    const size = Math.max(1, Math.floor(MAX_TOKENS_PER_RUN / length));
    const runs: number[][] = [];
    for (let at = 0; at < indexes.length; at += size) runs.push(indexes.slice(at, at + size));
    return runs;
  });
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
