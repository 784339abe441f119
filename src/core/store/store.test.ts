// The contract of storage over IndexedDB, memory and a full disk, and how a store chooses between them.
import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { describeStore } from '../../testing/storeContract.ts';
import { rowsOf, spaceNamed, storedPost } from '../../testing/storeRows.ts';
import { fullDisk } from '../../testing/fullDisk.ts';
import { draftId } from '../draft.ts';
import { postId } from '../post.ts';
import { fenced } from './fence.ts';
import { openStore } from './openStore.ts';

let count = 0;
const freshName = (): string => `test-${count++}`;

describeStore('store over IndexedDB', { outlives: true }, () => {
  const name = freshName();
  return {
    open: () => openStore({ name }),
    dispose: () => deleteDB(name),
  };
});

describeStore('store that several tabs share', { outlives: true }, () => {
  const name = freshName();
  return {
    open: () => openStore({ name, wrap: fenced }),
    dispose: () => deleteDB(name),
  };
});

describeStore('store over memory', { outlives: false }, () => ({
  open: async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await openStore();
    vi.unstubAllGlobals();
    return store;
  },
  dispose: () => Promise.resolve(),
}));

describeStore('store over a full disk', { outlives: false }, () => {
  const name = freshName();
  return {
    open: () => openStore({ name, wrap: fullDisk(() => true) }),
    dispose: () => deleteDB(name),
  };
});

describe('a browser without IndexedDB', () => {
  it('gets a library in memory, with the reason and what to do', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await openStore();
    vi.unstubAllGlobals();
    expect(store.state.kind).toBe('memory');
    expect(store.state.reason).toMatch(/private windows.*normal window/);
  });

  it('gets one as well where opening fails, as in private windows of some browsers', async () => {
    const refusing = {
      open: () => {
        throw new DOMException(
          'A mutation operation was attempted on a database that did not allow mutations.',
          'InvalidStateError',
        );
      },
    };
    vi.stubGlobal('indexedDB', refusing);
    const store = await openStore();
    vi.unstubAllGlobals();
    expect(store.state.kind).toBe('memory');
  });
});

describe('a disk that fills up', () => {
  it('keeps what was stored, stores nothing by halves, and goes on in memory with a notice', async () => {
    const name = freshName();
    let full = false;
    const onState = vi.fn();
    const store = await openStore({ name, wrap: fullDisk(() => full), onState });
    await store.posts.put([storedPost('a')]);
    await store.vectors.append(spaceNamed('a'), 8, rowsOf([1]));
    full = true;
    await store.posts.put([storedPost('b'), storedPost('c')]);
    await store.vectors.append(spaceNamed('a'), 8, rowsOf([2]));
    expect(onState).toHaveBeenCalledOnce();
    expect(store.state).toMatchObject({
      kind: 'memory',
      reason: expect.stringMatching(/no room.*Remove posts/) as string,
    });
    expect(await store.posts.count()).toBe(3);
    expect((await store.posts.get(postId('c')))?.id).toBe('c');
    expect((await store.vectors.read(spaceNamed('a'), 8, new Set([1, 2]))).ids.length).toBe(2);
    await store.close();

    const again = await openStore({ name });
    expect(await again.posts.count()).toBe(1);
    expect((await again.posts.get(postId('a')))?.post.text).toBe('Text of a.');
    await again.close();
  });

  it('takes what was kept in memory once there is room again', async () => {
    const name = freshName();
    let full = true;
    const store = await openStore({ name, wrap: fullDisk(() => full) });
    await store.posts.put([storedPost('a'), storedPost('b')]);
    expect(await store.drain()).toBe(false);
    await store.posts.remove([postId('a')]);
    full = false;
    expect(await store.drain()).toBe(true);
    expect(store.state).toEqual({ kind: 'indexeddb', reason: null });
    await store.close();
    const again = await openStore({ name });
    expect(await again.posts.get(postId('b'))).not.toBeNull();
    expect(await again.posts.count()).toBe(1);
    await again.close();
  });

  it('still takes a draft where a small row fits', async () => {
    const name = freshName();
    const store = await openStore({ name, wrap: fullDisk((storeName) => storeName !== 'drafts') });
    await store.posts.put([storedPost('a')]);
    await store.drafts.put({ id: draftId('d'), title: 'T', body: 'B', createdAt: 1, updatedAt: 1 });
    await store.close();
    const again = await openStore({ name });
    expect(await again.drafts.all()).toHaveLength(1);
    expect(await again.posts.count()).toBe(0);
    await again.close();
  });
});
