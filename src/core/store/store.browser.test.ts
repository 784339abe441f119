// The same contract in a real browser: its IndexedDB commits, clones and orders by itself.
import { deleteDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { describeStore } from '../../testing/storeContract.ts';
import { rowsOf, spaceNamed, storedPost } from '../../testing/storeRows.ts';
import { fullDisk } from '../../testing/fullDisk.ts';
import { fenced } from './fence.ts';
import { openStore } from './openStore.ts';

let count = 0;
const freshName = (): string => `browser-${count++}`;

describeStore('store over a real IndexedDB', { outlives: true }, () => {
  const name = freshName();
  return { open: () => openStore({ name }), dispose: () => deleteDB(name) };
});

describeStore('store over a real IndexedDB that several tabs share', { outlives: true }, () => {
  const name = freshName();
  return { open: () => openStore({ name, wrap: fenced }), dispose: () => deleteDB(name) };
});

describeStore('store over a full real disk', { outlives: false }, () => {
  const name = freshName();
  return { open: () => openStore({ name, wrap: fullDisk(() => true) }), dispose: () => deleteDB(name) };
});

describe('a real browser', () => {
  it('says how much is used', async () => {
    const name = freshName();
    const store = await openStore({ name });
    await store.posts.put([storedPost('a')]);
    await store.vectors.append(spaceNamed('a'), 8, rowsOf([1, 2]));
    const use = await store.use();
    expect(use.quotaBytes).toBeGreaterThan(0);
    expect(use.usedBytes).not.toBeNull();
    await store.close();
    await deleteDB(name);
  });

  it.each([
    { how: 'asked-to-write', last: 'done', posts: 2 },
    { how: 'shared,-asked-to-write', last: 'done', posts: 2 },
    { how: 'shared,-between-reading-and-writing', last: 'taken-over', posts: 1 },
    { how: 'shared,-between-two-reads', last: 'done', posts: 1 },
  ])('lets others write while a thread is stopped that was $how', async ({ how, last, posts }) => {
    const name = freshName();
    const worker = new Worker(new URL('../../testing/stoppedWriter.worker.ts', import.meta.url), {
      type: 'module',
      name: `${how} ${name}`,
    });
    const said: unknown[] = [];
    const saying = (what: string): Promise<void> =>
      vi.waitFor(() => expect(said).toContain(what), { timeout: 30_000, interval: 20 });
    worker.onmessage = ({ data }) => void said.push(data);
    await saying('stops');
    const store = await openStore({ name, wrap: fenced });
    await store.posts.put([storedPost('b')]);
    expect(said).toEqual(['stops']);
    await saying(last);
    expect(await store.posts.count()).toBe(posts);
    worker.terminate();
    await store.close();
    await deleteDB(name);
  });

  it('stores and loads 5,000 vectors of 384 dimensions whole', async () => {
    const name = freshName();
    const dimension = 384;
    const ids = Uint32Array.from({ length: 5000 }, (_, n) => n + 1);
    const codes = Int8Array.from({ length: ids.length * dimension }, (_, n) => (n * 31) % 127);
    const scales = Float32Array.from(ids, (id) => 1 / id);
    const first = await openStore({ name });
    await first.vectors.append(spaceNamed('a'), dimension, { ids, codes, scales });
    await first.close();
    const second = await openStore({ name });
    let rows = 0;
    await second.vectors.load(
      spaceNamed('a'),
      dimension,
      () => true,
      (part) => {
        part.ids.forEach((id, row) => {
          rows++;
          const at = (id - 1) * dimension;
          expect(part.codes[row * dimension + 7]).toBe(codes[at + 7]);
          expect(part.scales[row]).toBe(scales[id - 1]);
        });
      },
    );
    expect(rows).toBe(5000);
    await second.close();
    await deleteDB(name);
  });
});
