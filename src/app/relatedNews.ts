// Tells in words which posts are related: only when they changed, not while they still change, and never long after.
import type { SuggestionsStore } from './suggestions.ts';

/** Long enough for a pause in typing, and for the words and meaning answers to follow each other. */
export const REST_MS = 1_500;
/** While posts are still being read the list may never rest; after this long it is told as it stands. */
export const PATIENCE_MS = 6_000;

/** Calls `tell` with the titles of the draft's suggestions, best first; the first news is never that there are none. Returns its end. */
export function followRelated(suggestions: SuggestionsStore, tell: (titles: string[]) => void): () => void {
  let told: string | null = null;
  let waiting: string | null = null;
  let waitingSince = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function onChange(): void {
    const state = suggestions.getState();
    if (state.state !== 'ready') return;
    const now = keyOf(state.draft);
    if (now === waiting) return;
    clearTimeout(timer);
    if (now === told) {
      waiting = null;
      return;
    }
    if (waiting === null) waitingSince = Date.now();
    waiting = now;
    timer = setTimeout(onRest, Math.max(0, Math.min(REST_MS, waitingSince + PATIENCE_MS - Date.now())));
  }

  function onRest(): void {
    const { state, draft, active } = suggestions.getState();
    waiting = null;
    if (state !== 'ready') return;
    const isFirst = told === null;
    told = keyOf(draft);
    // Whoever goes through them hears each by itself.
    if (active === null && !(isFirst && draft.length === 0)) tell(draft.map(({ title }) => title));
  }

  onChange();
  const unsubscribe = suggestions.subscribe(onChange);
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

function keyOf(draft: readonly { post: string }[]): string {
  return draft
    .map(({ post }) => post)
    .sort()
    .join('\n');
}
