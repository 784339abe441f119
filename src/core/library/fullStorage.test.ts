// The whole library on a disk that fills up.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { fullDisk } from '../../testing/fullDisk.ts';
import { blog, complete, file, markdownPost, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';

const libraries = useLibraries();

describe('a library whose disk fills up', () => {
  it('goes on in memory with a notice, and keeps what was stored before', async () => {
    let full = false;
    const first = libraries.open(fakeModel(fakeEmbedder()), { wrap: fullDisk(() => full) });
    await first.importFiles(blog.slice(0, 2), { source: 'blog' });
    await statusWhen(first, complete);
    full = true;
    const report = await first.importFiles(blog.slice(2), { source: 'blog' });
    expect(report).toMatchObject({ added: { length: 1 }, issues: [] });
    const status = await statusWhen(first, complete);
    expect(status.posts).toBe(3);
    expect(status.storage).toMatchObject({ kind: 'memory' });
    expect(status.storage.reason).toMatch(/no room.*stored before is kept.*Remove posts/);
    const answer = await first.suggest(query('The pager woke the engineer at night'));
    expect(answer.draft[0]).toMatchObject({ title: 'Pager' });
    await libraries.close(first);

    const embedder = fakeEmbedder();
    const second = libraries.open(fakeModel(embedder));
    expect((await statusWhen(second, complete)).posts).toBe(2);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('is on the disk again once the author has made room', async () => {
    let full = false;
    const first = libraries.open(fakeModel(fakeEmbedder()), { wrap: fullDisk(() => full) });
    const { added } = await first.importFiles(blog.slice(0, 2), { source: 'blog' });
    full = true;
    await first.importFiles([file('new.md', markdownPost('New', 'A new post on tides.'))], { source: 'blog' });
    full = false;
    await first.removePosts(added.slice(0, 1));
    expect((await first.status()).storage).toMatchObject({ kind: 'indexeddb', reason: null });
    await libraries.close(first);
    const second = libraries.open();
    const titles = (await second.listPosts({ search: '', sort: 'title', descending: false })).map(({ title }) => title);
    expect(titles).toEqual(['Bread', 'New']);
  });
});
