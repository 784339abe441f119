// What the page remembers by itself: appearance, open draft, carets, dismissals. The only file that touches localStorage.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Amount, DraftId, Exception, PostId } from '../core/index.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Contrast = 'system' | 'more';

/** Where the author was in a draft: offsets into its body in UTF-16 code units, and whether the text had the focus. */
export interface Caret {
  anchor: number;
  head: number;
  focused: boolean;
}

export interface Preferences {
  theme: Theme;
  contrast: Contrast;
  openDraft: DraftId | null;
  carets: Partial<Record<DraftId, Caret>>;
  dismissed: Partial<Record<DraftId, PostId[]>>;
  /** The demo was brought in once: an emptied library stays empty. */
  demoOffered: boolean;
  /** The author has own posts and wants the demo's beside them. */
  demoKept: boolean;
  /** How much is suggested. */
  amount: Amount;
  /** What is never suggested. */
  except: readonly Exception[];
  /** The line that explains the page was put away. */
  welcomed: boolean;
}

export interface PreferencesStore extends StoreApi<Preferences> {
  setCaret(draft: DraftId, caret: Caret): void;
  /** Forgets what is remembered about drafts that are gone. */
  keepDrafts(drafts: readonly DraftId[]): void;
  /** Another tab has written: takes over what it says, except which draft is open there. */
  reload(): void;
}

/** The part of Web Storage used here. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Where the page's storage has them. */
export const PREFERENCES_KEY = 'kindred.preferences';

/** From the surest suggestions alone to all that may be related. */
export const AMOUNTS = ['fewer', 'usual', 'more'] as const satisfies readonly Amount[];

export const defaultPreferences: Preferences = {
  theme: 'system',
  contrast: 'system',
  openDraft: null,
  carets: {},
  dismissed: {},
  demoOffered: false,
  demoKept: false,
  amount: 'usual',
  except: [],
  welcomed: false,
};

/** Storage of the page, or null where the browser refuses it; then preferences last until reload. */
export function pageStorage(): KeyValues | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export function createPreferences(storage: KeyValues | null): PreferencesStore {
  const store = createStore<Preferences>(() => read(storage));
  let reading = false;
  store.subscribe((preferences) => {
    if (reading) return;
    try {
      storage?.setItem(PREFERENCES_KEY, JSON.stringify(preferences));
    } catch {
      // Full or refused: these are conveniences, and the draft itself is saved elsewhere.
    }
  });
  return Object.assign(store, {
    reload: () => {
      reading = true;
      store.setState(({ openDraft }) => ({ ...read(storage), openDraft }));
      reading = false;
    },
    setCaret: (draft: DraftId, caret: Caret) =>
      store.setState(({ carets }) => ({ carets: { ...carets, [draft]: caret } })),
    keepDrafts: (drafts: readonly DraftId[]) =>
      store.setState(({ carets, dismissed }) => ({
        carets: only(carets, drafts),
        dismissed: only(dismissed, drafts),
      })),
  });
}

function only<T>(record: Partial<Record<DraftId, T>>, keys: readonly DraftId[]): Partial<Record<DraftId, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => keys.includes(name as DraftId)));
}

function read(storage: KeyValues | null): Preferences {
  try {
    return parsePreferences(JSON.parse(storage?.getItem(PREFERENCES_KEY) ?? '{}'));
  } catch {
    return defaultPreferences;
  }
}

/** Whatever a value holds of preferences; the rest as they are at first. */
export function parsePreferences(value: unknown): Preferences {
  if (!isRecord(value)) return defaultPreferences;
  const { theme, contrast, openDraft, carets, dismissed } = value;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    contrast: contrast === 'more' ? 'more' : 'system',
    openDraft: typeof openDraft === 'string' ? (openDraft as DraftId) : null,
    carets: entries(carets, isCaret),
    dismissed: entries(dismissed, isPostIds),
    demoOffered: value['demoOffered'] === true,
    demoKept: value['demoKept'] === true,
    amount: AMOUNTS.find((amount) => amount === value['amount']) ?? defaultPreferences.amount,
    except: Array.isArray(value['except']) ? value['except'].filter(isException) : [],
    welcomed: value['welcomed'] === true,
  };
}

function entries<T>(value: unknown, isValid: (item: unknown) => item is T): Partial<Record<DraftId, T>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => isValid(entry[1])));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCaret = (value: unknown): value is Caret =>
  isRecord(value) && Number.isInteger(value['anchor']) && Number.isInteger(value['head']) && 'focused' in value;

const isException = (value: unknown): value is Exception =>
  isRecord(value) &&
  ['source', 'folder', 'tag', 'language'].includes(String(value['by'])) &&
  typeof value['value'] === 'string';

const isPostIds = (value: unknown): value is PostId[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
