import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import {
  KindredError,
  postId,
  type LibraryApi,
  type LibraryStatus,
  type PostId,
  type PostSummary,
} from '../core/index.ts';
import { rowId } from './ghosts.ts';
import { createPostsStore } from './postsStore.ts';
import type { StatusState } from './status.ts';
import { aloneInTab } from '../core/tabs.ts';

const post = (id: string, source = 'blog'): PostSummary => ({
  id: postId(id),
  kind: 'post',
  title: id,
  date: null,
  source,
  tags: [],
  words: 100,
  embedded: 1,
  passages: 1,
});

const quiet = { subscribe: () => () => undefined };
const openStatus: LibraryStatus = {
  posts: 1,
  passages: 50,
  vectors: 0,
  model: { state: 'idle' },
  models: { options: [], choice: null, change: null },
  plan: null,
  queue: { waiting: 0, done: 0, msPerPost: null, state: 'idle', reason: null },
  storage: {
    kind: 'indexeddb',
    reason: null,
    usedBytes: null,
    quotaBytes: null,
    databaseBytes: null,
    persisted: false,
    madeAt: null,
    damaged: [],
  },
  joined: 0,
  followed: 0,
  tabs: aloneInTab,
  embeddedThisSession: 0,
};

/** Keeps posts in order of title and removals until restored, like the real one as far as the store can see. */
function smallLibrary(...first: PostSummary[]) {
  let posts = first;
  const removals = new Map<string, PostSummary[]>();
  const asked: string[] = [];
  const remove = (gone: (post: PostSummary) => boolean) => {
    const id = `removal-${removals.size}`;
    removals.set(id, posts.filter(gone));
    posts = posts.filter((one) => !gone(one));
    return { id, count: removals.get(id)?.length ?? 0 };
  };
  const api: Pick<LibraryApi, 'listPosts' | 'removePosts' | 'clearPosts' | 'restorePosts'> = {
    listPosts: async ({ search, descending }) => {
      asked.push(search);
      const found = posts.filter(({ title }) => title.includes(search));
      return found.sort((a, b) => (a.title < b.title ? -1 : 1) * (descending ? -1 : 1));
    },
    removePosts: async (ids) => remove(({ id }) => ids.includes(id)),
    clearPosts: async () => remove(() => true),
    restorePosts: async (id) => {
      posts = [...posts, ...(removals.get(id) ?? [])];
      removals.delete(id);
    },
  };
  return { api: api as LibraryApi, asked, ids: () => posts.map(({ id }) => id).sort() };
}

async function shown(...posts: PostSummary[]) {
  const library = smallLibrary(...posts);
  const status = createStore<StatusState>(() => ({ state: 'opening' }));
  const store = createPostsStore(library.api, status);
  store.sortBy('title', false);
  await store.refresh();
  const rows = (): string[] =>
    store.getState().rows.map((row) => (row.kind === 'ghost' ? `(${rowId(row)})` : (rowId(row) as string)));
  return { library, store, status, rows };
}

const ids = (...names: string[]): PostId[] => names.map(postId);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list', () => {
  test('searches when typing pauses, once', async () => {
    const { library, store, rows } = await shown(post('apple'), post('apricot'), post('beet'));
    library.asked.length = 0;
    for (const search of ['a', 'ap', 'apr']) store.setSearch(search);
    await vi.advanceTimersByTimeAsync(1000);
    expect(library.asked.filter((search) => search !== '')).toEqual(['apr']);
    expect(rows()).toEqual(['apricot']);
  });

  test('counts the sources of the whole library while a search is on, largest first', async () => {
    const { store } = await shown(post('a', 'blog'), post('b', 'demo'), post('c', 'demo'));
    store.setSearch('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.getState().sources).toMatchObject([
      { source: 'demo', posts: 2 },
      { source: 'blog', posts: 1 },
    ]);
  });

  test('drops an answer that a newer question overtook', async () => {
    let answerSlowly: (posts: PostSummary[]) => void = () => undefined;
    const slow = new Promise<PostSummary[]>((resolve) => (answerSlowly = resolve));
    const answers = [slow, Promise.resolve([post('new')])];
    const listPosts = () => answers.shift() ?? Promise.resolve([]);
    const store = createPostsStore({ listPosts } as unknown as LibraryApi, quiet);
    const first = store.refresh();
    await store.refresh();
    answerSlowly([post('old')]);
    await first;
    expect(store.getState().rows.map(rowId)).toEqual(['new']);
  });

  test('is read again as the status changes, at most every two seconds, until nobody watches', async () => {
    const { library, store, status } = await shown(post('a'));
    const stop = store.watch();
    library.asked.length = 0;
    for (let vectors = 0; vectors < 50; vectors++) {
      status.setState({ state: 'open', status: { ...openStatus, vectors } });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(library.asked).toHaveLength(2);
    stop();
    status.setState({ state: 'open', status: { ...openStatus, vectors: 99 } });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(library.asked).toHaveLength(2);
  });

  test('says why it could not be read', async () => {
    const error = new KindredError('storage-failed', 'The database did not answer.');
    const store = createPostsStore({ listPosts: () => Promise.reject(error) } as unknown as LibraryApi, quiet);
    await store.refresh();
    expect(store.getState().list).toEqual({ state: 'failed', error });
  });
});

describe('deleting', () => {
  test('leaves a ghost in the place of one post, and undo puts the post back there', async () => {
    const { library, store, rows } = await shown(post('a'), post('b'), post('c'));
    await store.removeOne(postId('b'));
    expect(rows()).toEqual(['a', '(b)', 'c']);
    expect(library.ids()).toEqual(['a', 'c']);
    await store.restoreGhost(store.getState().ghosts[0]?.removal ?? '');
    expect(rows()).toEqual(['a', 'b', 'c']);
    expect(library.ids()).toEqual(['a', 'b', 'c']);
  });

  test('moves the undo of ghosts to the bar when order or search change', async () => {
    const { library, store, rows } = await shown(post('a'), post('b'), post('c'));
    await store.removeOne(postId('a'));
    await store.removeOne(postId('b'));
    store.sortBy('title', true);
    await vi.advanceTimersByTimeAsync(0);
    expect(rows()).toEqual(['c']);
    expect(store.getState().removed?.count).toBe(2);
    await store.restoreRemoved();
    expect(library.ids()).toEqual(['a', 'b', 'c']);
    expect(store.getState().removed).toBeNull();
  });

  test('that is being undone is not counted in the bar when order or search change meanwhile', async () => {
    const { library, store, rows } = await shown(post('a'), post('b'), post('c'));
    await store.removeOne(postId('b'));
    const restore = library.api.restorePosts.bind(library.api);
    let answer = (): void => undefined;
    library.api.restorePosts = async (id) => {
      await restore(id);
      await new Promise<void>((resolve) => (answer = resolve));
    };
    const undone = store.restoreGhost(store.getState().ghosts[0]?.removal ?? '');
    await vi.advanceTimersByTimeAsync(0);
    store.setSearch('');
    await vi.advanceTimersByTimeAsync(0);
    expect(rows()).toEqual(['a', 'b', 'c']);
    await store.clear();
    expect(store.getState().removed?.count).toBe(3);
    answer();
    await undone;
    expect(store.getState().removed?.count).toBe(3);
  });

  test('whose undo fails after the list changed keeps its undo in the bar', async () => {
    const { library, store } = await shown(post('a'), post('b'));
    await store.removeOne(postId('b'));
    let fail = (): void => undefined;
    library.api.restorePosts = () => new Promise((_, reject) => (fail = () => reject(new Error('gone'))));
    const undone = store.restoreGhost(store.getState().ghosts[0]?.removal ?? '');
    store.sortBy('title', true);
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState().removed).toBeNull();
    fail();
    await undone;
    expect(store.getState().removed?.count).toBe(1);
    expect(store.getState().failure).not.toBeNull();
  });

  test('of several, of a source and of all is undone from the bar, together', async () => {
    const { library, store } = await shown(post('a'), post('b'), post('c', 'demo'), post('d', 'demo'), post('e'));
    await store.removeMany(ids('a', 'b'));
    expect(library.ids()).toEqual(['c', 'd', 'e']);
    await store.removeSource('demo');
    expect(library.ids()).toEqual(['e']);
    await store.clear();
    expect(library.ids()).toEqual([]);
    expect(store.getState().removed?.count).toBe(5);
    await store.restoreRemoved();
    expect(library.ids()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('that fails leaves the list as it is and says why', async () => {
    const { library, store, rows } = await shown(post('a'));
    library.api.removePosts = () => Promise.reject(new KindredError('storage-blocked', 'Another tab holds it.'));
    await store.removeOne(postId('a'));
    expect(rows()).toEqual(['a']);
    expect(store.getState().failure?.code).toBe('storage-blocked');
  });
});
