// The order of IndexedDB keys, for the kinds of key that we use: numbers before strings before arrays.
import type { KeySpan } from './backend.ts';

export type Key = string | number | readonly Key[];

/** Negative, zero or positive, as `indexedDB.cmp` has it. */
export function compareKeys(a: Key, b: Key): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'object' && typeof b === 'object') {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareKeys(a[i] as Key, b[i] as Key);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return 0;
}

/** The same for equal keys, another for any other. */
export function nameOfKey(key: Key): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}

export function inSpan(key: Key, { lower, lowerOpen = false, upper }: KeySpan<Key>): boolean {
  if (lower !== undefined && compareKeys(key, lower) < (lowerOpen ? 1 : 0)) return false;
  return upper === undefined || compareKeys(key, upper) <= 0;
}

function rankOf(key: Key): number {
  if (typeof key === 'number') return 0;
  return typeof key === 'string' ? 1 : 2;
}
