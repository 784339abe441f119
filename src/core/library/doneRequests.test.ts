// Requests that come again, as when the tab that did the work is gone before it answered: done once, reported whole.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { file, manyPosts, markdownPost, useLibraries } from '../../testing/libraryHarness.ts';
import type { LibraryApi } from '../libraryApi.ts';
import type { Backend } from '../store/backend.ts';
import { createMemoryBackend } from '../store/memoryBackend.ts';
import { createRequestRepository } from '../store/requests.ts';
import { DIGESTS } from '../store/schema.ts';
import { DoneRequests } from './doneRequests.ts';

const libraries = useLibraries();
const titles = async (library: LibraryApi): Promise<string[]> =>
  (await library.listPosts({ search: '', sort: 'title', descending: false })).map(({ title }) => title);
const open = (): LibraryApi => libraries.open(fakeModel(fakeEmbedder()));

/** Calls back once so many transactions have written posts, which is never without their digests. */
function afterPostWrites(backend: Backend, times: number, then: () => void): Backend {
  let writes = 0;
  return {
    kind: backend.kind,
    run: async (stores, mode, work, durability) => {
      const result = await backend.run(stores, mode, work, durability);
      if (mode === 'readwrite' && stores.includes(DIGESTS) && ++writes === times) then();
      return result;
    },
    close: () => backend.close(),
  };
}

describe('a request sent again', () => {
  it('goes on with an import where it was cut off, reports it as one, and undoes it as one', async () => {
    const stop = new AbortController();
    // The first batch of the import that is cut off: the post before it was the first.
    const wrap = (backend: Backend): Backend => afterPostWrites(backend, 2, () => stop.abort());
    const first = libraries.open(fakeModel(fakeEmbedder()), { wrap });
    await first.importFiles([file('p0.md', markdownPost('Post 0', 'As it was before.'))], { source: 'blog' });
    const files = manyPosts(130);
    const id = 'import-of-a-tab';
    await expect(first.importFiles(files, { source: 'blog', id, signal: stop.signal })).rejects.toThrow();
    const stored = (await first.status()).posts;
    expect(stored).toBeGreaterThan(1);
    expect(stored).toBeLessThan(130);
    await libraries.close(first);

    const second = open();
    const report = await second.importFiles(files, { source: 'blog', id });
    expect(report).toMatchObject({ id, added: { length: 129 }, changed: { length: 1 }, unchanged: 0, issues: [] });
    expect(new Set(report.added).size).toBe(129);
    await libraries.close(second);

    const third = open();
    const again = await third.importFiles(files, { source: 'blog', id });
    expect({ ...again, added: [...again.added].sort() }).toEqual({ ...report, added: [...report.added].sort() });
    await third.undoImport(id);
    expect(await titles(third)).toEqual(['Post 0']);
    const [post] = await third.listPosts({ search: 'before', sort: 'title', descending: false });
    expect(post?.title).toBe('Post 0');
    await libraries.close(third);

    const fourth = open();
    await fourth.importFiles(files.slice(5, 6), { source: 'blog' });
    await fourth.undoImport(id);
    expect(await titles(fourth)).toEqual(['Post 0', 'Post 5']);
  });

  it('takes posts out once, and puts them back in another visit', async () => {
    const first = open();
    const { added } = await first.importFiles(manyPosts(250), { source: 'blog' });
    const removal = await first.removePosts(added, { id: 'all' });
    expect(removal).toEqual({ id: 'all', count: 250 });
    await first.importFiles(manyPosts(3), { source: 'blog' });
    expect(await first.removePosts(added, { id: 'all' })).toEqual(removal);
    expect((await first.status()).posts).toBe(3);
    await libraries.close(first);

    const second = open();
    await second.restorePosts('all');
    expect((await second.status()).posts).toBe(250);
    await second.clearPosts({ id: 'cleared' });
    await second.restorePosts('all');
    expect((await second.status()).posts).toBe(0);
    expect(await second.clearPosts({ id: 'cleared' })).toEqual({ id: 'cleared', count: 250 });
  });

  it('is known however many came with it, and for a while after', async () => {
    let time = 1_000_000;
    const requests = createRequestRepository(createMemoryBackend());
    const done = new DoneRequests({ requests, now: () => time, onForget: () => undefined });
    const ids = Array.from({ length: 60 }, (_, number) => `removal-${number}`);
    for (const id of ids) {
      await done.noteNothing(id);
      time += 10;
    }
    const known = async () => (await Promise.all(ids.map((id) => done.find(id)))).filter((found) => found !== null);
    await done.trim();
    expect(await known()).toHaveLength(60);
    time += 121_000;
    await done.trim();
    expect(await known()).toHaveLength(40);
    expect(await done.find('removal-19')).toBeNull();
    expect(await done.find('removal-20')).not.toBeNull();
  });

  it('stops only the imports that are named', async () => {
    const library = open();
    const run = (id: string) => library.importFiles(manyPosts(200), { source: id, id });
    const both = Promise.all([run('one'), run('two')]);
    await library.cancelImport(['two']);
    const [one, two] = await both;
    expect(one.cancelled).toBe(false);
    expect(two.cancelled).toBe(true);
  });

  it('supersedes the suggestions of the same asker, not those of another', async () => {
    const library = open();
    await library.importFiles(manyPosts(5), { source: 'blog' });
    const query = { title: 'Post number 2', body: '', caret: null, ownPost: null, amount: 'usual' as const };
    const only = { kind: null, source: null, tag: null, since: null };
    const ask = (asker: string) => library.suggest({ ...query, only }, { asker });
    const [first, other, second] = await Promise.allSettled([ask('a'), ask('b'), ask('a')]);
    expect([first.status, other.status, second.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});
