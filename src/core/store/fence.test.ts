// Two workers over one database: only the last that opened it may write.
import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fullDisk } from '../../testing/fullDisk.ts';
import { storedPost } from '../../testing/storeRows.ts';
import { draftId } from '../draft.ts';
import { postId } from '../post.ts';
import type { Backend } from './backend.ts';
import { fenced } from './fence.ts';
import { createIndexedBackend } from './indexedBackend.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore, type Store } from './openStore.ts';

let count = 0;
let name = '';
const opened: Store[] = [];
const open = async (wrap = fenced): Promise<Store> => {
  const store = await openStore({ name, wrap });
  opened.push(store);
  return store;
};
beforeEach(() => {
  name = `fence-${count++}`;
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await deleteDB(name);
});

describe('a fenced store', () => {
  it('refuses every write of a worker once another has opened the library, and still lets it read', async () => {
    const first = await open();
    await first.posts.put([storedPost('a')]);
    const second = await open();
    expect(await second.posts.get(postId('a'))).not.toBeNull();
    const refused = { code: 'taken-over' };
    await expect(first.posts.put([storedPost('b')])).rejects.toMatchObject(refused);
    await expect(first.posts.remove([postId('a')])).rejects.toMatchObject(refused);
    await expect(first.settings.put('key', 1)).rejects.toMatchObject(refused);
    const draft = { id: draftId('d'), title: 'T', body: 'B', createdAt: 1, updatedAt: 2 };
    await expect(first.drafts.put(draft)).rejects.toMatchObject(refused);
    expect(await first.posts.get(postId('a'))).not.toBeNull();
    await second.posts.put([storedPost('c')]);
    expect(await second.posts.count()).toBe(2);
    expect(await second.settings.get('key', String)).toBeNull();
  });

  it('lets whoever opens it again write again', async () => {
    const first = await open();
    await first.posts.put([storedPost('a')]);
    await (await open()).posts.put([storedPost('b')]);
    const again = await open();
    await again.posts.put([storedPost('c')]);
    expect(await again.posts.count()).toBe(3);
  });

  it('says that another has opened the library where what that one wrote was not understood', async () => {
    const backends = [];
    for (let nth = 0; nth < 2; nth++) {
      const backend = fenced(createIndexedBackend(await openDatabase({ name })));
      await backend.run(['meta'], 'readonly', (transaction) => transaction.count('meta'));
      backends.push(backend);
    }
    const confused = (backend: Backend) =>
      backend.run(['meta'], 'readwrite', async (transaction) => {
        await transaction.put('meta', { key: 'half', value: 1 });
        throw new Error('These rows do not fit each other.');
      });
    const [first, second] = backends;
    await expect(confused(first!)).rejects.toMatchObject({ code: 'taken-over' });
    await expect(confused(second!)).rejects.toThrow('do not fit');
    const half = await second!.run(['meta'], 'readonly', (transaction) => transaction.get('meta', 'half'));
    expect(half).toBeUndefined();
    for (const backend of backends) await backend.close();
  });

  it('of two that open it at once, exactly one may write', async () => {
    const stores = await Promise.all([open(), open()]);
    const read = await Promise.all(stores.map((store) => store.posts.count()));
    expect(read).toEqual([0, 0]);
    const written = await Promise.allSettled(stores.map((store) => store.posts.put([storedPost('a')])));
    expect(written.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('opens on a full disk, and reads what is there', async () => {
    await (await open()).posts.put([storedPost('a')]);
    const full = await open((disk) => fenced(fullDisk(() => true)(disk)));
    expect(await full.posts.count()).toBe(1);
    // What can be deleted makes room.
    await full.posts.remove([postId('a')]);
    expect(await full.posts.count()).toBe(0);
  });
});

describe('a draft changed in two places', () => {
  const draft = (body: string, updatedAt: number) => ({ id: draftId('d'), title: 'T', body, createdAt: 1, updatedAt });

  it('is stored over the version that it was made from, and over no other', async () => {
    const { drafts } = await open();
    expect(await drafts.put(draft('one', 10), null)).toBeNull();
    expect(await drafts.put(draft('two', 20), 10)).toBeNull();
    expect(await drafts.put(draft('other two', 21), 10)).toEqual(draft('two', 20));
    expect(await drafts.all()).toEqual([draft('two', 20)]);
  });

  it('is stored when sent a second time, when it says the same, and when the other was deleted', async () => {
    const { drafts } = await open();
    await drafts.put(draft('one', 10), null);
    expect(await drafts.put(draft('one', 10), null)).toBeNull();
    expect(await drafts.put(draft('one', 12), 5)).toBeNull();
    await drafts.remove(draftId('d'));
    expect(await drafts.put(draft('two', 20), 12)).toBeNull();
    expect(await drafts.all()).toEqual([draft('two', 20)]);
  });
});
