// The list of posts as the library view shows it: query, answer, what was deleted and can come back.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toKindredError, type KindredError, type LibraryApi, type PostId, type PostQuery } from '../core/index.ts';
import type { PostSummary, Removal } from '../core/index.ts';
import { placeGhosts, postOf, rowId, type Ghost, type Row } from './ghosts.ts';
import { countSources, type SourceCount } from './sourceCounts.ts';
import type { StatusState, StatusStore } from './status.ts';

/** Typing is over when no key came for this long. */
const SEARCH_PAUSE_MS = 150;
/** While posts are being embedded the list is read again at most this often. */
const REFRESH_EVERY_MS = 2000;

export type PostList =
  { state: 'loading' } | { state: 'ready'; posts: PostSummary[] } | { state: 'failed'; error: KindredError };

/** Posts deleted together, put back from the bar above the list. */
export interface Removed {
  ids: string[];
  count: number;
}

export interface PostsState {
  query: PostQuery;
  list: PostList;
  /** The list with what was just deleted in its place. */
  rows: Row[];
  /** Of the whole library, whatever is searched; largest first. */
  sources: SourceCount[];
  ghosts: Ghost[];
  removed: Removed | null;
  /** A deletion or restoration that failed. */
  failure: KindredError | null;
}

export interface PostsStore extends StoreApi<PostsState> {
  /** Reads the list and reads it again as the status changes, until the returned function is called. */
  watch(): () => void;
  setSearch(search: string): void;
  sortBy(sort: PostQuery['sort'], descending: boolean): void;
  refresh(): Promise<void>;
  removeOne(id: PostId): Promise<void>;
  removeMany(ids: PostId[]): Promise<void>;
  removeSource(source: string): Promise<void>;
  clear(): Promise<void>;
  restoreGhost(removal: string): Promise<void>;
  restoreRemoved(): Promise<void>;
  /** Puts the bar away; what it would have restored can't come back after it. */
  dismissRemoved(): void;
  dispose(): void;
}

const firstQuery: PostQuery = { search: '', sort: 'date', descending: true };
const firstState: PostsState = {
  query: firstQuery,
  list: { state: 'loading' },
  rows: [],
  sources: [],
  ghosts: [],
  removed: null,
  failure: null,
};

/** @param status tells of posts and vectors that came or went, wherever that began */
export function createPostsStore(library: LibraryApi, status: Pick<StatusStore, 'subscribe'>): PostsStore {
  const store = createStore<PostsState>(() => firstState);
  let typing: ReturnType<typeof setTimeout> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let call = 0;

  function show(change: Partial<PostsState>): void {
    const next = { ...store.getState(), ...change };
    const posts = next.list.state === 'ready' ? next.list.posts : [];
    store.setState({ ...next, rows: placeGhosts(posts, next.ghosts) }, true);
  }

  /** Removals that are being undone: their posts may be back in the list before the library says so. */
  const returning = new Set<string>();

  /** Another order or another search has no place for a ghost: the bar above the list keeps its undo. */
  function collectGhosts(): Pick<PostsState, 'ghosts' | 'removed'> {
    const { ghosts, removed } = store.getState();
    const ids = ghosts.map((ghost) => ghost.removal).filter((id) => !returning.has(id));
    return { ghosts: [], removed: ids.length === 0 ? removed : addRemoved(removed, ids, ids.length) };
  }

  async function refresh(): Promise<void> {
    const mine = ++call;
    const { query } = store.getState();
    try {
      const posts = await library.listPosts(query);
      const all = query.search === '' ? posts : await library.listPosts({ ...query, search: '' });
      if (mine === call) show({ list: { state: 'ready', posts }, sources: countSources(all) });
    } catch (error) {
      if (mine === call) show({ list: { state: 'failed', error: toKindredError(error) } });
    }
  }

  function refreshSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined;
      void refresh();
    }, REFRESH_EVERY_MS);
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    store.setState({ failure: null });
    try {
      await work();
    } catch (error) {
      store.setState({ failure: toKindredError(error) });
    }
    await refresh();
  }

  const removeTogether = (remove: () => Promise<Removal>): Promise<void> =>
    attempt(async () => {
      const { id, count } = await remove();
      const { removed, ghosts } = collectGhosts();
      show({ ghosts, removed: addRemoved(removed, [id], count) });
    });

  const removeOne = (id: PostId): Promise<void> =>
    attempt(async () => {
      const removal = await library.removePosts([id]);
      const { rows, list, ghosts } = store.getState();
      const index = rows.findIndex((row) => row.kind === 'post' && row.post.id === id);
      const row = rows[index];
      const above = rows[index - 1];
      if (row === undefined || list.state !== 'ready') return;
      const after = above === undefined ? null : rowId(above);
      const posts = list.posts.filter((post) => post.id !== id);
      const ghost = { removal: removal.id, post: postOf(row), after };
      show({ list: { state: 'ready', posts }, ghosts: [...ghosts, ghost] });
    });

  const restoreGhost = (removal: string): Promise<void> =>
    attempt(async () => {
      returning.add(removal);
      try {
        await library.restorePosts(removal);
      } catch (error) {
        const { ghosts, removed } = store.getState();
        if (!ghosts.some((ghost) => ghost.removal === removal)) show({ removed: addRemoved(removed, [removal], 1) });
        throw error;
      } finally {
        returning.delete(removal);
      }
      const { rows, ghosts } = store.getState();
      const back = (row: Row): boolean => row.kind === 'post' || row.ghost.removal === removal;
      show({
        list: { state: 'ready', posts: rows.filter(back).map(postOf) },
        ghosts: ghosts.filter((ghost) => ghost.removal !== removal),
      });
    });

  const restoreRemoved = (): Promise<void> =>
    attempt(async () => {
      for (let left = store.getState().removed; left !== null; left = store.getState().removed) {
        const id = left.ids.at(-1);
        if (id !== undefined) await library.restorePosts(id);
        show({ removed: id === undefined ? null : { ...left, ids: left.ids.slice(0, -1) } });
      }
    });

  return Object.assign(store, {
    watch: () => {
      void refresh();
      const unsubscribe = status.subscribe((state, before) => {
        if (countsOf(state) !== countsOf(before)) refreshSoon();
      });
      return () => {
        unsubscribe();
        clearTimeout(soon);
        soon = undefined;
      };
    },
    setSearch: (search: string) => {
      show({ query: { ...store.getState().query, search }, ...collectGhosts() });
      clearTimeout(typing);
      typing = setTimeout(() => void refresh(), search === '' ? 0 : SEARCH_PAUSE_MS);
    },
    sortBy: (sort: PostQuery['sort'], descending: boolean) => {
      show({ query: { ...store.getState().query, sort, descending }, ...collectGhosts() });
      void refresh();
    },
    refresh,
    removeOne,
    removeMany: (ids: PostId[]) => removeTogether(() => library.removePosts(ids)),
    removeSource: (source: string) =>
      removeTogether(async () => {
        const all = await library.listPosts(firstQuery);
        return library.removePosts(all.filter((post) => post.source === source).map((post) => post.id));
      }),
    clear: () => removeTogether(() => library.clearPosts()),
    restoreGhost,
    restoreRemoved,
    dismissRemoved: () => show({ removed: null }),
    dispose: () => {
      clearTimeout(typing);
      clearTimeout(soon);
      call += 1;
    },
  });
}

const addRemoved = (removed: Removed | null, ids: string[], count: number): Removed => ({
  ids: [...(removed?.ids ?? []), ...ids],
  count: (removed?.count ?? 0) + count,
});

/** Changes whenever a row could read differently. */
const countsOf = (state: StatusState): string =>
  state.state === 'open'
    ? [
        state.status.posts,
        state.status.joined,
        state.status.passages,
        state.status.vectors,
        state.status.tabs.changes.posts,
      ].join(' ')
    : '';
