// What the panel shows: asked for as the draft changes, newest answer wins, still while it is read.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { anyPost, isAbort, toKindredError } from '../core/index.ts';
import type {
  Amount,
  DraftId,
  KindredError,
  LibraryApi,
  PostChoice,
  PostId,
  Suggestion,
  SuggestionSet,
} from '../core/index.ts';
import { AskPause } from './askPause.ts';
import { createDismissals } from './dismissals.ts';
import type { DraftsStore } from './drafts.ts';
import { settlePanel } from './groups.ts';
import { paragraphStart } from './paragraphStart.ts';
import type { PreferencesStore } from './preferences.ts';

export type SuggestionsState = Shown &
  (
    | { state: 'waiting' }
    | { state: 'empty-draft' }
    | { state: 'ready'; basis: SuggestionSet['basis'] }
    | { state: 'failed'; error: KindredError }
  );

export interface Shown {
  /** For the whole draft, group after group. */
  draft: Suggestion[];
  /** For the paragraph at the caret. */
  paragraph: Suggestion[];
  /** Not shown before the last answer: these fade in. */
  fresh: PostId[];
  /** The suggestion that Alt with the arrow keys has reached. */
  active: PostId | null;
  /** Dismissed a moment ago: still in their place, with Undo. */
  leaving: PostId[];
  /** Only these are shown, until the page is loaded again. */
  only: PostChoice;
}

export type HoldReason = 'pointer' | 'focus' | 'keys';

export interface SuggestionsStore extends StoreApi<SuggestionsState> {
  /** Caret in the body, or null when the title has the focus. */
  setCaret(caret: number | null): void;
  /** Something else than the draft changed: posts or vectors. */
  refresh(): void;
  /** Shows other posts, or more or fewer of them; resolves once that is answered, with what is shown then. */
  choose(change: { amount?: Amount; only?: Partial<PostChoice> }): Promise<Shown>;
  /** Hold the list still for a reason, or let it go. */
  hold(reason: HoldReason, on: boolean): void;
  /** Moves through draft and paragraph suggestions, round the ends; returns the one reached. */
  move(step: 1 | -1): Suggestion | null;
  setActive(post: PostId | null): void;
  active(): Suggestion | null;
  dismiss(post: PostId): void;
  undoDismiss(post: PostId): void;
  /** Everything dismissed for the open draft comes back. */
  bringBack(): void;
  dispose(): void;
}

/** A pointer that has not moved for this long is not reading, once the author types. */
export const POINTER_REST_MS = 3_000;

interface Ports {
  library: Pick<LibraryApi, 'suggest'>;
  drafts: DraftsStore;
  preferences: PreferencesStore;
  now: () => number;
}

const nothing: Omit<Shown, 'only'> = { draft: [], paragraph: [], fresh: [], active: null, leaving: [] };

export function createSuggestions({ library, drafts, preferences, now }: Ports): SuggestionsStore {
  const store = createStore<SuggestionsState>(() => ({ state: 'waiting', ...nothing, only: anyPost }));
  const holds = new Set<HoldReason>();
  const pause = new AskPause();
  let pointerMovedAt = 0;
  let caret: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;
  let answer: SuggestionSet | null = null;
  let asked: { draft: DraftId; title: string; body: string; place: number | null } | null = null;

  function schedule(ms = pause.ms): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ms);
  }

  async function ask(): Promise<void> {
    const draft = drafts.current();
    if (draft === null) return;
    const place = caret === null ? null : paragraphStart(draft.body, caret);
    if (asked?.draft !== draft.id) forgetAnswer();
    asked = { draft: draft.id, title: draft.title, body: draft.body, place };
    asking?.abort();
    if (draft.title.trim() === '' && draft.body.trim() === '') {
      answer = null;
      store.setState({ state: 'empty-draft', ...nothing, only: store.getState().only }, true);
      return;
    }
    const controller = new AbortController();
    asking = controller;
    try {
      const { amount, except } = preferences.getState();
      const only = { ...store.getState().only, ...(except.length === 0 ? {} : { except }) };
      const query = { title: draft.title, body: draft.body, caret, ownPost: null, amount, only };
      const began = now();
      const set = await library.suggest(query, { signal: controller.signal });
      if (controller.signal.aborted) return;
      pause.note(now() - began);
      answer = set;
      show(set);
    } catch (error) {
      if (isAbort(error) || controller.signal.aborted) return;
      store.setState({ ...shownNow(), state: 'failed', error: toKindredError(error) }, true);
    }
  }

  function forgetAnswer(): void {
    answer = null;
    dismissals.forget();
    store.setState({ state: 'waiting', ...nothing, only: store.getState().only }, true);
  }

  function shownNow(): Shown {
    const { draft, paragraph, fresh, active, leaving, only } = store.getState();
    return { draft, paragraph, fresh, active, leaving, only };
  }

  function show(set: SuggestionSet): void {
    const before = store.getState();
    const dismissed = new Set(dismissals.all().filter((post) => !before.leaving.includes(post)));
    const wanted = (list: Suggestion[]): Suggestion[] => list.filter(({ post }) => !dismissed.has(post));
    const incoming = { draft: wanted(set.draft), paragraph: wanted(set.paragraph) };
    const { draft, paragraph, fresh } = settlePanel(before, incoming, holds.size > 0);
    const all = [...draft, ...paragraph];
    const active = all.some(({ post }) => post === before.active) ? before.active : null;
    const next = { draft, paragraph, fresh, active, leaving: before.leaving, only: before.only };
    store.setState({ ...next, state: 'ready', basis: set.basis }, true);
  }

  const dismissals = createDismissals({
    drafts,
    preferences,
    mayLeave: () => holds.size === 0,
    onLeaving: (leaving) => store.setState({ leaving }),
    onLeft: (gone) =>
      store.setState(({ draft, paragraph }) => ({
        draft: draft.filter(({ post }) => post !== gone),
        paragraph: paragraph.filter(({ post }) => post !== gone),
      })),
  });

  function choices(): Suggestion[] {
    const { draft, paragraph, leaving } = store.getState();
    return [...draft, ...paragraph].filter(({ post }) => !leaving.includes(post));
  }

  const active = (): Suggestion | null => choices().find(({ post }) => post === store.getState().active) ?? null;

  function hold(reason: HoldReason, on: boolean): void {
    if (on) holds.add(reason);
    else holds.delete(reason);
    if (on && reason === 'pointer') pointerMovedAt = now();
    if (on) return;
    if (holds.size === 0 && answer !== null && store.getState().state === 'ready') show(answer);
  }

  function setActive(post: PostId | null): void {
    store.setState({ active: post });
    hold('keys', post !== null);
  }

  const unsubscribe = drafts.subscribe(() => {
    const draft = drafts.current();
    if (draft === null) return;
    if (asked?.draft !== draft.id) {
      schedule(0);
    } else if (asked.title !== draft.title || asked.body !== draft.body) {
      if (now() - pointerMovedAt > POINTER_REST_MS) holds.delete('pointer');
      schedule();
    }
  });

  const unsubscribeExcept = preferences.subscribe((state, before) => {
    if (state.except !== before.except) schedule();
  });

  return Object.assign(store, {
    setCaret: (next: number | null) => {
      caret = next;
      const draft = drafts.current();
      if (draft === null || asked === null) return;
      const place = next === null ? null : paragraphStart(draft.body, next);
      if (asked.draft === draft.id && asked.body === draft.body && asked.place !== place) schedule();
    },
    refresh: () => schedule(),
    choose: async ({ amount, only }: { amount?: Amount; only?: Partial<PostChoice> }) => {
      if (amount !== undefined) preferences.setState({ amount });
      if (only !== undefined) store.setState((state) => ({ only: { ...state.only, ...only } }));
      clearTimeout(timer);
      // What the author asked for is no surprise under the pointer.
      holds.clear();
      await ask();
      return shownNow();
    },
    hold,
    active,
    setActive,
    move: (step: 1 | -1) => {
      const list = choices();
      const from = list.findIndex(({ post }) => post === store.getState().active);
      const start = from === -1 && step === -1 ? 0 : from;
      const reached = list[(start + step + list.length) % list.length] ?? null;
      setActive(reached?.post ?? null);
      return reached;
    },
    dismiss: (post: PostId) => {
      if (store.getState().active === post) {
        const list = choices();
        const after = list[list.findIndex((one) => one.post === post) + 1];
        setActive(after?.post ?? null);
      }
      dismissals.add(post);
    },
    undoDismiss: (post: PostId) => {
      dismissals.takeBack(post);
      if (answer !== null) show(answer);
    },
    bringBack: () => {
      dismissals.takeAllBack();
      if (answer !== null) show(answer);
    },
    dispose: () => {
      unsubscribe();
      unsubscribeExcept();
      clearTimeout(timer);
      asking?.abort();
      dismissals.forget();
    },
  });
}
