// Changing the model, and everything that can come between.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { BASE, embedderOf, manualModels, queued, QUICK, readyModels, THOROUGH } from '../../testing/fakeModels.ts';
import {
  blog,
  complete,
  file,
  manyPosts,
  markdownPost,
  query,
  statusWhen,
  useLibraries,
} from '../../testing/libraryHarness.ts';
import { KindredError } from '../errors.ts';
import type { LibraryApi } from '../libraryApi.ts';
import type { Backend } from '../store/backend.ts';

const libraries = useLibraries();
const ALL = [QUICK, THOROUGH, BASE];
const TIDE = query('The tide table of the harbour');

/** A library of three posts read with the quick model. */
async function readWithQuick(maxTokens: Record<string, number> = {}) {
  const models = readyModels(ALL, maxTokens);
  const library = libraries.open(models.supply);
  await library.importFiles([...blog], { source: 'blog' });
  await statusWhen(library, complete);
  return { library, ...models };
}

/** Rejects when the signal aborts, as a call into a worker does. */
const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<void>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });

const takenOver = (library: LibraryApi, model: string) =>
  statusWhen(
    library,
    (status) => status.models.choice?.model === model && status.models.change === null && complete(status),
  );

describe('a change of the model', () => {
  it('lets the old vectors answer until the new are complete, then switches at once and embeds nothing again', async () => {
    const { library, embedders } = await readWithQuick();
    let release = (): void => undefined;
    const base = embedders['base'];
    if (base === undefined) throw new Error('no base');
    base.before = () => (queued(base).length === 2 ? new Promise((resolve) => (release = resolve)) : undefined);
    await library.chooseModel('base');
    const during = await statusWhen(library, () => queued(base).length === 2);
    expect(during.models).toMatchObject({ choice: { model: 'quick' }, change: { to: 'base', state: 'reading' } });
    expect(during.model).toMatchObject({ state: 'ready', model: 'quick@1' });
    const answer = await library.suggest(TIDE);
    expect(answer.basis).toBe('words-and-meaning');
    expect(answer.draft[0]?.title).toBe('Tides');
    expect(base.embedded.draft).toEqual([]);
    base.before = () => undefined;
    release();
    const status = await takenOver(library, 'base');
    expect(status.models.choice).toMatchObject({ model: 'base', by: 'person' });
    const after = await library.suggest(TIDE);
    expect(after.draft[0]).toMatchObject({ title: 'Tides' });
    expect(after.draft[0]?.scores.cosine).toBeGreaterThan(0.2);
    expect(base.embedded.draft.length).toBeGreaterThan(0);
    await libraries.close(library);

    const again = readyModels();
    const reopened = libraries.open(again.supply);
    await takenOver(reopened, 'base');
    expect(Object.values(again.embedders).flatMap(queued)).toEqual([]);
  });

  it('goes between models that cut posts otherwise, and back', async () => {
    const { library } = await readWithQuick({ base: 16 });
    const before = (await library.status()).passages;
    await library.chooseModel('base');
    const status = await takenOver(library, 'base');
    expect(status.passages).toBeGreaterThan(before);
    expect((await library.suggest(TIDE)).draft[0]?.title).toBe('Tides');
    await library.chooseModel('quick');
    expect((await takenOver(library, 'quick')).passages).toBe(before);
    expect((await library.suggest(TIDE)).draft[0]?.title).toBe('Tides');
  });

  it('interrupted at any point, leaves one whole model, and goes on', { timeout: 60_000 }, async () => {
    const first = libraries.open(readyModels([QUICK, BASE]).supply);
    await first.importFiles(manyPosts(12), { source: 'blog' });
    const { vectors } = await statusWhen(first, complete);
    await libraries.close(first);
    const embedded: string[] = [];
    for (let visit = 0; visit < 40; visit++) {
      const { supply, embedders } = readyModels([QUICK, BASE]);
      const base = embedders['base'];
      if (base === undefined) throw new Error('no base');
      const library = libraries.open(supply);
      const opened = await statusWhen(library, (now) => now.model.state === 'ready');
      expect(opened.vectors).toBe(vectors);
      if (visit === 0) await library.chooseModel('base');
      expect((await library.suggest(query('Post number 3'))).basis).toBe('words-and-meaning');
      // A little further each time, in steps that do not fit those of the queue.
      await new Promise((resolve) => setTimeout(resolve, 2 + visit));
      const { choice, change } = (await library.status()).models;
      embedded.push(...queued(base));
      expect(queued(embedders['quick'])).toEqual([]);
      await libraries.close(library);
      if (choice?.model === 'base' && change === null) break;
    }
    const last = readyModels([QUICK, BASE]);
    const library = libraries.open(last.supply);
    await takenOver(library, 'base');
    expect([...embedded, ...queued(last.embedders['base'])].length).toBeGreaterThanOrEqual(vectors);
    expect(new Set([...embedded, ...queued(last.embedders['base'])]).size).toBe(vectors);
  });

  it('cancelled goes back to the one before, and leaves nothing of the other', async () => {
    const { library, embedders } = await readWithQuick();
    const base = embedders['base'];
    if (base === undefined) throw new Error('no base');
    base.before = (_texts, _lane, signal) => (queued(base).length >= 2 ? untilAborted(signal) : undefined);
    await library.chooseModel('base');
    await statusWhen(library, () => queued(base).length === 2);
    await library.cancelModelChange();
    const status = await statusWhen(library, complete);
    expect(status.models).toMatchObject({ choice: { model: 'quick', by: 'rate' }, change: null });
    expect((await library.suggest(TIDE)).basis).toBe('words-and-meaning');
    await libraries.close(library);

    const again = readyModels();
    const reopened = libraries.open(again.supply);
    await takenOver(reopened, 'quick');
    expect(Object.values(again.embedders).flatMap(queued)).toEqual([]);
    await reopened.chooseModel('base');
    const { vectors } = await takenOver(reopened, 'base');
    expect(queued(again.embedders['base'])).toHaveLength(vectors);
  });

  it('named again does nothing, another one takes its place, and the present one cancels', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    last('quick').ready(embedderOf('quick'));
    await statusWhen(library, complete);
    await library.chooseModel('base');
    await library.chooseModel('base');
    expect(started.map(({ id }) => id)).toEqual(['quick', 'base']);
    await library.chooseModel('thorough');
    expect(started.map(({ id, model }) => [id, model.running])).toEqual([
      ['quick', true],
      ['base', false],
      ['thorough', true],
    ]);
    await library.chooseModel('quick');
    expect((await library.status()).models.change).toBeNull();
    await expect(library.chooseModel('none')).rejects.toMatchObject({ code: 'model-missing', item: 'none' });
  });

  it('takes along posts that come, change, go and come back meanwhile', async () => {
    const { library, embedders } = await readWithQuick();
    const base = embedders['base'];
    if (base === undefined) throw new Error('no base');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    base.before = (_texts, lane) => (lane === 'queue' ? held : undefined);
    await library.chooseModel('base');
    await statusWhen(library, ({ models }) => models.change?.state === 'reading');
    await library.importFiles([file('gulls.md', markdownPost('Gulls', 'Gulls steal chips on the quay in summer.'))], {
      source: 'blog',
    });
    await statusWhen(library, complete);
    const now = await library.suggest(query('Gulls steal chips'));
    expect(now.draft[0]).toMatchObject({ title: 'Gulls' });
    expect(now.draft[0]?.scores.cosine).toBeGreaterThan(0.2);
    const list = await library.listPosts({ search: '', sort: 'title', descending: false });
    const idOf = (title: string) => list.filter((post) => post.title === title).map(({ id }) => id);
    await library.removePosts(idOf('Bread'));
    const removal = await library.removePosts(idOf('Pager'));
    await library.restorePosts(removal.id);
    base.before = () => undefined;
    release();
    const status = await takenOver(library, 'base');
    expect(status.posts).toBe(3);
    for (const [text, title] of [
      ['Gulls steal chips', 'Gulls'],
      ['The pager woke the engineer', 'Pager'],
      ['The tide table of the harbour', 'Tides'],
    ] as const) {
      const { draft } = await library.suggest(query(text));
      expect(draft[0]).toMatchObject({ title });
      expect(draft[0]?.scores.cosine).toBeGreaterThan(0.2);
    }
    await libraries.close(library);
    const again = readyModels();
    const reopened = libraries.open(again.supply);
    await takenOver(reopened, 'base');
    expect(queued(again.embedders['base'])).toEqual([]);
  });

  it('whose model does not start says why; the old one answers, a retry goes on', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    last('quick').ready(embedderOf('quick'));
    await statusWhen(library, complete);
    await library.chooseModel('base');
    last('base').fail('The network gave no answer.');
    const failed = await statusWhen(library, ({ models }) => models.change?.state === 'failed');
    expect(failed.models.change?.reason).toBe('The network gave no answer.');
    expect(failed.model.state).toBe('ready');
    expect((await library.suggest(TIDE)).basis).toBe('words-and-meaning');
    await library.retryModel();
    expect(last('base').retries).toBe(1);
    expect(last('quick').retries).toBe(0);
    last('base').ready(embedderOf('base'));
    await takenOver(library, 'base');
  });

  it('that can not be stored stays with the old one, and takes over when tried again', async () => {
    let failing = false;
    const wrap = (disk: Backend): Backend => ({
      ...disk,
      run: (stores, mode, work, durability) =>
        failing && stores.length === 3 && stores.includes('vectors') && stores.includes('passages')
          ? Promise.reject(new KindredError('storage-failed', 'The disk is away.'))
          : disk.run(stores, mode, work, durability),
    });
    const { supply } = readyModels();
    const library = libraries.open(supply, { wrap });
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    failing = true;
    await library.chooseModel('base');
    const failed = await statusWhen(library, ({ models }) => models.change?.state === 'failed');
    expect(failed.models).toMatchObject({ choice: { model: 'quick' }, change: { reason: 'The disk is away.' } });
    expect((await library.suggest(TIDE)).basis).toBe('words-and-meaning');
    failing = false;
    await library.retryModel();
    await takenOver(library, 'base');
  });

  it('that can not read what the old model could stays with the old one, and tries again when asked', async () => {
    const { library, embedders } = await readWithQuick();
    const base = embedders['base'];
    if (base === undefined) throw new Error('no base');
    base.before = (texts) => {
      if (texts.some((text) => text.includes('bread')))
        throw new KindredError('text-too-long', 'The text is too long.');
    };
    await library.chooseModel('base');
    const failed = await statusWhen(library, ({ models }) => models.change?.state === 'failed');
    expect(failed.models.change?.reason).toMatch(/1 post .*too long/);
    expect(failed.models.choice?.model).toBe('quick');
    base.before = () => undefined;
    await library.retryModel();
    await takenOver(library, 'base');
  });

  it('is not undone by another tab that still works with the old model', async () => {
    const { library } = await readWithQuick();
    const other = libraries.open(readyModels().supply);
    await statusWhen(other, complete);
    await library.chooseModel('base');
    const { vectors } = await takenOver(library, 'base');
    await other.importFiles([file('new.md', markdownPost('New', 'A new post on gulls.'))], { source: 'blog' });
    await statusWhen(other, complete);
    await libraries.close(other);
    await libraries.close(library);
    const again = readyModels();
    const reopened = libraries.open(again.supply);
    const status = await takenOver(reopened, 'base');
    expect(queued(again.embedders['base'])).toHaveLength(status.vectors - vectors);
  });
});
