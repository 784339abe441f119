// Repository of small facts about the library, by name: what was done once, what the author chose.
import type { Backend } from './backend.ts';
import { META } from './schema.ts';

export interface SettingsRepository {
  /** The value stored, through `parse`; null when there is none or `parse` gives null. */
  get<T>(key: string, parse: (value: unknown) => T | null): Promise<T | null>;
  put(key: string, value: unknown): Promise<void>;
}

export function createSettingsRepository(backend: Backend): SettingsRepository {
  return {
    get: async (key, parse) => {
      const row = await backend.run([META], 'readonly', (transaction) => transaction.get(META, key));
      return row === undefined ? null : parse(row.value);
    },
    put: (key, value) => backend.run([META], 'readwrite', (transaction) => transaction.put(META, { key, value })),
  };
}
