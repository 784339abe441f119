// Chance that can be had again: the same seed gives the same numbers in every browser.

/** Numbers in 0 ≤ x < 1 from a seed: mulberry32, by Tommy Ettinger. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About normal, with mean 0 and variance 1. */
export const bell = (random: () => number): number => 2 * (random() + random() + random() - 1.5);
