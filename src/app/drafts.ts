// The drafts and the one that is open: saved as typed, found again after a reload with the caret where it was.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { draftId, toKindredError } from '../core/index.ts';
import type { Draft, DraftId, KindredError, LibraryApi } from '../core/index.ts';
import type { PreferencesStore } from './preferences.ts';

export type SavedState =
  { state: 'saved' } | { state: 'unsaved' } | { state: 'saving' } | { state: 'failed'; error: KindredError };

export type DraftsState =
  | { state: 'loading' }
  | {
      state: 'ready';
      /** Last edited first. */
      drafts: Draft[];
      open: DraftId;
      saved: SavedState;
      /** Changes when the open draft is another one, or was changed by something else than typing. */
      revision: number;
    };

/** The draft that is being written; null until drafts have been read. */
export const openDraft = (state: DraftsState): Draft | null =>
  state.state === 'ready' ? (state.drafts.find((draft) => draft.id === state.open) ?? null) : null;

export interface DraftsStore extends StoreApi<DraftsState> {
  /** Reads the stored drafts and opens the last one; makes an empty draft where there is none. Never rejects. */
  load(): Promise<void>;
  current(): Draft | null;
  edit(change: Partial<Pick<Draft, 'title' | 'body'>>): void;
  create(): void;
  open(id: DraftId): void;
  /** Resolves with the function that brings the draft back. */
  remove(id: DraftId): () => void;
  /** Saves what is not saved yet; for a page that may go away. */
  flush(): Promise<void>;
  dispose(): void;
}

export const SAVE_PAUSE_MS = 300;
/** Someone who types without a pause is saved this often. */
export const SAVE_AT_LEAST_MS = 2_000;

interface Ports {
  library: Pick<LibraryApi, 'listDrafts' | 'saveDraft' | 'removeDraft'>;
  preferences: PreferencesStore;
  now: () => number;
  newId: () => string;
}

export function createDrafts({ library, preferences, now, newId }: Ports): DraftsStore {
  const store = createStore<DraftsState>(() => ({ state: 'loading' }));
  const unsaved = new Set<DraftId>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsavedSince: number | null = null;
  let saving: Promise<void> = Promise.resolve();

  type Ready = Extract<DraftsState, { state: 'ready' }>;
  function update(change: (ready: Ready) => Partial<Ready>): void {
    const state = store.getState();
    if (state.state === 'ready') store.setState({ ...state, ...change(state) }, true);
  }

  const empty = (): Draft => ({ id: draftId(newId()), title: '', body: '', createdAt: now(), updatedAt: now() });
  const setSaved = (saved: SavedState): void => update(() => ({ saved }));

  function current(): Draft | null {
    const state = store.getState();
    return state.state === 'ready' ? (state.drafts.find((draft) => draft.id === state.open) ?? null) : null;
  }

  function show(id: DraftId): void {
    update(({ revision }) => ({ open: id, revision: revision + 1 }));
    preferences.setState({ openDraft: id });
  }

  function scheduleSave(): void {
    setSaved({ state: 'unsaved' });
    unsavedSince ??= now();
    const wait = Math.min(SAVE_PAUSE_MS, Math.max(0, unsavedSince + SAVE_AT_LEAST_MS - now()));
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), wait);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    unsavedSince = null;
    saving = saving.then(saveAll);
    return saving;
  }

  async function saveAll(): Promise<void> {
    const state = store.getState();
    if (state.state !== 'ready' || unsaved.size === 0) return;
    const due = state.drafts.filter((draft) => unsaved.has(draft.id));
    unsaved.clear();
    setSaved({ state: 'saving' });
    try {
      for (const draft of due) await library.saveDraft(draft);
      if (unsaved.size === 0) setSaved({ state: 'saved' });
    } catch (error) {
      for (const draft of due) unsaved.add(draft.id);
      setSaved({ state: 'failed', error: toKindredError(error, 'storage-failed') });
    }
  }

  function remove(id: DraftId): () => void {
    const removed = store.getState();
    const draft = removed.state === 'ready' ? removed.drafts.find((one) => one.id === id) : undefined;
    if (removed.state !== 'ready' || draft === undefined) return () => undefined;
    const rest = removed.drafts.filter((one) => one.id !== id);
    const drafts = rest.length > 0 ? rest : [empty()];
    const next = drafts[0];
    unsaved.delete(id);
    update(() => ({ drafts }));
    if (removed.open === id && next !== undefined) show(next.id);
    saving = saving
      .then(() => library.removeDraft(id))
      .catch((error: unknown) => {
        setSaved({ state: 'failed', error: toKindredError(error, 'storage-failed') });
      });
    return () => {
      update((ready) => ({ drafts: byLastEdited([draft, ...ready.drafts.filter((one) => !isUntouched(one))]) }));
      unsaved.add(id);
      show(removed.open);
      void flush();
    };
  }

  return Object.assign(store, {
    current,
    flush,
    remove,
    open: show,
    load: async () => {
      let drafts: Draft[] = [];
      let saved: SavedState = { state: 'saved' };
      try {
        drafts = byLastEdited(await library.listDrafts());
        preferences.keepDrafts(drafts.map(({ id }) => id));
      } catch (error) {
        saved = { state: 'failed', error: toKindredError(error, 'storage-failed') };
      }
      if (drafts.length === 0) drafts = [empty()];
      const { openDraft } = preferences.getState();
      const open = drafts.find((draft) => draft.id === openDraft) ?? drafts[0];
      if (open === undefined) return;
      const before = store.getState();
      const revision = before.state === 'ready' ? before.revision + 1 : 0;
      store.setState({ state: 'ready', drafts, open: open.id, saved, revision }, true);
      preferences.setState({ openDraft: open.id });
    },
    edit: (change: Partial<Pick<Draft, 'title' | 'body'>>) => {
      const draft = current();
      if (draft === null) return;
      const edited = { ...draft, ...change, updatedAt: now() };
      update(({ drafts }) => ({ drafts: [edited, ...drafts.filter((one) => one.id !== edited.id)] }));
      unsaved.add(edited.id);
      scheduleSave();
    },
    create: () => {
      const state = store.getState();
      if (state.state !== 'ready') return;
      const draft = state.drafts.find(isUntouched) ?? empty();
      update(({ drafts }) => ({ drafts: [draft, ...drafts.filter((one) => one.id !== draft.id)] }));
      show(draft.id);
    },
    dispose: () => clearTimeout(timer),
  });
}

/** An empty draft is not worth keeping beside a new one. */
const isUntouched = (draft: Draft): boolean => draft.title === '' && draft.body === '';

const byLastEdited = (drafts: Draft[]): Draft[] => [...drafts].sort((a, b) => b.updatedAt - a.updatedAt);
