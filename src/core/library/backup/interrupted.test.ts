// Restores that do not come to their end: whatever stops them, the library is as it was.
import { createRestoreChanges } from '../../store/restoreChanges.ts';
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupOf, damaged, madeLibraries } from '../../../testing/backupParts.ts';
import { fakeEmbedder } from '../../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../../testing/fakeModel.ts';
import { fullDisk } from '../../../testing/fullDisk.ts';
import { backUp, draft, everything, useBackups } from '../../../testing/libraryBackups.ts';
import { complete, file, markdownPost, statusWhen } from '../../../testing/libraryHarness.ts';
import type { RestoreOptions } from '../../backupApi.ts';
import { decodeDigests } from '../../store/digestBlock.ts';
import { openDatabase } from '../../store/openDatabase.ts';
import { openStore } from '../../store/openStore.ts';

const { libraries, filled, newName } = useBackups();

const all: RestoreOptions = { mode: 'replace', vectors: true };

describe('a restore that does not come to its end', () => {
  it('leaves the library as it was: damaged, cut short, cancelled', async () => {
    const library = await filled();
    const [made] = fc.sample(madeLibraries, { numRuns: 30, seed: 3 }).filter(({ posts }) => posts.length > 6);
    if (made === undefined) throw new Error('no sample');
    const whole = await backupOf(made);
    const before = await everything(library);
    let state = 5;
    const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    for (const damage of ['bits', 'cut', 'gap', 'tail'] as const) {
      for (const mode of ['merge', 'replace'] as const) {
        const bytes = await damaged(whole, damage, random);
        await expect(library.restoreBackup(new Blob([bytes]), { mode, vectors: true })).rejects.toMatchObject({
          code: expect.stringMatching(/^backup-/) as unknown,
        });
        expect(await everything(library)).toEqual(before);
      }
    }
    const stop = new AbortController();
    const cancelled = library.restoreBackup(new Blob([whole]), {
      ...all,
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === 'restoring') stop.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await everything(library)).toEqual(before);
    expect((await library.status()).posts).toBe(3);
  });

  it('is taken out at the next opening, wherever it was interrupted', async () => {
    const library = await filled();
    const blob = await backUp(library);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    expect(bytes.length).toBeGreaterThan(0);
    const before = await everything(library);
    await libraries.close(library);
    const store = await openStore({ name: libraries.database() });
    const [made] = fc.sample(madeLibraries, { numRuns: 30, seed: 3 }).filter(({ posts }) => posts.length > 6);
    const stored = (made?.posts ?? []).map(({ post }) => ({
      id: post.id,
      revision: 'r',
      words: 1,
      importedAt: 1,
      post,
    }));
    await createRestoreChanges(store.base).stage(
      stored.map((one) => ({
        stored: one,
        passages: { rule: 'rule', cut: [{ start: 0, end: 0, startS: null, hash: 1 }] },
      })),
      () => true,
    );
    expect(await store.posts.count()).toBe(3 + stored.length);
    await store.close();

    const again = libraries.open(fakeModel(fakeEmbedder()));
    const status = await statusWhen(again, complete);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: 0 });
    expect(await everything(again)).toEqual(before);
    // Nothing of it is left on the disk either.
    await libraries.close(again);
    const { database } = await openDatabase({ name: libraries.database() });
    const digests = (await database.getAll('digests')).flatMap((row) => decodeDigests(row)?.heads ?? []);
    const posts = await database.getAllKeys('posts');
    database.close();
    expect(digests.map(({ id }) => id).sort()).toEqual([...posts].sort());
  });

  it.each(['merge', 'replace'] as const)('killed at any of its steps is whole again: %s', async (mode) => {
    const blob = await backUp(await filled());
    const name = newName();
    const first = libraries.open(fakeModel(fakeEmbedder()), { name });
    await first.importFiles(
      [file('own.md', markdownPost('Own', 'Of its own.')), file('bread.md', markdownPost('Bread', 'Other bread.'))],
      { source: 'blog' },
    );
    await first.saveDraft(draft('d', 'Older.', 1));
    await statusWhen(first, complete);
    const before = await everything(first);
    await libraries.close(first);
    let [killed, whole] = [0, false];
    for (let steps = 0; !whole; steps++) {
      let left = Infinity;
      const dying = libraries.open(fakeModel(), {
        name,
        wrap: (backend) => ({
          kind: backend.kind,
          run: (...args) => (left-- > 0 ? backend.run(...args) : Promise.reject(new Error('killed'))),
          close: () => backend.close(),
        }),
      });
      await dying.open();
      await dying.listDrafts();
      left = steps;
      whole = await dying.restoreBackup(blob, { mode, vectors: true }).then(
        () => true,
        () => false,
      );
      await libraries.close(dying).catch(() => undefined);
      const again = libraries.open(fakeModel(), { name });
      const after = await everything(again);
      const restored = (await again.listDrafts()).some(({ body }) => body === 'Of tides.');
      if (restored) {
        const titles = after.posts.map((post) => post.title);
        expect(titles).toEqual(mode === 'merge' ? ['Bread', 'Own', 'Pager', 'Tides'] : ['Bread', 'Pager', 'Tides']);
        whole = true;
      } else {
        expect({ ...after, places: [] }).toEqual({ ...before, places: [] });
        killed++;
      }
      await libraries.close(again);
    }
    expect(killed).toBeGreaterThan(5);
  });

  it('on a disk that fills up meanwhile is taken back, here and on the disk', async () => {
    const blob = await backUp(await filled());
    const name = newName();
    let full = false;
    const other = libraries.open(fakeModel(fakeEmbedder()), { name, wrap: fullDisk(() => full) });
    await other.importFiles([file('own.md', markdownPost('Own', 'Of its own.'))], { source: 'own' });
    await statusWhen(other, complete);
    const before = await everything(other);
    const restoring = other.restoreBackup(blob, {
      ...all,
      onProgress: ({ step }) => {
        full ||= step === 'checking';
      },
    });
    await expect(restoring).rejects.toMatchObject({ code: 'storage-full' });
    expect(await everything(other)).toEqual(before);
    await libraries.close(other);
    const again = libraries.open(fakeModel(), { name });
    expect({ ...(await everything(again)), places: [] }).toEqual({ ...before, places: [] });
  });

  it('of a disk that is full says so before it begins', async () => {
    const blob = await backUp(await filled());
    const other = libraries.open(fakeModel(fakeEmbedder()), {
      name: newName(),
      storage: {
        estimate: () => Promise.resolve({ usage: 1_000_000, quota: 1_000_100 }),
        persisted: () => Promise.resolve(false),
      },
    });
    await expect(other.restoreBackup(blob, all)).rejects.toMatchObject({ code: 'storage-full' });
    expect((await other.status()).posts).toBe(0);
  });
});
