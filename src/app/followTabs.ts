// Takes up what other tabs have changed: drafts, pairs that may stand, preferences. Posts and models show by the status.
import type { CompetingStore } from './competing.ts';
import type { DraftsStore } from './drafts.ts';
import { PREFERENCES_KEY, type PreferencesStore } from './preferences.ts';
import type { StatusStore } from './status.ts';

interface Ports {
  status: Pick<StatusStore, 'subscribe'>;
  drafts: Pick<DraftsStore, 'reload'>;
  competing: Pick<CompetingStore, 'reloadIgnored'>;
  preferences: Pick<PreferencesStore, 'reload'>;
}

/** Returns what stops it. */
export function followTabs(
  { status, drafts, competing, preferences }: Ports,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): () => void {
  const unsubscribe = status.subscribe((state, before) => {
    if (state.state !== 'open' || before.state !== 'open') return;
    const [now, seen] = [state.status.tabs.changes, before.status.tabs.changes];
    if (now.drafts !== seen.drafts) void drafts.reload();
    if (now.pairs !== seen.pairs) void competing.reloadIgnored();
  });
  // The browser tells of this in the other tabs only.
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === PREFERENCES_KEY || key === null) preferences.reload();
  };
  page.addEventListener('storage', onStorage);
  return () => {
    unsubscribe();
    page.removeEventListener('storage', onStorage);
  };
}
