// The drafts and the one that is open: saved as typed, found again after a reload with the caret where it was.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { draftId, toKindredError } from '../core/index.ts';
import type { Draft, DraftId, KindredError, LibraryApi } from '../core/index.ts';
import { mergeDrafts } from './mergeDrafts.ts';
import type { PreferencesStore } from './preferences.ts';
import type { UnsavedDrafts } from './unsavedDrafts.ts';

export type SavedState =
  { state: 'saved' } | { state: 'unsaved' } | { state: 'saving' } | { state: 'failed'; error: KindredError };

/**
 * What another tab did to a draft that is open here: it changed it as well, so that what was written here is a draft of its
 * own now, or it deleted it.
 */
export type Elsewhere = { kind: 'both-changed'; other: DraftId } | { kind: 'removed'; draft: Draft };

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
      elsewhere: Elsewhere | null;
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
  /** Another tab has stored something: reads it. What is not saved here stays. Never rejects. */
  reload(): Promise<void>;
  /** Brings back the open draft that another tab has deleted. */
  bringBack(): void;
  dismissElsewhere(): void;
  dispose(): void;
}

export const SAVE_PAUSE_MS = 300;
/** Someone who types without a pause is saved this often. */
export const SAVE_AT_LEAST_MS = 2_000;

interface Ports {
  library: Pick<LibraryApi, 'listDrafts' | 'saveDraft' | 'removeDraft'>;
  preferences: PreferencesStore;
  kept: UnsavedDrafts;
  now: () => number;
  newId: () => string;
}

export function createDrafts({ library, preferences, kept, now, newId }: Ports): DraftsStore {
  const store = createStore<DraftsState>(() => ({ state: 'loading' }));
  const unsaved = new Set<DraftId>();
  /** On their way to the library or out of it. */
  const underWay = new Set<DraftId>();
  /** When the version was changed that is stored, as far as this tab knows. */
  const bases = new Map<DraftId, number>();
  /** Counts what was done here, and of each draft when last: what is read meanwhile is older. */
  let deeds = 0;
  const touched = new Map<DraftId, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsavedSince: number | null = null;
  let saving: Promise<void> = Promise.resolve();

  type Ready = Extract<DraftsState, { state: 'ready' }>;
  function update(change: (ready: Ready) => Partial<Ready>): void {
    const state = store.getState();
    if (state.state === 'ready') store.setState({ ...state, ...change(state) }, true);
  }

  const empty = (): Draft => ({ id: draftId(newId()), title: '', body: '', createdAt: now(), updatedAt: now() });
  const baseOf = (id: DraftId): number | null => bases.get(id) ?? null;
  const touch = (id: DraftId): void => void touched.set(id, ++deeds);
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
    kept.keep(dueNow().map((draft) => ({ draft, base: baseOf(draft.id) })));
    saving = saving.then(saveAll);
    return saving;
  }

  function dueNow(): Draft[] {
    const state = store.getState();
    return state.state === 'ready' ? state.drafts.filter(({ id }) => unsaved.has(id)) : [];
  }

  async function saveAll(): Promise<void> {
    const due = dueNow();
    if (due.length === 0) return;
    unsaved.clear();
    for (const { id } of due) underWay.add(id);
    setSaved({ state: 'saving' });
    try {
      for (const draft of due) {
        const other = await library.saveDraft(draft, { base: baseOf(draft.id) });
        touch(draft.id);
        underWay.delete(draft.id);
        if (other === null) bases.set(draft.id, draft.updatedAt);
        else keepBoth(other);
        kept.drop([draft]);
      }
      if (unsaved.size === 0) setSaved({ state: 'saved' });
      else scheduleSave();
    } catch (error) {
      for (const { id } of due) if (underWay.delete(id)) unsaved.add(id);
      setSaved({ state: 'failed', error: toKindredError(error, 'storage-failed') });
    }
  }

  /** Another tab has stored another version: that keeps its name, and what was written here becomes a draft of its own. */
  function keepBoth(other: Draft): void {
    bases.set(other.id, other.updatedAt);
    unsaved.delete(other.id);
    update(({ drafts, open, elsewhere }) => {
      const mine = drafts.find((draft) => draft.id === other.id);
      if (mine === undefined) return {};
      const fork = { ...mine, id: draftId(newId()), createdAt: now() };
      unsaved.add(fork.id);
      touch(fork.id);
      kept.keep([{ draft: fork, base: null }]);
      preferences.setState(({ dismissed }) => ({
        dismissed: { ...dismissed, [fork.id]: dismissed[other.id] ?? [] },
        ...(open === other.id ? { openDraft: fork.id } : {}),
      }));
      return {
        drafts: byLastEdited([fork, other, ...drafts.filter((draft) => draft !== mine)]),
        // The editor goes on with the same text: nothing moves under the author's hands.
        open: open === other.id ? fork.id : open,
        elsewhere: open === other.id ? { kind: 'both-changed', other: other.id } : elsewhere,
      };
    });
  }

  async function reload(): Promise<void> {
    const since = deeds;
    const stored = await library.listDrafts().catch(() => null);
    const state = store.getState();
    if (stored === null || state.state !== 'ready') return;
    const isMine = (id: DraftId): boolean => unsaved.has(id) || underWay.has(id) || (touched.get(id) ?? 0) > since;
    const { drafts, adopted, gone } = mergeDrafts(state.drafts, stored, { isMine, base: baseOf });
    for (const { id, updatedAt } of adopted) bases.set(id, updatedAt);
    for (const { id } of gone) bases.delete(id);
    if (adopted.length === 0 && gone.length === 0) return;
    if (drafts.length === 0) drafts.push(empty());
    const lost = gone.find(({ id }) => id === state.open);
    const next = lost === undefined ? undefined : drafts[0];
    update(() => ({ drafts, ...(lost === undefined ? {} : { elsewhere: { kind: 'removed', draft: lost } }) }));
    if (next !== undefined) show(next.id);
    else if (adopted.some(({ id }) => id === state.open)) update(({ revision }) => ({ revision: revision + 1 }));
  }

  function bringBack(draft: Draft, open: DraftId): void {
    update((ready) => ({
      drafts: byLastEdited([draft, ...ready.drafts.filter((one) => !isUntouched(one) && one.id !== draft.id)]),
      elsewhere: null,
    }));
    unsaved.add(draft.id);
    touch(draft.id);
    show(open);
    void flush();
  }

  function remove(id: DraftId): () => void {
    const removed = store.getState();
    const draft = removed.state === 'ready' ? removed.drafts.find((one) => one.id === id) : undefined;
    if (removed.state !== 'ready' || draft === undefined) return () => undefined;
    const rest = removed.drafts.filter((one) => one.id !== id);
    const drafts = rest.length > 0 ? rest : [empty()];
    const next = drafts[0];
    unsaved.delete(id);
    bases.delete(id);
    kept.drop([draft]);
    underWay.add(id);
    update(() => ({ drafts }));
    if (removed.open === id && next !== undefined) show(next.id);
    saving = saving
      .then(() => library.removeDraft(id))
      .catch((error: unknown) => {
        setSaved({ state: 'failed', error: toKindredError(error, 'storage-failed') });
      })
      .finally(() => {
        underWay.delete(id);
        touch(id);
      });
    return () => bringBack(draft, removed.open);
  }

  /** What an earlier page did not get to save: made from the versions that it had, so that it meets later ones. */
  function leftUnsaved(stored: readonly Draft[]): Draft[] {
    return kept.all().flatMap(({ draft, base }) => {
      const there = stored.find(({ id }) => id === draft.id);
      if (there !== undefined && isSame(there, draft)) {
        kept.drop([draft]);
        return [];
      }
      if (base === null) bases.delete(draft.id);
      else bases.set(draft.id, base);
      unsaved.add(draft.id);
      return [draft];
    });
  }

  return Object.assign(store, {
    current,
    flush,
    reload,
    remove,
    bringBack: () => {
      const state = store.getState();
      if (state.state === 'ready' && state.elsewhere?.kind === 'removed')
        bringBack(state.elsewhere.draft, state.elsewhere.draft.id);
    },
    dismissElsewhere: () => update(() => ({ elsewhere: null })),
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
      for (const { id, updatedAt } of drafts) bases.set(id, updatedAt);
      const left = leftUnsaved(drafts);
      drafts = byLastEdited([...left, ...drafts.filter(({ id }) => left.every((draft) => draft.id !== id))]);
      if (drafts.length === 0) drafts = [empty()];
      const { openDraft } = preferences.getState();
      const open = drafts.find((draft) => draft.id === openDraft) ?? drafts[0];
      if (open === undefined) return;
      const before = store.getState();
      const revision = before.state === 'ready' ? before.revision + 1 : 0;
      store.setState({ state: 'ready', drafts, open: open.id, saved, revision, elsewhere: null }, true);
      preferences.setState({ openDraft: open.id });
      if (unsaved.size > 0) void flush();
    },
    edit: (change: Partial<Pick<Draft, 'title' | 'body'>>) => {
      const draft = current();
      // What another tab has changed comes back from the editor, and is no edit.
      if (draft === null || isSame(draft, { ...draft, ...change })) return;
      const edited = { ...draft, ...change, updatedAt: now() };
      update(({ drafts }) => ({ drafts: [edited, ...drafts.filter((one) => one.id !== edited.id)] }));
      unsaved.add(edited.id);
      touch(edited.id);
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

const isSame = (a: Draft, b: Draft): boolean => a.title === b.title && a.body === b.body;

const byLastEdited = (drafts: Draft[]): Draft[] => [...drafts].sort((a, b) => b.updatedAt - a.updatedAt);
