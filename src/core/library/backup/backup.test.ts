// Backups and restores of a library as its callers see them: moved elsewhere, merged, replaced, undone.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../../testing/fakeEmbedder.ts';
import { fakeModel, fakeSupply } from '../../../testing/fakeModel.ts';
import { backUp, byTitle, draft, everything, useBackups } from '../../../testing/libraryBackups.ts';
import { blog, complete, file, markdownPost, query, statusWhen } from '../../../testing/libraryHarness.ts';
import type { RestoreOptions } from '../../backupApi.ts';
import type { LibraryApi } from '../../libraryApi.ts';
import { openStore } from '../../store/openStore.ts';

const { libraries, filled, elsewhere, newName } = useBackups();

const all: RestoreOptions = { mode: 'replace', vectors: true };

describe('a backup restored elsewhere', () => {
  it('gives the same library and the same answers, and embeds nothing again', async () => {
    const library = await filled();
    const before = await everything(library);
    const asked = query('When is the tide high over the slip?');
    const answer = await library.suggest(asked);
    const blob = await backUp(library);
    expect(await library.inspectBackup(blob)).toMatchObject({ posts: 3, drafts: 1, added: 0, same: 3, otherPosts: 0 });
    await elsewhere(async (other, embedded, database) => {
      const contents = await other.inspectBackup(blob);
      expect(contents).toMatchObject({
        posts: 3,
        drafts: 1,
        vectors: 6,
        model: 'fake',
        added: 3,
        differing: 0,
        same: 0,
      });
      const report = await other.restoreBackup(blob, all);
      expect(report).toMatchObject({
        added: 3,
        changed: 0,
        removed: 0,
        drafts: 1,
        vectors: 6,
        queued: 0,
        page: { amount: 'more' },
      });
      await statusWhen(other, (status) => complete(status) && status.vectors === 6);
      expect(await everything(other)).toEqual(before);
      expect(await other.suggest(asked)).toEqual({
        ...answer,
        tookMs: expect.any(Number) as unknown,
        embeddingMs: expect.any(Number) as unknown,
      });
      expect(embedded()).toBe(0);
      await libraries.close(other);
      const embedder = fakeEmbedder();
      const again = libraries.open(fakeModel(embedder), { name: database });
      await statusWhen(again, (status) => complete(status) && status.vectors === 6);
      expect(await everything(again)).toEqual(before);
      expect(await again.suggest(asked)).toEqual({
        ...answer,
        tookMs: expect.any(Number) as unknown,
        embeddingMs: expect.any(Number) as unknown,
      });
      expect(embedder.embedded.queue).toEqual([]);
      // What was ignored stays ignored.
      expect(await ignoredPairs(database)).toEqual(['["x","y"]']);
      await libraries.close(again);
    });
  });

  it('before the model is there keeps its vectors for it', async () => {
    const blob = await backUp(await filled());
    const name = newName();
    const model = fakeModel();
    const embedder = fakeEmbedder();
    const other = libraries.open(model, { name });
    await other.open();
    expect(await other.restoreBackup(blob, all)).toMatchObject({ added: 3, vectors: 6, queued: 0 });
    model.ready(embedder);
    await statusWhen(other, (status) => complete(status) && status.vectors === 6);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('while the model becomes ready embeds nothing either', async () => {
    const blob = await backUp(await filled());
    const model = fakeModel();
    const embedder = fakeEmbedder();
    const other = libraries.open(model, { name: newName() });
    await other.open();
    await other.restoreBackup(blob, {
      ...all,
      onProgress: ({ step }) => {
        if (step === 'restoring') model.ready(embedder);
      },
    });
    await statusWhen(other, (status) => complete(status) && status.vectors === 6);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('without vectors, wanted or there, is embedded again', async () => {
    const library = await filled();
    for (const [blob, vectors] of [
      [await backUp(library), false],
      [await backUp(library, false), true],
    ] as const) {
      await elsewhere(async (other, embedded) => {
        expect(await other.restoreBackup(blob, { mode: 'merge', vectors })).toMatchObject({ vectors: 0, queued: 3 });
        await statusWhen(other, (status) => complete(status) && status.vectors === 6);
        expect(embedded()).toBe(6);
      });
    }
  });

  it('where another model reads leaves the vectors out and says how many posts are read again', async () => {
    const blob = await backUp(await filled());
    await elsewhere(
      async (other, embedded) => {
        await statusWhen(other, complete);
        expect(await other.restoreBackup(blob, { mode: 'merge', vectors: true })).toMatchObject({
          vectors: 0,
          queued: 3,
        });
        await statusWhen(other, (status) => complete(status) && status.vectors === 6);
        expect(embedded()).toBe(6);
      },
      fakeEmbedder({ modelHash: 'other' }),
    );
  });

  it('in place of a library read with another model goes on with the model of the backup, and embeds nothing', async () => {
    const blob = await backUp(await filled());
    const embedders = { fake: fakeEmbedder(), other: fakeEmbedder({ model: 'other' }) };
    const supply = fakeSupply(
      (id) => fakeModel(embedders[id as 'fake']),
      [
        { id: 'other', size: 'quick', layers: 6 },
        { id: 'fake', size: 'base', layers: 6 },
      ],
    );
    const other = libraries.open(supply, { name: newName() });
    await other.importFiles([file('own.md', markdownPost('Own', 'A post of its own.'))], { source: 'own' });
    await statusWhen(other, (status) => complete(status) && status.vectors > 0);
    await other.restoreBackup(blob, all);
    await statusWhen(
      other,
      (status) => status.models.choice?.model === 'fake' && complete(status) && status.vectors === 6,
    );
    expect(embedders.fake.embedded.queue).toEqual([]);
  });
});

describe('a restore into a library that has posts', () => {
  const own = file('own.md', markdownPost('Own', 'A post of its own.'));
  const changed = file('tides.md', markdownPost('Tides', 'Another text about the tide.', '2023-01-01'));

  async function withOwn(work: (other: LibraryApi, blob: Blob) => Promise<void>): Promise<void> {
    const blob = await backUp(await filled());
    await elsewhere(async (other) => {
      await other.importFiles([own, changed], { source: 'blog' });
      await other.saveDraft(draft('d', 'Newer.', 9));
      await other.saveDraft(draft('e', 'Own.', 3));
      await statusWhen(other, complete);
      expect(await other.inspectBackup(blob)).toMatchObject({
        added: 2,
        differing: 1,
        same: 0,
        otherPosts: 1,
        otherDrafts: 1,
      });
      await work(other, blob);
    });
  }
  const titles = async (library: LibraryApi) => (await library.listPosts(byTitle)).map(({ title }) => title);

  it('adds what it lacks, and keeps the newer of what both have', () =>
    withOwn(async (other, blob) => {
      const report = await other.restoreBackup(blob, { mode: 'merge', vectors: true });
      expect(report).toMatchObject({ added: 2, changed: 0, removed: 0, unchanged: 1, drafts: 0 });
      expect(await titles(other)).toEqual(['Bread', 'Own', 'Pager', 'Tides']);
      expect((await everything(other)).posts[3]?.text).toBe('Another text about the tide.');
      expect(await other.listDrafts()).toMatchObject([{ body: 'Newer.' }, { body: 'Own.' }]);
      expect(await other.restoreBackup(blob, { mode: 'merge', vectors: true })).toMatchObject({
        added: 0,
        unchanged: 3,
      });
    }));

  it('takes the place of all, and its undo brings all back', () =>
    withOwn(async (other, blob) => {
      const before = await everything(other);
      const report = await other.restoreBackup(blob, all);
      expect(report).toMatchObject({ added: 2, changed: 1, removed: 1, unchanged: 0, drafts: 1, queued: 0 });
      expect(await titles(other)).toEqual(['Bread', 'Pager', 'Tides']);
      expect((await everything(other)).posts[2]?.text).toMatch(/^The tide table/);
      expect(await other.listDrafts()).toMatchObject([{ body: 'Of tides.' }]);
      const status = await statusWhen(other, complete);
      await other.undoRestore(report.id);
      expect(await everything(other)).toEqual(before);
      const back = await statusWhen(other, complete);
      expect(back.embeddedThisSession).toBe(status.embeddedThisSession);
      expect((await other.suggest(query('A post of its own'))).draft[0]?.title).toBe('Own');
      // Asked for once more, as when the tab that had it is gone: there is nothing left to do.
      expect(await other.undoRestore(report.id)).toBeNull();
      expect(await everything(other)).toEqual(before);
      await expect(other.undoRestore('another')).rejects.toMatchObject({ code: 'unexpected' });
    }));

  it('completes posts that are there and wait for their vectors', async () => {
    const blob = await backUp(await filled());
    const name = newName();
    const model = fakeModel();
    const embedder = fakeEmbedder();
    const other = libraries.open(model, { name });
    await other.importFiles([...blog], { source: 'blog' });
    expect(await other.restoreBackup(blob, { mode: 'merge', vectors: true })).toMatchObject({
      unchanged: 3,
      vectors: 6,
    });
    model.ready(embedder);
    await statusWhen(other, (status) => complete(status) && status.vectors === 6);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('undone keeps a draft that was written since', () =>
    withOwn(async (other, blob) => {
      const report = await other.restoreBackup(blob, all);
      await other.saveDraft(draft('d', 'Written since.', Date.now() + 1000));
      await other.undoRestore(report.id);
      expect((await other.listDrafts()).map(({ body }) => body)).toEqual(['Written since.', 'Own.']);
    }));
});

async function ignoredPairs(name: string): Promise<unknown> {
  const store = await openStore({ name });
  const value = await store.settings.get('pairs that may say the same', (found) => found);
  await store.close();
  return value;
}
