import { describe, expect, test, vi } from 'vitest';
import {
  KindredError,
  postId,
  type ImportFile,
  type ImportProgress,
  type ImportChoices,
  type LibraryApi,
} from '../core/index.ts';
import { createImportStore, type ImportState } from './importStore.ts';
import type { Gathered } from './readDropped.ts';

type ImportCalls = Pick<LibraryApi, 'importFiles' | 'cancelImport' | 'undoImport' | 'importDemo' | 'roomFor'>;

const enough = { needsBytes: 10, freeBytes: 1_000_000, fits: true };

/** Only what the store calls; anything else is a mistake and fails as undefined. */
const libraryWith = (calls: Partial<ImportCalls>): LibraryApi =>
  ({ roomFor: async () => enough, ...calls }) as LibraryApi;

const files = (...paths: string[]): ImportFile[] => paths.map((path) => ({ path, blob: new Blob(['12345']) }));
const gathered = (...paths: string[]): Gathered => ({ files: files(...paths), skipped: 0, issues: [] });

const progress = (filesDone: number, filesTotal: number, elapsedMs: number): ImportProgress => ({
  filesDone,
  filesTotal,
  bytesDone: filesDone * 5,
  bytesTotal: filesTotal * 5,
  postsFound: filesDone,
  failed: 0,
  elapsedMs,
});

const report = (id: string, added: number, change = {}) => ({
  id,
  added: Array.from({ length: added }, (_, index) => postId(`${id}-${index}`)),
  changed: [],
  unchanged: 1,
  issues: [],
  leftOut: { draft: 0, private: 0, reply: 0 },
  tables: [],
  cancelled: false,
  ...change,
});

function watched(library: LibraryApi, onPostsChanged = (): void => undefined) {
  const store = createImportStore(library, { looseName: 'Single files', onPostsChanged });
  const states: ImportState[] = [];
  store.subscribe((state) => states.push(state));
  return { store, states, current: () => store.getState() };
}

describe('importing', () => {
  test('gives each folder and feed its own source and adds their reports and progress up', async () => {
    const sources: [string, string[]][] = [];
    const importFiles: LibraryApi['importFiles'] = async (list, { source, onProgress }) => {
      sources.push([source, list.map(({ path }) => path)]);
      onProgress?.(progress(list.length, list.length, 100));
      return report(source, list.length);
    };
    const { store, states, current } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => gathered('blog/a.md', 'blog/b.md', 'feed.xml', 'x.md', 'x.vtt'));
    expect(sources).toEqual([
      ['blog', ['blog/a.md', 'blog/b.md']],
      ['feed.xml', ['feed.xml']],
      ['Single files', ['x.md', 'x.vtt']],
    ]);
    const seen = states.flatMap((state) => (state.state === 'importing' && state.progress ? [state.progress] : []));
    expect(
      seen.map(({ filesDone, filesTotal, bytesDone, elapsedMs }) => [filesDone, filesTotal, bytesDone, elapsedMs]),
    ).toEqual([
      [2, 5, 10, 100],
      [3, 5, 15, 200],
      [5, 5, 25, 300],
    ]);
    expect(current()).toMatchObject({
      state: 'done',
      undo: 'offered',
      result: { added: 5, unchanged: 3, error: null },
    });
  });

  test('offers no undo when nothing changed', async () => {
    const { store, current } = watched(libraryWith({ importFiles: async () => report('one', 0) }));
    await store.importGathered(() => gathered('a.md'));
    expect(current()).toMatchObject({ state: 'done', undo: 'none', result: { added: 0, unchanged: 1 } });
  });

  test('keeps what a folder could not give beside what the library refused', async () => {
    const issue = (item: string) => ({ item, code: 'file-empty' as const, message: 'It is empty.' });
    const importFiles = async () => report('one', 1, { issues: [issue('b.md')] });
    const { store, current } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => ({ ...gathered('a.md'), skipped: 7, issues: [issue('old')] }));
    expect(current()).toMatchObject({ result: { skipped: 7, issues: [issue('old'), issue('b.md')] } });
  });

  test('calls gather in the turn of its caller and refuses a second import meanwhile', async () => {
    const gather = vi.fn(() => gathered('a.md'));
    const { store } = watched(libraryWith({ importFiles: async () => report('one', 1) }));
    const first = store.importGathered(gather);
    expect(gather).toHaveBeenCalledOnce();
    expect(await store.importGathered(gather)).toBeNull();
    expect(await first).toMatchObject({ added: 1 });
    expect(gather).toHaveBeenCalledOnce();
  });

  test('tells when posts may have changed', async () => {
    const changed = vi.fn();
    const { store } = watched(libraryWith({ importFiles: async () => report('one', 1) }), changed);
    await store.importGathered(() => gathered('a.md'));
    expect(changed).toHaveBeenCalledOnce();
  });
});

describe('once more', () => {
  const issue = (item: string) => ({ item, code: 'file-empty' as const, message: 'It is empty.' });

  test('with drafts, and with the columns named: both choices hold, and one undo takes all back', async () => {
    const asked: ImportChoices[] = [];
    const undone: string[] = [];
    const { store, current } = watched(
      libraryWith({
        importFiles: async (_, { include, columns }) => {
          asked.push({ ...(include && { include }), ...(columns && { columns }) });
          return report(`${asked.length}`, 1, { leftOut: { draft: 2, private: 0, reply: 0 } });
        },
        undoImport: async (id) => void undone.push(id),
      }),
    );
    await store.importGathered(() => gathered('a.csv'));
    expect(current()).toMatchObject({ result: { leftOut: { draft: 2, private: 0, reply: 0 } } });
    await store.importAgain({ include: ['draft'] });
    const columns = {
      text: 'b',
      title: null,
      date: null,
      url: null,
      id: null,
      summary: null,
      author: null,
      tags: null,
    };
    await store.importAgain({ columns });
    expect(asked).toEqual([{}, { include: ['draft'] }, { include: ['draft'], columns }]);
    await store.undo();
    expect(undone).toEqual(['3', '2', '1']);
  });

  test('reads only those files again that something was wrong with', async () => {
    const read: string[][] = [];
    const importFiles: LibraryApi['importFiles'] = async (list) => {
      read.push(list.map(({ path }) => path));
      return report('x', 1, { issues: read.length === 1 ? [issue('site/b.jsonl, line 3'), issue('site/c.md')] : [] });
    };
    const { store, current } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => gathered('site/a.md', 'site/b.jsonl', 'site/c.md'));
    await store.retry();
    expect(read.at(-1)).toEqual(['site/b.jsonl', 'site/c.md']);
    expect(current()).toMatchObject({ state: 'done', undo: 'offered', result: { issues: [] } });
  });

  test('an archive is read again as a whole', async () => {
    const read: string[][] = [];
    const importFiles: LibraryApi['importFiles'] = async (list) => {
      read.push(list.map(({ path }) => path));
      return report('x', 0, { issues: [issue('site/posts/a.md')] });
    };
    const { store } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => gathered('download.zip'));
    await store.retry();
    expect(read).toEqual([['download.zip'], ['download.zip']]);
  });
});

describe('an archive gives its source the name that it keeps', () => {
  test.each([
    ['ferry-2024-05-01.zip', 'ferry'],
    ['site (2).tar.gz', 'site'],
    ['twitter-2024-05-01-0123456789abcdef0123456789abcdef.zip', 'twitter'],
    ['Export-1b2c3d4e-1111-2222-3333-444455556666.zip', 'Export'],
    ['2024-05-01.zip', '2024-05-01'],
  ])('%s', async (path, source) => {
    const sources: string[] = [];
    const importFiles: LibraryApi['importFiles'] = async (_, { source: name }) => {
      sources.push(name);
      return report('x', 1);
    };
    const { store } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => gathered(path));
    expect(sources).toEqual([source]);
  });
});

describe('stopping', () => {
  test('cancel ends the import at once and keeps what was read before', async () => {
    const started: string[] = [];
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const importFiles: LibraryApi['importFiles'] = async (_, { source }) => {
      started.push(source);
      await stopped;
      return report('one', 2, { cancelled: true });
    };
    const cancelImport = async (): Promise<void> => stop();
    const { store, current } = watched(libraryWith({ importFiles, cancelImport }));
    const adding = store.importGathered(() => gathered('a/1.md', 'b/2.md'));
    await vi.waitFor(() => expect(current().state).toBe('importing'));
    store.cancel();
    await adding;
    expect(started).toEqual(['a']);
    expect(current()).toMatchObject({
      state: 'done',
      undo: 'offered',
      result: { added: 2, cancelled: true, error: null },
    });
  });

  test('an error keeps the sources before it, with undo', async () => {
    const full = new KindredError('storage-full', 'The disk is full.');
    const importFiles: LibraryApi['importFiles'] = async (_, { source }) => {
      if (source === 'b') throw full;
      return report(source, 1);
    };
    const { store, current } = watched(libraryWith({ importFiles }));
    await store.importGathered(() => gathered('a/1.md', 'b/2.md', 'c/3.md'));
    expect(current()).toMatchObject({ state: 'done', undo: 'offered', result: { added: 1, error: full } });
  });

  test('a folder that cannot be walked is an error, not a crash', async () => {
    const { store, current } = watched(libraryWith({}));
    await store.importGathered(() => Promise.reject(new Error('drop went away')));
    expect(current()).toMatchObject({ state: 'done', undo: 'none', result: { error: { message: 'drop went away' } } });
  });
});

describe('undo', () => {
  test('takes sources back last first', async () => {
    const undone: string[] = [];
    const library = libraryWith({
      importFiles: async (_, { source }) => report(source, 1),
      undoImport: async (id) => void undone.push(id),
    });
    const { store, current } = watched(library);
    await store.importGathered(() => gathered('a/1.md', 'b/2.md'));
    await store.undo();
    expect(undone).toEqual(['b', 'a']);
    expect(current()).toMatchObject({ state: 'done', undo: 'undone' });
    await store.undo();
    expect(undone).toHaveLength(2);
  });

  test('that fails half-way can be tried again and goes on where it stopped', async () => {
    const undone: string[] = [];
    let broken = true;
    const library = libraryWith({
      importFiles: async (_, { source }) => report(source, 1),
      undoImport: async (id) => {
        if (id === 'a' && broken) throw new Error('blocked');
        undone.push(id);
      },
    });
    const { store, current } = watched(library);
    await store.importGathered(() => gathered('a/1.md', 'b/2.md'));
    await store.undo();
    expect(current()).toMatchObject({ undo: 'failed' });
    broken = false;
    await store.undo();
    expect(undone).toEqual(['b', 'a']);
    expect(current()).toMatchObject({ undo: 'undone' });
  });
});

test('the demo comes in through the same states, marked as the demo', async () => {
  const { store, current } = watched(libraryWith({ importDemo: async () => report('demo', 104) }));
  await store.importDemo();
  expect(current()).toMatchObject({ state: 'done', undo: 'offered', result: { added: 104, demo: true } });
  store.clear();
  expect(current()).toEqual({ state: 'idle' });
});

describe('an import that may not fit', () => {
  const room = { needsBytes: 40_000_000, freeBytes: 12_000_000, fits: false };
  const asked = () => {
    const importFiles = vi.fn(async () => report('one', 1));
    const roomFor = vi.fn(async () => room);
    const seen = watched(libraryWith({ importFiles, roomFor }));
    const done = seen.store.importGathered(() => gathered('a.md'));
    return { ...seen, done, importFiles, roomFor };
  };

  test('is asked about before it begins, with what it needs and what is left', async () => {
    const { store, current, done, importFiles, roomFor } = asked();
    await vi.waitFor(() => expect(current()).toEqual({ state: 'asking', room }));
    expect(roomFor).toHaveBeenCalledOnce();
    expect(importFiles).not.toHaveBeenCalled();
    expect(await store.importGathered(() => gathered('b.md'))).toBeNull();
    store.begin();
    expect(await done).toMatchObject({ added: 1, cancelled: false });
  });

  test('reads nothing when the author would rather not', async () => {
    const { store, current, done, importFiles } = asked();
    await vi.waitFor(() => expect(current().state).toBe('asking'));
    store.cancel();
    expect(await done).toMatchObject({ added: 0, cancelled: true, error: null });
    expect(importFiles).not.toHaveBeenCalled();
    expect(current()).toMatchObject({ state: 'done', undo: 'none' });
    expect(await store.importGathered(() => gathered())).toMatchObject({ cancelled: false });
  });

  test('begins where nobody can tell', async () => {
    const roomFor = () => Promise.reject(new KindredError('unexpected', 'A part did not load.'));
    const { store } = watched(libraryWith({ importFiles: async () => report('one', 1), roomFor }));
    expect(await store.importGathered(() => gathered('a.md'))).toMatchObject({ added: 1 });
  });
});
