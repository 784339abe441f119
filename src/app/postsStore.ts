// The list of posts as the library view shows it: query, answer, what was deleted and can come back.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toKindredError, type KindredError, type LibraryApi, type PostId, type PostQuery } from '../core/index.ts';
import type { PostSummary } from '../core/index.ts';
import { placeGhosts, postOf, rowId, type Ghost, type Row } from './ghosts.ts';

/** Typing is over when no key came for this long. */
const SEARCH_PAUSE_MS = 150;
/** While posts are being embedded the list is read again at most this often. */
const REFRESH_EVERY_MS = 2000;

export type PostList =
  { state: 'loading' } | { state: 'ready'; posts: PostSummary[] } | { state: 'failed'; error: KindredError };

export interface SourceCount {
  source: string;
  posts: number;
}

/** Posts deleted together, put back from the bar above the list. */
export interface Removed {
  ids: string[];
  count: number;
}

export interface PostsStore {
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

  setSearch(search: string): void;
  sortBy(sort: PostQuery['sort'], descending: boolean): void;
  refresh(): Promise<void>;
  /** Reads the list again soon, at most every two seconds however often it is called. */
  refreshSoon(): void;
  removeOne(id: PostId): Promise<void>;
  removeMany(ids: PostId[]): Promise<void>;
  removeSource(source: string): Promise<void>;
  clear(): Promise<void>;
  restoreGhost(removal: string): Promise<void>;
  restoreRemoved(): Promise<void>;
  dismissRemoved(): void;
  dispose(): void;
}

const firstQuery: PostQuery = { search: '', sort: 'date', descending: true };

export function createPostsStore(library: LibraryApi): StoreApi<PostsStore> {
  let typing: ReturnType<typeof setTimeout> | null = null;
  let soon: ReturnType<typeof setTimeout> | null = null;
  let call = 0;

  return createStore<PostsStore>()((set, get) => {
    function show(change: Partial<Pick<PostsStore, 'list' | 'ghosts' | 'removed' | 'query'>>): void {
      const next = { ...get(), ...change };
      const posts = next.list.state === 'ready' ? next.list.posts : [];
      set({ ...change, rows: placeGhosts(posts, next.ghosts) });
    }

    /** Another order or another search has no place for a ghost: the bar above the list keeps its undo. */
    function collectGhosts(): Pick<PostsStore, 'ghosts' | 'removed'> {
      const { ghosts, removed } = get();
      if (ghosts.length === 0) return { ghosts, removed };
      const ids = [...(removed?.ids ?? []), ...ghosts.map((ghost) => ghost.removal)];
      return { ghosts: [], removed: { ids, count: (removed?.count ?? 0) + ghosts.length } };
    }

    async function refresh(): Promise<void> {
      const mine = ++call;
      const { query } = get();
      try {
        const posts = await library.listPosts(query);
        const all = query.search === '' ? posts : await library.listPosts({ ...query, search: '' });
        if (mine !== call) return;
        set({ sources: countSources(all) });
        show({ list: { state: 'ready', posts } });
      } catch (error) {
        if (mine === call) show({ list: { state: 'failed', error: toKindredError(error) } });
      }
    }

    async function attempt(work: () => Promise<void>): Promise<void> {
      set({ failure: null });
      try {
        await work();
      } catch (error) {
        set({ failure: toKindredError(error) });
      }
      await refresh();
    }

    async function removeTogether(remove: () => Promise<{ id: string; count: number }>): Promise<void> {
      await attempt(async () => {
        const removal = await remove();
        const { removed } = collectGhosts();
        show({
          ghosts: [],
          removed: { ids: [...(removed?.ids ?? []), removal.id], count: (removed?.count ?? 0) + removal.count },
        });
      });
    }

    return {
      query: firstQuery,
      list: { state: 'loading' },
      rows: [],
      sources: [],
      ghosts: [],
      removed: null,
      failure: null,

      setSearch(search) {
        show({ query: { ...get().query, search }, ...collectGhosts() });
        if (typing !== null) clearTimeout(typing);
        typing = setTimeout(() => void refresh(), search === '' ? 0 : SEARCH_PAUSE_MS);
      },

      sortBy(sort, descending) {
        show({ query: { ...get().query, sort, descending }, ...collectGhosts() });
        void refresh();
      },

      refresh,

      refreshSoon() {
        soon ??= setTimeout(() => {
          soon = null;
          void refresh();
        }, REFRESH_EVERY_MS);
      },

      removeOne: (id) =>
        attempt(async () => {
          const { rows } = get();
          const index = rows.findIndex((row) => row.kind === 'post' && row.post.id === id);
          const row = rows[index];
          const above = rows[index - 1];
          const removal = await library.removePosts([id]);
          if (row?.kind !== 'post') return;
          const after = above === undefined ? null : rowId(above);
          const ghost: Ghost = { removal: removal.id, post: row.post, after };
          const { list, ghosts } = get();
          if (list.state !== 'ready') return;
          const posts = list.posts.filter((post) => post.id !== id);
          show({ list: { state: 'ready', posts }, ghosts: [...ghosts, ghost] });
        }),

      removeMany: (ids) => removeTogether(() => library.removePosts(ids)),

      removeSource: (source) =>
        removeTogether(async () => {
          const all = await library.listPosts(firstQuery);
          return library.removePosts(all.filter((post) => post.source === source).map((post) => post.id));
        }),

      clear: () => removeTogether(() => library.clearPosts()),

      restoreGhost: (removal) =>
        attempt(async () => {
          await library.restorePosts(removal);
          const { rows } = get();
          const back = (row: Row): boolean => row.kind === 'post' || row.ghost.removal === removal;
          show({
            list: { state: 'ready', posts: rows.filter(back).map(postOf) },
            ghosts: get().ghosts.filter((ghost) => ghost.removal !== removal),
          });
        }),

      restoreRemoved: () =>
        attempt(async () => {
          for (let left = get().removed; left !== null; left = get().removed) {
            const id = left.ids.at(-1);
            if (id !== undefined) await library.restorePosts(id);
            show({ removed: id === undefined ? null : { ...left, ids: left.ids.slice(0, -1) } });
          }
        }),

      dismissRemoved: () => show({ removed: null }),

      dispose() {
        if (typing !== null) clearTimeout(typing);
        if (soon !== null) clearTimeout(soon);
        call += 1;
      },
    };
  });
}

function countSources(posts: readonly PostSummary[]): SourceCount[] {
  const counts = new Map<string, number>();
  for (const { source } of posts) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({ source, posts: count })).sort((a, b) => b.posts - a.posts);
}
