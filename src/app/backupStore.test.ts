// The page's side of backups: the place first, then the work; the question before a restore; what the page remembers comes and goes with it.
import { describe, expect, it, vi } from 'vitest';
import { draftId, KindredError, postId } from '../core/index.ts';
import { fakeBackup } from '../testing/fakeBackup.ts';
import { createBackupStore, type BackupStoreOptions } from './backupStore.ts';
import { mergedPreferences, pagePreferences } from './pagePreferences.ts';
import { createPreferences, defaultPreferences } from './preferences.ts';

function setUp(more: Partial<BackupStoreOptions['library']> = {}, chosen: 'chosen' | 'none' = 'chosen') {
  const library = { ...fakeBackup({ posts: () => 3 }), ...more };
  const preferences = createPreferences(null);
  const drafts = { flush: vi.fn(() => Promise.resolve()), load: vi.fn(() => Promise.resolve()) };
  const place = {
    choose: () => Promise.resolve(chosen === 'none' ? null : { name: 'a.kindred', handle: null }),
    download: vi.fn(),
  };
  const onPostsChanged = vi.fn();
  const store = createBackupStore({ library, drafts, preferences, place, onPostsChanged });
  return { store, preferences, drafts, place, onPostsChanged };
}

const file = new File(['x'], 'a.kindred');
const [one, other] = [draftId('one'), draftId('other')];
const [a, b] = [postId('a'), postId('b')];

describe('a backup', () => {
  it('saves what is typed, writes, and hands the file over', async () => {
    const { store, drafts, place } = setUp();
    await store.write();
    expect(drafts.flush).toHaveBeenCalledOnce();
    expect(place.download).toHaveBeenCalledWith(expect.any(Blob), 'a.kindred');
    expect(store.getState()).toMatchObject({ state: 'written', task: 'write', file: { posts: 3 } });
  });

  it('does nothing when no place was chosen', async () => {
    const { store, drafts } = setUp({}, 'none');
    await store.write();
    await store.export('npy');
    expect(drafts.flush).not.toHaveBeenCalled();
    expect(store.getState()).toEqual({ state: 'idle' });
  });

  it('cancelled leaves nothing, failed says why', async () => {
    const { store } = setUp();
    const exporting = store.export('npy');
    await vi.waitFor(() => expect(store.getState().state).toBe('working'));
    store.cancel();
    await exporting;
    expect(store.getState()).toEqual({ state: 'idle' });
    const failing = setUp({ inspectBackup: () => Promise.reject(new KindredError('backup-damaged', 'at byte 9')) });
    await failing.store.check(file);
    expect(failing.store.getState()).toMatchObject({
      state: 'failed',
      task: 'check',
      error: { code: 'backup-damaged' },
    });
  });
});

describe('a restore', () => {
  const page = { ...pagePreferences(defaultPreferences), theme: 'dark', dismissed: { one: ['b'], other: ['a'] } };

  const restored = {
    id: 'r',
    added: 1,
    changed: 0,
    removed: 0,
    unchanged: 0,
    drafts: 1,
    vectors: 0,
    queued: 0,
    page,
  };

  it('asks first, then takes over what the page remembered, and gives it back when undone', async () => {
    let before: unknown = null;
    const { store, preferences, drafts, onPostsChanged } = setUp({
      restoreBackup: (_file, options) => {
        before = structuredClone(options.page);
        return Promise.resolve(restored);
      },
      undoRestore: () => Promise.resolve(before),
    });
    preferences.setState({ dismissed: { [one]: [a] } });
    await store.restore({ mode: 'replace', vectors: true });
    expect(store.getState()).toEqual({ state: 'idle' });
    await store.check(file);
    expect(store.getState()).toMatchObject({ state: 'asking', contents: { posts: 412 } });
    await store.restore({ mode: 'replace', vectors: true });
    expect(store.getState()).toMatchObject({ state: 'restored', undo: 'offered' });
    expect(preferences.getState()).toMatchObject({ theme: 'dark', dismissed: { one: ['b'], other: ['a'] } });
    expect(drafts.load).toHaveBeenCalledOnce();
    expect(onPostsChanged).toHaveBeenCalledOnce();
    await store.undo();
    expect(store.getState()).toMatchObject({ state: 'restored', undo: 'undone' });
    expect(preferences.getState()).toMatchObject({ theme: 'system', dismissed: { one: ['a'] } });
  });

  it('that merges adds what was put away, and leaves the rest of the page alone', () => {
    const here = { ...defaultPreferences, dismissed: { [one]: [a] } };
    expect(mergedPreferences(here, page, 'merge')).toEqual({
      ...here,
      dismissed: { [one]: [a, b], [other]: [a] },
    });
    expect(mergedPreferences(here, null, 'replace')).toBeNull();
  });

  it('says when it could not be undone, and tries again', async () => {
    let fails = true;
    const { store } = setUp({
      undoRestore: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve(null)),
    });
    await store.check(file);
    await store.restore({ mode: 'merge', vectors: true });
    await store.undo();
    expect(store.getState()).toMatchObject({ undo: 'failed' });
    fails = false;
    await store.undo();
    expect(store.getState()).toMatchObject({ undo: 'undone' });
  });

  it('of an earlier visit can be undone until it is put away, which gives its room back', async () => {
    const forgetRestore = vi.fn(() => Promise.resolve());
    const restoreToUndo = vi.fn(() => Promise.resolve(restored));
    const undoRestore = vi.fn(() => Promise.resolve(page));
    const visit = () => setUp({ restoreToUndo, forgetRestore, undoRestore });
    const first = visit();
    await first.store.recall();
    expect(first.store.getState()).toMatchObject({ state: 'restored', undo: 'offered', report: { id: 'r' } });
    await first.store.undo();
    expect(undoRestore).toHaveBeenCalledWith('r');
    expect(first.preferences.getState()).toMatchObject({ theme: 'dark' });
    const second = visit();
    await second.store.recall();
    second.store.close();
    expect(forgetRestore).toHaveBeenCalledWith('r');
    expect(second.store.getState()).toEqual({ state: 'idle' });
  });

  it('is offered for undo again once what was done meanwhile is put away, and never over anything else', async () => {
    const { store } = setUp({ restoreToUndo: () => Promise.resolve(restored) });
    await store.write();
    await store.recall();
    expect(store.getState()).toMatchObject({ state: 'written' });
    store.close();
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ state: 'restored', undo: 'offered' }));
  });
});
