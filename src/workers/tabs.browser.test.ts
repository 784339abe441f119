// The shipped library workers of several tabs in a real browser: its locks, its channels, its database.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LibraryApi } from '../core/libraryApi.ts';
import { blog, file, markdownPost } from '../testing/libraryHarness.ts';
import { connect } from './rpc/index.ts';
import { LEADER_LOCK } from './tabs/platform.ts';

const SLOW = { timeout: 240_000 };
const LIST = new URL('/src/testing/models/models.json', location.origin).href;
const workers: Worker[] = [];

/** A tab as far as its worker goes; several in one page are as good as in several. */
async function openTab(): Promise<{ library: LibraryApi; worker: Worker }> {
  const name = crypto.randomUUID();
  const worker = new Worker(new URL('./library.worker.ts', import.meta.url), { type: 'module', name });
  workers.push(worker);
  const library = connect<LibraryApi>(worker, 'The library').remote;
  await library.open({ provider: 'wasm', modelList: LIST });
  return { library, worker };
}

beforeEach(() => deleteDB('kindred'));
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  await vi.waitFor(async () => {
    const { held } = await navigator.locks.query();
    if (held?.some(({ name }) => name === LEADER_LOCK)) throw new Error('a worker still holds the library');
  });
});

test(
  'three tabs share one library, and the next does the work when one is gone in the middle of it',
  SLOW,
  async () => {
    const [first, second, third] = [await openTab(), await openTab(), await openTab()];
    const where = async () =>
      Promise.all([first, second, third].map(async ({ library }) => (await library.status()).tabs.here));
    expect(await where()).toEqual([true, false, false]);
    await second.library.importFiles([...blog], { source: 'blog' });
    const titles = async ({ library }: typeof first) =>
      (await library.listPosts({ search: '', sort: 'title', descending: false })).map(({ title }) => title);
    for (const tab of [first, second, third]) expect(await titles(tab)).toEqual(['Bread', 'Pager', 'Tides']);

    const many = Array.from({ length: 400 }, (_, n) => file(`p${n}.md`, markdownPost(`Post ${n}`, `Number ${n}.`)));
    let seen = 0;
    const report = second.library.importFiles(many, {
      source: 'many',
      onProgress: ({ postsFound }) => {
        if (postsFound > 100) first.worker.terminate();
        seen = postsFound;
      },
    });
    const { added, unchanged, issues } = await report;
    expect(seen).toBe(400);
    expect(new Set(added).size).toBe(400);
    expect({ unchanged, issues }).toEqual({ unchanged: 0, issues: [] });
    expect(await titles(third)).toHaveLength(403);
    await vi.waitFor(
      async () => expect((await second.library.status()).tabs).toMatchObject({ why: 'closed', open: 2 }),
      { timeout: 20_000, interval: 50 },
    );

    const { id } = await report;
    await third.library.undoImport(id);
    expect(await titles(second)).toEqual(['Bread', 'Pager', 'Tides']);
  },
);

test('an aborted call of another tab is aborted there, and its progress is told here', SLOW, async () => {
  const [, second] = [await openTab(), await openTab()];
  const many = Array.from({ length: 300 }, (_, n) => file(`p${n}.md`, markdownPost(`Post ${n}`, `Number ${n}.`)));
  const stop = new AbortController();
  const progress: number[] = [];
  const report = second.library.importFiles(many, {
    source: 'many',
    signal: stop.signal,
    onProgress: ({ postsFound }) => {
      progress.push(postsFound);
      stop.abort();
    },
  });
  await expect(report).rejects.toMatchObject({ name: 'AbortError' });
  expect(progress.length).toBeGreaterThan(0);
  await vi.waitFor(async () => expect((await second.library.status()).posts).toBeLessThan(300));
});
