// Transactions of every backend: all or nothing, in order, drained on closing.
import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postId } from '../post.ts';
import { storedPost } from '../../testing/storeRows.ts';
import type { Backend } from './backend.ts';
import { fenced } from './fence.ts';
import { createIndexedBackend } from './indexedBackend.ts';
import { compareKeys, inSpan, type Key } from './keyOrder.ts';
import { createMemoryBackend } from './memoryBackend.ts';
import { openDatabase } from './openDatabase.ts';
import { createSpillingBackend } from './spillingBackend.ts';
import { toStorageError } from './storageErrors.ts';

let count = 0;

const backends: Record<string, () => Promise<{ backend: Backend; dispose: () => Promise<void> }>> = {
  IndexedDB: async () => {
    const name = `backend-${count++}`;
    return { backend: createIndexedBackend(await openDatabase({ name })), dispose: () => deleteDB(name) };
  },
  memory: async () => ({ backend: createMemoryBackend(), dispose: () => Promise.resolve() }),
  'IndexedDB, fenced': async () => {
    const name = `backend-${count++}`;
    return { backend: fenced(createIndexedBackend(await openDatabase({ name }))), dispose: () => deleteDB(name) };
  },
  'memory above IndexedDB': async () => {
    const name = `backend-${count++}`;
    const disk = createIndexedBackend(await openDatabase({ name }));
    return { backend: createSpillingBackend(disk), dispose: () => deleteDB(name) };
  },
};

describe.each(Object.entries(backends))('transactions over %s', (_name, open) => {
  it('that fail leave nothing behind', async () => {
    const { backend, dispose } = await open();
    await backend.run(['posts'], 'readwrite', (t) => t.put('posts', storedPost('kept')));
    const failing = backend.run(['posts', 'meta'], 'readwrite', async (t) => {
      await t.put('posts', storedPost('kept', 'Changed.'));
      await t.put('posts', storedPost('new'));
      await t.delete('posts', postId('kept'));
      await t.put('meta', { key: 'a', value: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const posts = await backend.run(['posts'], 'readonly', (t) => t.getAll('posts'));
    expect(posts).toEqual([storedPost('kept')]);
    expect(await backend.run(['meta'], 'readonly', (t) => t.count('meta'))).toBe(0);
    await backend.close();
    await dispose();
  });

  it('that change what can’t be stored fail, and are seen by what they ask next', async () => {
    const { backend, dispose } = await open();
    let seen: unknown = null;
    const failing = backend.run(['meta'], 'readwrite', async (t) => {
      await t.put('meta', { key: 'a', value: 1 });
      await t.put('meta', { key: 'b', value: 2 });
      await t.delete('meta', 'a');
      seen = await t.getAll('meta');
      await t.put('meta', { key: 'c', value: () => 'no row' });
    });
    await expect(failing).rejects.toThrow();
    expect(seen).toEqual([{ key: 'b', value: 2 }]);
    expect(await backend.run(['meta'], 'readonly', (t) => t.count('meta'))).toBe(0);
    await backend.close();
    await dispose();
  });

  it('that overlap count up without losing a step', async () => {
    const { backend, dispose } = await open();
    const step = (): Promise<void> =>
      backend.run(['meta'], 'readwrite', async (t) => {
        const row = await t.get('meta', 'n');
        await t.put('meta', { key: 'n', value: (typeof row?.value === 'number' ? row.value : 0) + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, step));
    expect(await backend.run(['meta'], 'readonly', (t) => t.get('meta', 'n'))).toEqual({ key: 'n', value: 20 });
    await backend.close();
    await dispose();
  });

  it('read spans of keys in order', async () => {
    const { backend, dispose } = await open();
    await backend.run(['posts'], 'readwrite', async (t) => {
      for (const id of ['c', 'a', 'd', 'b']) await t.put('posts', storedPost(id));
    });
    const ids = (lower: string, lowerOpen: boolean, upper?: string) =>
      backend.run(['posts'], 'readonly', async (t) => {
        const span = { lower: postId(lower), lowerOpen, ...(upper === undefined ? {} : { upper: postId(upper) }) };
        return (await t.getAll('posts', span, 2)).map((post) => post.id);
      });
    expect(await ids('a', true)).toEqual(['b', 'c']);
    expect(await ids('b', false)).toEqual(['b', 'c']);
    expect(await ids('b', false, 'b')).toEqual(['b']);
    await backend.close();
    await dispose();
  });

  it('close only after those under way', async () => {
    const { backend, dispose } = await open();
    let ended = false;
    const running = backend.run(['posts'], 'readwrite', async (t) => {
      for (let n = 0; n < 50; n++) await t.put('posts', storedPost(`post-${n}`));
      ended = true;
    });
    await backend.close();
    expect(ended).toBe(true);
    await running;
    await dispose();
  });
});

describe('errors of the platform', () => {
  it('become codes that say what to do, with the cause kept', () => {
    const quota = new DOMException('too much', 'QuotaExceededError');
    expect(toStorageError(quota)).toMatchObject({ code: 'storage-full', cause: quota });
    expect(toStorageError(quota).message).toMatch(/stored before is still there.*Remove posts/);
    expect(toStorageError(new Error('odd'))).toMatchObject({ code: 'storage-failed' });
  });

  it('of a database that a newer version took over name the remedy', async () => {
    const name = `backend-${count++}`;
    const backend = createIndexedBackend(await openDatabase({ name }));
    const newer = await openDB(name, 999);
    await expect(backend.run(['posts'], 'readonly', (t) => t.count('posts'))).rejects.toMatchObject({
      code: 'storage-blocked',
      message: expect.stringMatching(/Reload this tab/) as string,
    });
    newer.close();
    await deleteDB(name);
  });
});

describe('key order', () => {
  const key: fc.Arbitrary<Key> = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.tuple(fc.string(), fc.integer()),
    fc.array(fc.integer(), { maxLength: 3 }),
  );

  it('is that of IndexedDB', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(indexedDB.cmp(a, b));
      }),
    );
  });

  it('says what lies in a span', () => {
    fc.assert(
      fc.property(key, key, key, fc.boolean(), (one, a, b, lowerOpen) => {
        const [lower, upper] = compareKeys(a, b) < 0 ? [a, b] : [b, a];
        fc.pre(compareKeys(a, b) !== 0);
        const span = { lower, upper, lowerOpen };
        expect(inSpan(one, span)).toBe(IDBKeyRange.bound(lower, upper, lowerOpen).includes(one));
        expect(inSpan(one, { lower })).toBe(IDBKeyRange.lowerBound(lower).includes(one));
      }),
    );
  });
});
