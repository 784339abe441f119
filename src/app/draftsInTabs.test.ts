// The same draft in two tabs: no word is lost, and both versions are there where both were changed.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftId, type Draft, type DraftId } from '../core/index.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { createDrafts } from './drafts.ts';
import { createPreferences } from './preferences.ts';
import { createUnsavedDrafts } from './unsavedDrafts.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const id = draftId('d');
const first: Draft = { id, title: 'T', body: 'as stored', createdAt: 1, updatedAt: 2 };

/** A library that stores as the real one does, and tells every tab of it. */
function sharedLibrary(...stored: Draft[]) {
  const rows = new Map(stored.map((draft) => [draft.id, draft]));
  const tabs: { reload(): Promise<void> }[] = [];
  const tell = (): void => tabs.forEach((tab) => void tab.reload());
  const library = {
    listDrafts: async () => structuredClone([...rows.values()]),
    saveDraft: async (draft: Draft, { base }: { base?: number | null } = {}) => {
      const there = rows.get(draft.id);
      if (base !== undefined && there !== undefined && there.updatedAt !== base && there.body !== draft.body)
        return there;
      rows.set(draft.id, draft);
      setTimeout(tell, 100);
      return null;
    },
    removeDraft: async (gone: DraftId) => {
      rows.delete(gone);
      setTimeout(tell, 100);
    },
  };
  let forks = 0;
  async function open(storage = memoryStorage()) {
    const kept = createUnsavedDrafts(storage);
    const newId = (): string => `fork-${++forks}`;
    const drafts = createDrafts({
      library,
      preferences: createPreferences(storage),
      kept,
      now: () => Date.now(),
      newId,
    });
    tabs.push(drafts);
    await drafts.load();
    const ready = () => {
      const state = drafts.getState();
      if (state.state !== 'ready') throw new Error('not ready');
      return state;
    };
    return { drafts, ready, storage, body: () => drafts.current()?.body };
  }
  return { rows, library, open, bodies: () => [...rows.values()].map(({ body }) => body).sort() };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a draft that is open in two tabs', () => {
  test('shows in the other what was written in one, without a word about it', async () => {
    const { open } = sharedLibrary(first);
    const [one, two] = [await open(), await open()];
    one.drafts.edit({ body: 'as stored, and more' });
    await pass(1_000);
    expect(two.body()).toBe('as stored, and more');
    expect(two.ready()).toMatchObject({ elsewhere: null, revision: 1, saved: { state: 'saved' } });
    // And back, over the version that came from there.
    two.drafts.edit({ body: 'as stored, and more, and more' });
    await pass(1_000);
    expect(one.body()).toBe('as stored, and more, and more');
    expect(one.ready().elsewhere).toBeNull();
    expect(one.ready().drafts).toHaveLength(1);
  });

  test('is two drafts when both were changed: each tab keeps what was written in it, and says so', async () => {
    const { open, bodies } = sharedLibrary(first);
    const [one, two] = [await open(), await open()];
    one.drafts.edit({ body: 'written in one' });
    two.drafts.edit({ body: 'written in two' });
    await pass(2_000);
    expect(bodies()).toEqual(['written in one', 'written in two']);
    expect([one.body(), two.body()]).toEqual(['written in one', 'written in two']);
    expect(one.ready().elsewhere).toBeNull();
    const { elsewhere, open: mine, drafts } = two.ready();
    expect(elsewhere).toEqual({ kind: 'both-changed', other: id });
    expect(mine).not.toBe(id);
    expect(drafts).toHaveLength(2);
    // Typing goes on in each without another split.
    one.drafts.edit({ body: 'written in one, more' });
    two.drafts.edit({ body: 'written in two, more' });
    await pass(2_000);
    expect(bodies()).toEqual(['written in one, more', 'written in two, more']);
    two.drafts.open(id);
    expect(two.body()).toBe('written in one, more');
  });

  test('keeps what is typed while the split is under way', async () => {
    const { open, bodies, library } = sharedLibrary(first);
    const [one, two] = [await open(), await open()];
    one.drafts.edit({ body: 'written in one' });
    await one.drafts.flush();
    const save = library.saveDraft;
    library.saveDraft = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return save(...args);
    };
    two.drafts.edit({ body: 'written in' });
    const flushed = two.drafts.flush();
    await pass(10);
    two.drafts.edit({ body: 'written in two' });
    await pass(2_000);
    await flushed;
    expect(two.body()).toBe('written in two');
    expect(bodies()).toEqual(['written in one', 'written in two']);
  });

  test('comes back when it was deleted in the other tab', async () => {
    const { open, bodies } = sharedLibrary(first, { ...first, id: draftId('e'), body: 'another', updatedAt: 1 });
    const [one, two] = [await open(), await open()];
    one.drafts.remove(id);
    await pass(500);
    expect(two.body()).toBe('another');
    expect(two.ready().elsewhere).toMatchObject({ kind: 'removed', draft: { body: 'as stored' } });
    two.drafts.bringBack();
    await pass(500);
    expect(two.body()).toBe('as stored');
    expect(bodies()).toEqual(['another', 'as stored']);
  });

  test('is stored again when it was deleted in the other tab while it was being written', async () => {
    const { open, bodies } = sharedLibrary(first);
    const [one, two] = [await open(), await open()];
    two.drafts.edit({ body: 'still being written' });
    one.drafts.remove(id);
    await pass(1_000);
    expect(two.body()).toBe('still being written');
    expect(bodies()).toEqual(['still being written']);
  });
});

describe('a page that goes away before the library has answered', () => {
  test('leaves its words to the next, which stores them', async () => {
    const { open, library, bodies } = sharedLibrary(first);
    const page = await open();
    const save = library.saveDraft;
    library.saveDraft = () => new Promise(() => undefined);
    page.drafts.edit({ body: 'the last words' });
    void page.drafts.flush();
    await pass(0);
    library.saveDraft = save;
    const next = await open(page.storage);
    expect(next.body()).toBe('the last words');
    await pass(500);
    expect(bodies()).toEqual(['the last words']);
    expect(createUnsavedDrafts(page.storage).all()).toEqual([]);
  });

  test('does not put its words over what another tab has stored since', async () => {
    const { open, library, bodies } = sharedLibrary(first);
    const [page, other] = [await open(), await open()];
    const save = library.saveDraft;
    library.saveDraft = () => new Promise(() => undefined);
    page.drafts.edit({ body: 'the last words' });
    void page.drafts.flush();
    await pass(0);
    library.saveDraft = save;
    await pass(10);
    other.drafts.edit({ body: 'written later' });
    await other.drafts.flush();
    const next = await open(page.storage);
    await pass(500);
    expect(bodies()).toEqual(['the last words', 'written later']);
    expect(next.ready().elsewhere).toMatchObject({ kind: 'both-changed' });
  });

  test('survives a storage with nonsense in it', async () => {
    const { open } = sharedLibrary(first);
    const storage = memoryStorage();
    storage.setItem('kindred.unsaved', '[{"draft":{"id":1},"base":null},7]');
    expect((await open(storage)).body()).toBe('as stored');
  });
});
