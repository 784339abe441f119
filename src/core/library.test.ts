// The façade over its life: opening, models that come, go and change, drafts, watchers, closing.
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../testing/fakeEmbedder.ts';
import { fakeModel } from '../testing/fakeModel.ts';
import {
  blog,
  complete,
  file,
  manyPosts,
  markdownPost,
  query,
  statusWhen,
  useLibraries,
} from '../testing/libraryHarness.ts';
import { draftId } from './draft.ts';
import type { LibraryStatus } from './libraryApi.ts';

const libraries = useLibraries();

describe('a library', () => {
  it('imports, answers by words before the model is ready, then by meaning', async () => {
    const model = fakeModel();
    const library = libraries.open(model);
    await library.open();
    const report = await library.importFiles([...blog], { source: 'blog' });
    expect(report).toMatchObject({ added: { length: 3 }, changed: [], unchanged: 0, issues: [], cancelled: false });

    const words = await library.suggest(query('When is the tide high over the slip?'));
    expect(words.basis).toBe('words');
    expect(words.draft[0]).toMatchObject({ title: 'Tides', scores: { cosine: null } });
    expect(words.draft[0]?.passage.text).toContain('tide table');
    expect((await library.status()).queue).toMatchObject({ state: 'paused', waiting: 3 });

    model.ready(fakeEmbedder());
    const status = await statusWhen(library, complete);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: status.vectors });
    const meaning = await library.suggest(query('When is the tide high over the slip?'));
    expect(meaning.basis).toBe('words-and-meaning');
    expect(meaning.draft[0]).toMatchObject({ title: 'Tides' });
    expect(meaning.draft[0]?.scores.cosine).toBeGreaterThan(0.2);
  });

  it('reopened has everything, and embeds nothing again', async () => {
    const first = libraries.open(fakeModel(fakeEmbedder()));
    await first.importFiles([...blog], { source: 'blog' });
    const before = await statusWhen(first, complete);
    await libraries.close(first);

    const embedder = fakeEmbedder();
    const second = libraries.open(fakeModel(embedder));
    const status = await statusWhen(second, (now) => complete(now) && now.vectors === before.vectors);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: 0 });
    expect(embedder.embedded.queue).toEqual([]);
    expect((await second.suggest(query('The tide table of the harbour'))).basis).toBe('words-and-meaning');
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('reopened in the middle of embedding goes on where it was', async () => {
    const many = manyPosts(60);
    const stopping = fakeEmbedder();
    const first = libraries.open(fakeModel(stopping));
    await first.importFiles(many, { source: 'blog' });
    await statusWhen(first, () => stopping.embedded.queue.length >= 20);
    await libraries.close(first);
    const done = stopping.embedded.queue.length;

    const embedder = fakeEmbedder();
    const second = libraries.open(fakeModel(embedder));
    const status = await statusWhen(second, (now) => complete(now) && now.vectors > 0);
    expect(status.vectors).toBe(done + embedder.embedded.queue.length);
    expect(new Set([...stopping.embedded.queue, ...embedder.embedded.queue]).size).toBe(status.vectors);
  });

  it('goes on by words when the model is lost, and by meaning when it is back', async () => {
    const model = fakeModel(fakeEmbedder());
    const library = libraries.open(model);
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    model.lose('The graphics device was lost.');
    expect((await library.suggest(query('The tide table of the harbour'))).basis).toBe('words');
    await library.importFiles([file('new.md', markdownPost('New', 'A new post on the tide.'))], { source: 'blog' });
    expect((await library.status()).queue).toMatchObject({
      state: 'paused',
      reason: 'The graphics device was lost.',
      waiting: 1,
    });
    model.ready(fakeEmbedder());
    await statusWhen(library, complete);
    expect((await library.suggest(query('The tide table of the harbour'))).basis).toBe('words-and-meaning');
  });

  it('embeds everything anew for another space, never compares the old, and drops it once all is done', async () => {
    const first = libraries.open(fakeModel(fakeEmbedder()));
    await first.importFiles([...blog], { source: 'blog' });
    const { vectors } = await statusWhen(first, complete);
    await libraries.close(first);
    const other = fakeEmbedder({ numeric: 'int8' });
    const second = libraries.open(fakeModel(other));
    const status = await statusWhen(second, (now) => complete(now) && now.vectors === vectors);
    expect(status.embeddedThisSession).toBe(vectors);
    await libraries.close(second);
    const again = fakeEmbedder();
    const third = libraries.open(fakeModel(again));
    await statusWhen(third, (now) => complete(now) && now.vectors === vectors);
    expect(again.embedded.queue.length).toBe(vectors);
  });

  it('works without IndexedDB, in memory, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const library = libraries.open(fakeModel(fakeEmbedder()));
    const status = await library.open();
    expect(status.storage.kind).toBe('memory');
    expect(status.storage.reason).toMatch(/normal window/);
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    expect((await library.suggest(query('The tide table of the harbour'))).draft[0]?.title).toBe('Tides');
  });

  it('keeps drafts', async () => {
    const first = libraries.open();
    await first.saveDraft({ id: draftId('d'), title: 'T', body: 'B', createdAt: 1, updatedAt: 2 });
    await libraries.close(first);
    const second = libraries.open();
    expect(await second.listDrafts()).toEqual([{ id: 'd', title: 'T', body: 'B', createdAt: 1, updatedAt: 2 }]);
    await second.removeDraft(draftId('d'));
    expect(await second.listDrafts()).toEqual([]);
  });

  it('tells its watchers of changes until they have seen enough', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    const seen: LibraryStatus[] = [];
    const stop = new AbortController();
    const watching = library.watchStatus((status) => void seen.push(status), { signal: stop.signal });
    await library.importFiles([...blog], { source: 'blog' });
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ posts: 3, queue: { waiting: 0 } }));
    stop.abort();
    await watching;
    const { length } = seen;
    await library.clearPosts();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(seen.length).toBe(length);
  });

  it('refuses every call once it is closed', async () => {
    const library = libraries.open();
    await library.open();
    await libraries.close(library);
    await expect(library.status()).rejects.toMatchObject({ code: 'disposed' });
  });
});
