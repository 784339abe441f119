// What the times of many rounds come to.

/** The value that this share of them is not above, 0 to 1; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Which of the wanted were found, as a share of them. */
export function recall(found: readonly number[], wanted: readonly number[]): number {
  const places = new Set(found);
  return wanted.filter((place) => places.has(place)).length / wanted.length;
}

/** The same in another order for each round, so that every one follows every other about as often. */
export function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const from = items.length === 0 ? 0 : round % items.length;
  const turned = [...items.slice(from), ...items.slice(0, from)];
  return Math.floor(round / items.length) % 2 === 0 ? turned : turned.reverse();
}
