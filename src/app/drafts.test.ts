import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftId, KindredError } from '../core/index.ts';
import type { Draft, DraftId } from '../core/index.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { createDrafts, SAVE_AT_LEAST_MS, SAVE_PAUSE_MS } from './drafts.ts';
import { createPreferences } from './preferences.ts';
import { createUnsavedDrafts } from './unsavedDrafts.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function storedDraft(id: string, updatedAt: number): Draft {
  return { id: draftId(id), title: `Title ${id}`, body: `Body ${id}`, createdAt: 1, updatedAt };
}

function setUp(...stored: Draft[]) {
  const kept = new Map(stored.map((draft) => [draft.id, draft]));
  const saved: Draft[] = [];
  const library = {
    listDrafts: async () => [...kept.values()],
    saveDraft: async (draft: Draft) => {
      saved.push(draft);
      kept.set(draft.id, draft);
      return null;
    },
    removeDraft: async (id: DraftId) => void kept.delete(id),
  };
  const storage = memoryStorage();
  const preferences = createPreferences(storage);
  let next = 1;
  const unsaved = createUnsavedDrafts(storage);
  const drafts = createDrafts({
    library,
    preferences,
    kept: unsaved,
    now: () => Date.now(),
    newId: () => `new-${next++}`,
  });
  const ready = () => {
    const state = drafts.getState();
    if (state.state !== 'ready') throw new Error('not ready');
    return state;
  };
  return { drafts, library, preferences, kept, saved, ready, storage };
}

describe('opening', () => {
  test('opens the draft that was open last, the last edited first in the list', async () => {
    const { drafts, preferences, ready } = setUp(storedDraft('a', 10), storedDraft('b', 20));
    preferences.setState({ openDraft: draftId('a') });
    await drafts.load();
    expect(drafts.current()?.id).toBe('a');
    expect(ready().drafts.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('opens an empty draft where there is none, without storing it', async () => {
    const { drafts, saved } = setUp();
    await drafts.load();
    expect(drafts.current()).toMatchObject({ title: '', body: '' });
    expect(saved).toEqual([]);
  });

  test('stays usable when drafts cannot be read, and says so', async () => {
    const { drafts, library, ready } = setUp();
    library.listDrafts = () => Promise.reject(new KindredError('storage-blocked', 'Another tab holds it.'));
    await drafts.load();
    expect(ready().saved).toMatchObject({ state: 'failed', error: { code: 'storage-blocked' } });
    expect(drafts.current()).not.toBeNull();
  });
});

describe('saving', () => {
  test('once, after a pause in typing', async () => {
    const { drafts, saved, ready } = setUp(storedDraft('a', 10));
    await drafts.load();
    for (const body of ['x', 'xy', 'xyz']) drafts.edit({ body });
    expect(ready().saved.state).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
    expect(saved.map(({ body }) => body)).toEqual(['xyz']);
    expect(ready().saved.state).toBe('saved');
  });

  test('also while the author never pauses', async () => {
    const { drafts, saved } = setUp(storedDraft('a', 10));
    await drafts.load();
    for (let typed = 0; typed < (SAVE_AT_LEAST_MS / 100) * 2; typed++) {
      drafts.edit({ body: String(typed) });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saved.length).toBeGreaterThanOrEqual(1);
  });

  test('at once when the page may go away', async () => {
    const { drafts, saved } = setUp(storedDraft('a', 10));
    await drafts.load();
    drafts.edit({ title: 'New title' });
    await drafts.flush();
    expect(saved).toMatchObject([{ title: 'New title', body: 'Body a' }]);
  });

  test('is tried again with the next change after it failed', async () => {
    const { drafts, library, saved, ready } = setUp(storedDraft('a', 10));
    const save = library.saveDraft;
    library.saveDraft = () => Promise.reject(new KindredError('storage-full', 'No room.'));
    await drafts.load();
    drafts.edit({ body: 'kept in the page' });
    await drafts.flush();
    expect(ready().saved).toMatchObject({ state: 'failed', error: { code: 'storage-full' } });
    library.saveDraft = save;
    drafts.edit({ title: 'more' });
    await drafts.flush();
    expect(saved).toMatchObject([{ title: 'more', body: 'kept in the page' }]);
    expect(ready().saved.state).toBe('saved');
  });

  test('covers a draft that was left before the pause was over', async () => {
    const { drafts, saved } = setUp(storedDraft('a', 10), storedDraft('b', 20));
    await drafts.load();
    drafts.edit({ body: 'b changed' });
    drafts.open(draftId('a'));
    await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
    expect(saved.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('several drafts', () => {
  test('a new one is opened, and one that is still empty is used again', async () => {
    const { drafts, ready } = setUp(storedDraft('a', 10));
    await drafts.load();
    drafts.create();
    drafts.create();
    expect(ready().drafts).toHaveLength(2);
    expect(drafts.current()).toMatchObject({ title: '', body: '' });
  });

  test('deleting the open one opens the next, and undo brings it back as it was', async () => {
    const { drafts, kept } = setUp(storedDraft('a', 10), storedDraft('b', 20));
    await drafts.load();
    const undo = drafts.remove(draftId('b'));
    expect(drafts.current()?.id).toBe('a');
    await vi.advanceTimersByTimeAsync(0);
    expect([...kept.keys()]).toEqual(['a']);
    undo();
    await vi.advanceTimersByTimeAsync(0);
    expect(drafts.current()).toMatchObject({ id: 'b', body: 'Body b' });
    expect(kept.has(draftId('b'))).toBe(true);
  });

  test('deleting the last one leaves an empty one', async () => {
    const { drafts, ready } = setUp(storedDraft('a', 10));
    await drafts.load();
    drafts.remove(draftId('a'));
    expect(ready().drafts).toMatchObject([{ title: '', body: '' }]);
  });
});
