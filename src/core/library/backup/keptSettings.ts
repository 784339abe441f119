// What the library remembers that goes with a backup, and what becomes of it where a library remembers other things already.
import type { ModelChoice } from '../../modelChoice.ts';
import type { RestoreMode } from '../../backupApi.ts';
import type { MetaRow } from '../../store/schema.ts';
import type { SettingsRepository } from '../../store/settings.ts';
import { CROSS_POSTS_KEY, mergeJoined, parseJoined, type JoinedPosts } from '../crossPosts.ts';
import { parseDemoMemory } from '../demo.ts';
import { DEMO_KEY } from '../demoImport.ts';
import { FEEDS_KEY } from '../follow/followKeys.ts';
import { mergeFeeds, parseFeeds, type FeedsRow } from '../follow/followRows.ts';
import { IGNORED_PAIRS_KEY, parsePairs } from '../ignoredPairs.ts';
import { CHOICE_KEY, parseChoice } from '../storedChoice.ts';

interface KeptSetting {
  key: string;
  /** Null for what is none. */
  parse: (value: unknown) => unknown;
  /** What a merge makes of both. */
  merge: (here: unknown, restored: unknown) => unknown;
}

/** Everything else is of this device and this database alone: what was measured, what is under way, which ids are given. */
const KEPT: readonly KeptSetting[] = [
  {
    key: IGNORED_PAIRS_KEY,
    parse: parsePairs,
    merge: (here, restored) => [...new Set([...(here as string[]), ...(restored as string[])])],
  },
  {
    key: CROSS_POSTS_KEY,
    parse: parseJoined,
    merge: (here, restored) => mergeJoined(here as JoinedPosts, restored as JoinedPosts),
  },
  {
    key: FEEDS_KEY,
    parse: parseFeeds,
    merge: (here, restored) => mergeFeeds(here as FeedsRow, restored as FeedsRow),
  },
  { key: DEMO_KEY, parse: parseDemoMemory, merge: (here) => here },
];

const asIs = (value: unknown): unknown => value;

export async function settingsToKeep(settings: SettingsRepository): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = {};
  for (const key of [...KEPT.map((setting) => setting.key), CHOICE_KEY]) {
    const value = await settings.get(key, asIs);
    if (value !== null) kept[key] = value;
  }
  return kept;
}

/** Rows to write when these settings come out of a backup. */
export async function settingsToRestore(
  restored: Record<string, unknown>,
  mode: RestoreMode,
  settings: SettingsRepository,
): Promise<MetaRow[]> {
  const rows: MetaRow[] = [];
  for (const { key, parse, merge } of KEPT) {
    const value = parse(restored[key]);
    if (value === null) continue;
    const here = await settings.get(key, parse);
    rows.push({ key, value: mode === 'replace' || here === null ? value : merge(here, value) });
  }
  return rows;
}

/** The choice of a model, which is made anew rather than written: the model has to read the library first. */
export const choiceIn = (restored: Record<string, unknown>): ModelChoice | null => parseChoice(restored[CHOICE_KEY]);
