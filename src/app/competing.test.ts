import { createStore } from 'zustand/vanilla';
import { expect, test, vi } from 'vitest';
import { postId, type CompetingReport, type LibraryApi, type LibraryStatus, type PostId } from '../core/index.ts';
import { fakeStatus } from '../testing/fakeStatus.ts';
import { makePair } from '../testing/makePair.ts';
import { createCompetingStore } from './competing.ts';
import type { StatusState } from './status.ts';

type Find = LibraryApi['findCompeting'];

const open = (posts: number): StatusState => ({
  state: 'open',
  status: fakeStatus('ready', { posts, embedded: posts, msPerPost: 1, change: null }) satisfies LibraryStatus,
});

function setUp(find: Find = () => Promise.resolve({ pairs: [makePair('b', 'a')], posts: 5 })) {
  const status = createStore<StatusState>(() => open(5));
  const ignoreCompeting = vi.fn(() => Promise.resolve());
  const ignored: [PostId, PostId][] = [];
  const ignoredPairs = (): Promise<[PostId, PostId][]> => Promise.resolve(ignored);
  const store = createCompetingStore({ findCompeting: find, ignoreCompeting, ignoredPairs }, status);
  return { store, status, ignoreCompeting, ignored };
}

/** A comparison that ends when it is told to. */
function held() {
  const calls: { options: Parameters<Find>[0]; finish: (report: CompetingReport) => void }[] = [];
  const find: Find = (options) =>
    new Promise((resolve, reject) => {
      calls.push({ options, finish: resolve });
      options?.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
    });
  return { calls, find };
}

test('shows progress, then the report', async () => {
  const { calls, find } = held();
  const { store } = setUp(find);
  const comparing = store.compare();
  expect(store.getState()).toEqual({ state: 'comparing', progress: null });
  const progress = { postsDone: 2, postsTotal: 5, elapsedMs: 10 };
  calls[0]?.options?.onProgress?.(progress);
  expect(store.getState()).toEqual({ state: 'comparing', progress });
  calls[0]?.finish({ pairs: [makePair('b', 'a')], posts: 5 });
  await comparing;
  expect(store.getState()).toMatchObject({ state: 'done', posts: 5, stale: false, pairs: [{ ignored: false }] });
});

test('compares once at a time', async () => {
  const { calls, find } = held();
  const { store } = setUp(find);
  void store.compare();
  await store.compare();
  expect(calls).toHaveLength(1);
});

test('a cancelled comparison leaves what was there, and its late news changes nothing', async () => {
  const { calls, find } = held();
  const { store } = setUp(find);
  const first = store.compare();
  calls[0]?.finish({ pairs: [makePair('b', 'a')], posts: 5 });
  await first;
  const second = store.compare();
  store.cancel();
  expect(store.getState()).toMatchObject({ state: 'done', posts: 5 });
  calls[1]?.options?.onProgress?.({ postsDone: 1, postsTotal: 5, elapsedMs: 1 });
  await second;
  expect(store.getState()).toMatchObject({ state: 'done', posts: 5 });
  expect(calls[1]?.options?.signal?.aborted).toBe(true);
});

test('says what failed', async () => {
  const { store } = setUp(() => Promise.reject(new Error('The worker ended.')));
  await store.compare();
  expect(store.getState()).toMatchObject({ state: 'failed', error: { message: 'The worker ended.' } });
});

test('an ignored pair keeps its place, is stored, and can be taken back', async () => {
  const { store, ignoreCompeting } = setUp(() =>
    Promise.resolve({ pairs: [makePair('b', 'a'), makePair('d', 'c')], posts: 5 }),
  );
  await store.compare();
  await store.ignore(makePair('b', 'a'), true);
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: true }, { ignored: false }] });
  await store.ignore(makePair('b', 'a'), false);
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: false }, { ignored: false }] });
  expect(ignoreCompeting.mock.calls).toEqual([
    [['b', 'a'], true],
    [['b', 'a'], false],
  ]);
});

test('a pair that was ignored in another tab is shown so here', async () => {
  const { store, ignored } = setUp();
  await store.reloadIgnored();
  expect(store.getState()).toEqual({ state: 'idle' });
  await store.compare();
  ignored.push([postId('a'), postId('b')]);
  await store.reloadIgnored();
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: true }] });
  ignored.length = 0;
  await store.reloadIgnored();
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: false }] });
});

test('what was asked for before a change of one’s own does not undo it', async () => {
  const { store, ignored } = setUp();
  await store.compare();
  const before = store.reloadIgnored();
  const own = store.ignore(makePair('b', 'a'), true);
  await Promise.all([before, own]);
  expect(ignored).toEqual([]);
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: true }] });
});

test('a pair that could not be stored is not shown as ignored', async () => {
  const { store, ignoreCompeting } = setUp();
  ignoreCompeting.mockRejectedValue(new Error('The disk is full.'));
  await store.compare();
  await store.ignore(makePair('b', 'a'), true);
  expect(store.getState()).toMatchObject({ pairs: [{ ignored: false }], failure: { message: 'The disk is full.' } });
});

test('is out of date once posts came or went', async () => {
  const { store, status } = setUp();
  await store.compare();
  status.setState(open(5), true);
  expect(store.getState()).toMatchObject({ stale: false });
  status.setState(open(6), true);
  expect(store.getState()).toMatchObject({ stale: true });
});
