// The report of posts that say the same: compared on demand, ignored pairs remembered, never older than it says.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAbort, toKindredError } from '../core/index.ts';
import type { CompetingPair, CompetingProgress, KindredError, LibraryApi } from '../core/index.ts';
import type { StatusStore } from './status.ts';

export type CompetingState =
  | { state: 'idle' }
  | { state: 'comparing'; progress: CompetingProgress | null }
  | {
      state: 'done';
      /** Most alike first. A pair that is ignored keeps its place. */
      pairs: CompetingPair[];
      /** Posts that were compared. */
      posts: number;
      /** Posts came or went since. */
      stale: boolean;
      /** An ignored pair that could not be stored. */
      failure: KindredError | null;
    }
  | { state: 'failed'; error: KindredError };

export interface CompetingStore extends StoreApi<CompetingState> {
  /** Compares all posts; resolves when it has ended, however. One comparison at a time. */
  compare(): Promise<void>;
  /** Stops a comparison; what was shown before it comes back. */
  cancel(): void;
  /** Lets a pair stand, or takes that back; shown at once. */
  ignore(pair: CompetingPair, ignored: boolean): Promise<void>;
  /** Another tab has let a pair stand, or taken that back. Never rejects. */
  reloadIgnored(): Promise<void>;
  /** Puts the report away. */
  close(): void;
  dispose(): void;
}

type Ports = Pick<LibraryApi, 'findCompeting' | 'ignoreCompeting' | 'ignoredPairs'>;

/** @param status tells of posts that came or went, wherever that began */
export function createCompetingStore(
  library: Ports,
  status: Pick<StatusStore, 'subscribe' | 'getState'>,
): CompetingStore {
  const store = createStore<CompetingState>(() => ({ state: 'idle' }));
  const set = (state: CompetingState): void => store.setState(state, true);
  let running: AbortController | null = null;
  let before: CompetingState = { state: 'idle' };
  /** Grows with each change made here and with its end: what was asked for before it may be out of date. */
  let changes = 0;

  const postsNow = (): number | null => {
    const now = status.getState();
    return now.state === 'open' ? now.status.posts : null;
  };

  const unsubscribe = status.subscribe(() => {
    const shown = store.getState();
    if (shown.state === 'done' && !shown.stale && postsNow() !== null && postsNow() !== shown.posts)
      set({ ...shown, stale: true });
  });

  async function compare(): Promise<void> {
    if (running !== null) return;
    const mine = new AbortController();
    running = mine;
    before = store.getState();
    set({ state: 'comparing', progress: null });
    try {
      const onProgress = (progress: CompetingProgress): void => {
        if (running === mine) set({ state: 'comparing', progress });
      };
      const { pairs, posts } = await library.findCompeting({ signal: mine.signal, onProgress });
      if (running !== mine) return;
      const now = postsNow();
      set({ state: 'done', pairs, posts, stale: now !== null && now !== posts, failure: null });
    } catch (error) {
      if (running !== mine || isAbort(error)) return;
      set({ state: 'failed', error: toKindredError(error) });
    } finally {
      if (running === mine) running = null;
    }
  }

  function mark(pair: CompetingPair, ignored: boolean, failure: KindredError | null): void {
    const shown = store.getState();
    if (shown.state !== 'done') return;
    const pairs = shown.pairs.map((one) => (isSamePair(one, pair) ? { ...one, ignored } : one));
    set({ ...shown, pairs, failure });
  }

  return Object.assign(store, {
    compare,
    cancel: () => {
      if (running === null) return;
      running.abort();
      running = null;
      set(before.state === 'done' ? before : { state: 'idle' });
    },
    ignore: async (pair: CompetingPair, ignored: boolean) => {
      changes++;
      mark(pair, ignored, null);
      try {
        await library.ignoreCompeting([pair.posts[0].id, pair.posts[1].id], ignored);
      } catch (error) {
        mark(pair, !ignored, toKindredError(error));
      } finally {
        changes++;
      }
    },
    reloadIgnored: async () => {
      if (store.getState().state !== 'done') return;
      const seen = changes;
      const ignored = await library.ignoredPairs().catch(() => null);
      const shown = store.getState();
      if (ignored === null || changes !== seen || shown.state !== 'done') return;
      const isIgnored = ({ posts: [a, b] }: CompetingPair): boolean =>
        ignored.some((pair) => pair.includes(a.id) && pair.includes(b.id));
      set({ ...shown, pairs: shown.pairs.map((pair) => ({ ...pair, ignored: isIgnored(pair) })) });
    },
    close: () => {
      if (running === null) set({ state: 'idle' });
    },
    dispose: () => {
      unsubscribe();
      running?.abort();
      running = null;
    },
  });
}

const isSamePair = (a: CompetingPair, b: CompetingPair): boolean =>
  a.posts[0].id === b.posts[0].id && a.posts[1].id === b.posts[1].id;
