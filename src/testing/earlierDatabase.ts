// Writes a database as an earlier version of Kindred has left it, from what is kept in databases/.
import { readFileSync } from 'node:fs';
import { openDatabase } from '../core/store/openDatabase.ts';
import { MIGRATIONS } from '../core/store/migrations.ts';

const KINDS = { Uint8Array, Uint32Array, Float64Array, Int8Array, Float32Array } as const;

export type FixtureRow = Record<string, unknown>;

/** Rows of each store, typed arrays and all. */
export function fixture(version: number): Record<string, FixtureRow[]> {
  const file = new URL(`databases/version-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'), revive) as Record<string, FixtureRow[]>;
}

export async function writeEarlier(name: string, version: number): Promise<void> {
  const { database } = await openDatabase({ name, migrations: MIGRATIONS.slice(0, version) });
  for (const [store, rows] of Object.entries(fixture(version)))
    for (const row of rows) await database.put(store as 'meta', row as never);
  database.close();
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [[kind, list] = []] = Object.entries(value);
  if (kind === undefined || !(kind in KINDS) || !Array.isArray(list)) return value;
  return KINDS[kind as keyof typeof KINDS].from((list as (number | null)[]).map((one) => one ?? NaN));
}
