// What of the page's memory goes with a backup, and what becomes of it when one is restored.
import type { DraftId, RestoreMode } from '../core/index.ts';
import { parsePreferences, type Preferences } from './preferences.ts';

/** Where the author was (the open draft, carets) is of this page alone. */
export function pagePreferences(preferences: Preferences): Omit<Preferences, 'openDraft' | 'carets'> {
  const { theme, contrast, dismissed, demoOffered, demoKept, amount, except, welcomed } = preferences;
  return { theme, contrast, dismissed, demoOffered, demoKept, amount, except, welcomed };
}

/** A merge takes over what was put away for drafts; only a replacement takes over the rest. Null where the backup has nothing. */
export function mergedPreferences(here: Preferences, page: unknown, mode: RestoreMode): Preferences | null {
  if (typeof page !== 'object' || page === null) return null;
  const restored = parsePreferences(page);
  if (mode === 'replace') return { ...here, ...pagePreferences(restored) };
  const dismissed = { ...here.dismissed };
  for (const [draft, posts] of Object.entries(restored.dismissed)) {
    const id = draft as DraftId;
    dismissed[id] = [...new Set([...(dismissed[id] ?? []), ...(posts ?? [])])];
  }
  return { ...here, dismissed };
}
