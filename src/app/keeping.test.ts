import { describe, expect, test, vi } from 'vitest';
import type { LibraryStatus, PostFacets } from '../core/index.ts';
import { fakeStatus } from '../testing/fakeStatus.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { demoSource } from './demoSource.ts';
import { createKeeping, type KeepingOptions } from './keeping.ts';
import type { KeyValues } from './preferences.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let clock = Date.UTC(2026, 2, 3, 9);

const facets = (...sources: string[]): PostFacets => ({
  kinds: [],
  sources,
  tags: [],
  years: [],
  folders: [],
  languages: [],
});

function keepingOver(storage: KeyValues | null, options: Partial<KeepingOptions> & { sources?: string[] } = {}) {
  const { sources = ['Blog'], ...rest } = options;
  const postFacets = vi.fn(async () => facets(...sources));
  const keeping = createKeeping({ storage, manager: null, library: { postFacets }, now: () => clock, ...rest });
  return { keeping, postFacets };
}

interface Seen {
  posts: number;
  madeAt?: number | null;
  persisted?: boolean;
  kind?: 'indexeddb' | 'memory';
  fromCache?: boolean;
  here?: boolean;
  model?: string;
}

function statusOf(seen: Seen): LibraryStatus {
  const { posts, madeAt = 1, persisted = false, kind = 'indexeddb', fromCache = true, here = true, model } = seen;
  const status = fakeStatus('ready', { posts, embedded: posts, msPerPost: 1 });
  if (status.model.state !== 'ready') throw new Error('The model is ready in this scene.');
  return {
    ...status,
    model: { ...status.model, fromCache, ...(model === undefined ? {} : { model }) },
    storage: { ...status.storage, kind, madeAt, persisted },
    tabs: { ...status.tabs, here },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A visit that sees these states of the library, one after the other. */
async function visit(storage: KeyValues, seen: Seen[], options?: Parameters<typeof keepingOver>[1]) {
  const { keeping } = keepingOver(storage, options);
  for (const one of seen) {
    keeping.follow(statusOf(one));
    await settled();
  }
  return keeping;
}

describe('a library that the browser has cleared', () => {
  test('is told of, with what it had and when it was last here, until the author says so', async () => {
    const storage = memoryStorage();
    const seenAt = clock;
    await visit(storage, [{ posts: 0 }, { posts: 412 }]);
    clock += 20 * DAY;
    const keeping = await visit(storage, [{ posts: 0, madeAt: 2 }]);
    expect(keeping.getState().lost).toEqual({ posts: 412, seenAt });
    const again = await visit(storage, [{ posts: 0, madeAt: 2 }]);
    expect(again.getState().lost).toEqual({ posts: 412, seenAt });
    again.dismissLost();
    expect(again.getState().lost).toBeNull();
    expect((await visit(storage, [{ posts: 0, madeAt: 2 }])).getState().lost).toBeNull();
  });

  test('is not told of any more when its posts are back', async () => {
    const storage = memoryStorage();
    await visit(storage, [{ posts: 412 }]);
    const keeping = await visit(storage, [{ posts: 0, madeAt: 2 }]);
    keeping.follow(statusOf({ posts: 100, madeAt: 2 }));
    expect(keeping.getState().lost).not.toBeNull();
    keeping.follow(statusOf({ posts: 412, madeAt: 2 }));
    expect(keeping.getState().lost).toBeNull();
  });

  test('is told from one that the author has emptied, however long ago', async () => {
    const storage = memoryStorage();
    await visit(storage, [{ posts: 412 }, { posts: 0 }]);
    expect((await visit(storage, [{ posts: 0 }])).getState().lost).toBeNull();
    expect((await visit(storage, [{ posts: 0, madeAt: 2 }])).getState().lost).toBeNull();
  });

  test('is nothing to tell where there was the demo alone, or memory', async () => {
    const demo = memoryStorage();
    await visit(demo, [{ posts: 60 }], { sources: [demoSource] });
    expect((await visit(demo, [{ posts: 0, madeAt: 2 }])).getState().lost).toBeNull();
    const memory = memoryStorage();
    await visit(memory, [{ posts: 412 }]);
    expect((await visit(memory, [{ posts: 0, kind: 'memory', madeAt: null }])).getState().lost).toBeNull();
  });

  test('is put away in every tab at once', async () => {
    const storage = memoryStorage();
    await visit(storage, [{ posts: 412 }]);
    const one = await visit(storage, [{ posts: 0, madeAt: 2 }]);
    const other = await visit(storage, [{ posts: 0, madeAt: 2 }]);
    one.dismissLost();
    other.follow(statusOf({ posts: 0, madeAt: 2 }));
    expect(other.getState().lost).toBeNull();
  });

  test('looks for own posts once, not at every change', async () => {
    const { keeping, postFacets } = keepingOver(memoryStorage());
    for (const posts of [10, 20, 30]) {
      keeping.follow(statusOf({ posts }));
      await settled();
    }
    expect(postFacets).toHaveBeenCalledOnce();
  });

  test('is nothing to tell where the page may remember nothing, or something that is none', async () => {
    const { keeping } = keepingOver(null);
    keeping.follow(statusOf({ posts: 3 }));
    keeping.follow(statusOf({ posts: 3 }));
    expect(keeping.getState().lost).toBeNull();
    for (const text of ['{', '[]', '{"posts":"many","lost":{"posts":null},"asked":3}'])
      expect((await visit(memoryStorage({ 'kindred.kept': text }), [{ posts: 0 }])).getState().lost).toBeNull();
  });
});

describe('the promise to keep the library', () => {
  test('is asked for once after an import, and a refusal is remembered for a week', async () => {
    const storage = memoryStorage();
    const persist = vi.fn(() => Promise.resolve(false));
    const manager = { persist };
    const first = keepingOver(storage, { manager }).keeping;
    first.follow(statusOf({ posts: 0 }));
    expect(first.getState()).toMatchObject({ promise: 'unasked', askedAt: null });
    await first.askOnce();
    await first.askOnce();
    expect(persist).toHaveBeenCalledOnce();
    expect(first.getState()).toMatchObject({ promise: 'refused', askedAt: clock });
    const second = keepingOver(storage, { manager }).keeping;
    expect(second.getState().promise).toBe('refused');
    clock += 8 * DAY;
    persist.mockResolvedValue(true);
    await second.askOnce();
    expect(second.getState()).toMatchObject({ promise: 'kept', askedAt: clock });
    await second.askOnce();
    expect(persist).toHaveBeenCalledTimes(2);
  });

  test('is never asked for where the browser has given it, and can be asked for again by hand where not', async () => {
    const persist = vi.fn(() => Promise.reject(new Error('No window to ask in.')));
    const { keeping } = keepingOver(memoryStorage(), { manager: { persist } });
    await keeping.ask();
    await keeping.ask();
    expect(persist).toHaveBeenCalledTimes(2);
    expect(keeping.getState().promise).toBe('refused');
    keeping.follow(statusOf({ posts: 3, persisted: true }));
    expect(keeping.getState().promise).toBe('kept');
    await keeping.askOnce();
    expect(persist).toHaveBeenCalledTimes(2);
  });

  test('is impossible where there is nobody to ask', async () => {
    const { keeping } = keepingOver(memoryStorage());
    await keeping.askOnce();
    expect(keeping.getState()).toMatchObject({ promise: 'impossible', askedAt: null });
  });
});

describe('the model’s files', () => {
  test('are said to be cleared when this tab had to fetch again what was kept', async () => {
    const storage = memoryStorage();
    const first = await visit(storage, [{ posts: 3, fromCache: false }]);
    expect(first.getState().modelCleared).toBe(false);
    expect((await visit(storage, [{ posts: 3 }])).getState().modelCleared).toBe(false);
    expect((await visit(storage, [{ posts: 3, fromCache: false }])).getState().modelCleared).toBe(true);
  });

  test('are not said to be cleared when another tab has fetched them just now, or they are another model’s', async () => {
    const storage = memoryStorage();
    await visit(storage, [{ posts: 3, fromCache: false }]);
    const other = await visit(storage, [{ posts: 3, fromCache: false, here: false }]);
    expect(other.getState().modelCleared).toBe(false);
    const changed = await visit(storage, [{ posts: 3, fromCache: false, model: 'another' }]);
    expect(changed.getState().modelCleared).toBe(false);
  });
});
