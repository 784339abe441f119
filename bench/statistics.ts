// What the times of many rounds come to.

export { median, quantile } from '../src/app/bench/median.ts';

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
