// Web Storage in memory, for tests of what the page remembers.
import type { KeyValues } from '../app/preferences.ts';

export function memoryStorage(start: Record<string, string> = {}): KeyValues {
  const values = new Map(Object.entries(start));
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}
