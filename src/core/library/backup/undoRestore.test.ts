// Taking a restore back after the worker that did it is gone.
import { createRestoreChanges } from '../../store/restoreChanges.ts';
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../../testing/fakeModel.ts';
import { backUp, draft, everything, useBackups } from '../../../testing/libraryBackups.ts';
import { complete, file, manyPosts, markdownPost, statusWhen } from '../../../testing/libraryHarness.ts';
import type { RestoreOptions } from '../../backupApi.ts';
import type { LibraryApi } from '../../libraryApi.ts';
import { createLibrary } from '../../library.ts';
import { fakeSupply } from '../../../testing/fakeModel.ts';
import { openStore } from '../../store/openStore.ts';

const { libraries, filled, newName } = useBackups();
const page = { theme: 'dark' };
const replace: RestoreOptions = { mode: 'replace', vectors: true, page };
const DAY = 24 * 3_600_000;

const reopen = (name: string): LibraryApi => libraries.open(fakeModel(fakeEmbedder()), { name });

/** A library of its own, 250 posts and a draft, that a backup of three posts has taken the place of. */
async function replaced(options: RestoreOptions = replace) {
  const blob = await backUp(await filled());
  const name = newName();
  const library = reopen(name);
  await library.importFiles([...manyPosts(250), file('tides.md', markdownPost('Tides', 'Another text.'))], {
    source: 'blog',
  });
  await library.saveDraft(draft('own', 'Own.', 7));
  await statusWhen(library, complete);
  const before = await everything(library);
  const report = await library.restoreBackup(blob, options);
  return { name, library, before, report, blob };
}

describe('a restore', () => {
  it('is taken back by another worker, whole, with what the page remembered', async () => {
    const { name, library, before, report } = await replaced();
    await libraries.close(library);
    const again = reopen(name);
    expect(await again.restoreToUndo()).toEqual(report);
    expect((await again.status()).posts).toBe(3);
    expect(await again.undoRestore(report.id)).toEqual(page);
    expect(await again.restoreToUndo()).toBeNull();
    await statusWhen(again, complete);
    expect(await everything(again)).toEqual(before);
    await libraries.close(again);
    const last = reopen(name);
    await statusWhen(last, complete);
    expect(await everything(last)).toEqual(before);
    expect(await last.undoRestore(report.id)).toBeNull();
  });

  it('that was taken back has every vector at the next opening, too', async () => {
    const { name, library, report } = await replaced();
    await libraries.close(library);
    const again = reopen(name);
    await statusWhen(again, complete);
    await again.undoRestore(report.id);
    await again.importFiles(
      manyPosts(40).map(({ blob }, n) => ({ path: `later${n}.md`, blob })),
      { source: 'later' },
    );
    await statusWhen(again, complete);
    await libraries.close(again);
    const embedder = fakeEmbedder();
    await statusWhen(libraries.open(fakeModel(embedder), { name }), complete);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('can’t be taken back once another was made, or it was put away', async () => {
    const { library, report, blob } = await replaced();
    const second = await library.restoreBackup(blob, { mode: 'merge', vectors: true });
    await expect(library.undoRestore(report.id)).rejects.toMatchObject({
      code: 'unexpected',
      message: expect.stringMatching(/another one was made/) as unknown,
    });
    await library.forgetRestore(report.id);
    expect(await library.restoreToUndo()).toEqual(second);
    await library.forgetRestore(second.id);
    expect(await library.restoreToUndo()).toBeNull();
    await expect(library.undoRestore(second.id)).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('is kept for a week, and gives its room back then', async () => {
    const { name, library, report } = await replaced();
    await libraries.close(library);
    const later = async (ms: number): Promise<[LibraryApi, () => Promise<void>]> => {
      const late = createLibrary({
        models: () => fakeSupply(() => fakeModel(fakeEmbedder())),
        demoUrl: '/demo/demo.json',
        openStore: (options) => openStore({ ...options, name }),
        now: () => Date.now() + ms,
      });
      await late.open();
      return [late, () => late.close()];
    };
    const [soon, closeSoon] = await later(6 * DAY);
    expect(await soon.restoreToUndo()).toEqual(report);
    await closeSoon();
    const [late, closeLate] = await later(8 * DAY);
    await expect.poll(() => late.restoreToUndo()).toBeNull();
    await closeLate();
    const store = await openStore({ name });
    expect(await createRestoreChanges(store.base).lastUndo()).toBeNull();
    await store.close();
  });

  it('that is sent again, as the tab that did it is gone, is not done twice, and is still taken back', async () => {
    const { name, library, before, report, blob } = await replaced({ ...replace, id: 'one' });
    expect(report.id).toBe('one');
    await libraries.close(library);
    const again = reopen(name);
    expect(await again.restoreBackup(blob, { ...replace, id: 'one' })).toEqual(report);
    await again.undoRestore('one');
    await statusWhen(again, complete);
    expect(await everything(again)).toEqual(before);
  });
});
