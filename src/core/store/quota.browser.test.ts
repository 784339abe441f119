// A disk that is really full: the browser itself refuses, and says so in its own words.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { spaceNamed, storedPost } from '../../testing/storeRows.ts';
import { postId } from '../post.ts';
import { createIndexedBackend } from './indexedBackend.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore } from './openStore.ts';
import type { StoredPost } from './schema.ts';

interface Devtools {
  send(method: 'Storage.overrideQuotaForOrigin', params: { origin: string; quotaSize?: number }): Promise<unknown>;
}

async function setQuota(quotaSize?: number): Promise<void> {
  const params = { origin: location.origin, ...(quotaSize === undefined ? {} : { quotaSize }) };
  await (cdp() as unknown as Devtools).send('Storage.overrideQuotaForOrigin', params);
}

const SMALL = 3_000_000;

/** Room for so much more than all tests of this browser have stored by now. */
async function leaveRoom(bytes: number): Promise<void> {
  const { usage = 0 } = await navigator.storage.estimate();
  await setQuota(usage + bytes);
}

/** Resolves when the browser holds to the quota: for half a minute after any write it remembers how much room there was. */
async function fillDisk(): Promise<void> {
  await leaveRoom(SMALL);
  const name = 'quota-probe';
  const backend = createIndexedBackend(await openDatabase({ name }));
  const write = () => backend.run(['posts'], 'readwrite', (t) => t.put('posts', large('probe')));
  await vi.waitFor(
    () =>
      write().then(
        () => Promise.reject(new Error('The browser still takes more than its quota.')),
        () => undefined,
      ),
    { timeout: 60_000, interval: 2_000 },
  );
  await backend.close();
  await deleteDB(name);
  // What the refused writes took comes back a little later.
  const room = createIndexedBackend(await openDatabase({ name }));
  const small = async () => {
    await leaveRoom(SMALL);
    await room.run(['posts'], 'readwrite', (t) => t.put('posts', storedPost('small')));
  };
  await vi.waitFor(small, { timeout: 30_000, interval: 500 });
  await room.close();
  await deleteDB(name);
}

beforeEach(fillDisk, 100_000);
afterEach(() => setQuota());

let noise = '';

/** Some four megabytes that the browser can't press together. */
function large(id: string): StoredPost {
  if (noise === '') {
    const bytes = new Uint8Array(1 << 21);
    for (let at = 0; at < bytes.length; at += 1 << 16) crypto.getRandomValues(bytes.subarray(at, at + (1 << 16)));
    noise = new TextDecoder('latin1').decode(bytes);
  }
  return storedPost(id, noise + id);
}

it('a full disk aborts the transaction whole, with storage-full', async () => {
  const name = 'full-transaction';
  const backend = createIndexedBackend(await openDatabase({ name }));
  await backend.run(['posts'], 'readwrite', (t) => t.put('posts', storedPost('kept')));
  const full = backend.run(['posts'], 'readwrite', async (t) => {
    await t.put('posts', storedPost('small'));
    for (let n = 0; n < 2; n++) await t.put('posts', large(`large-${n}`));
  });
  await expect(full).rejects.toMatchObject({
    code: 'storage-full',
    message: expect.stringMatching(/Remove posts/) as string,
  });
  await setQuota();
  const kept = await backend.run(['posts'], 'readonly', (t) => t.getAll('posts'));
  expect(kept.map((post) => post.id)).toEqual(['kept']);
  await backend.close();
  await deleteDB(name);
});

it('a store goes on in memory, and to the disk again when there is room', async () => {
  const name = 'full-store';
  const onState = vi.fn();
  const store = await openStore({ name, onState });
  await store.posts.put([storedPost('kept')]);
  await store.posts.put(Array.from({ length: 2 }, (_, n) => large(`large-${n}`)));
  expect(store.state.kind).toBe('memory');
  expect(onState).toHaveBeenCalledOnce();
  expect(await store.posts.count()).toBe(3);
  const dimension = 16;
  await store.vectors.append(spaceNamed('a'), dimension, {
    ids: Uint32Array.of(1),
    codes: new Int8Array(dimension),
    scales: Float32Array.of(1),
  });
  await setQuota();
  expect(await store.drain()).toBe(true);
  await store.close();
  const again = await openStore({ name });
  expect((await again.posts.get(postId('large-1')))?.post.text.endsWith('large-1')).toBe(true);
  expect(await again.posts.count()).toBe(3);
  await again.close();
  await deleteDB(name);
});

/** Numbers of a vector, so many that five steps of them write six megabytes: small writes are not held to the quota at once. */
const HEAVY = 100_000;
const HEAVY_STEPS_BYTES = 6_000_000;

it('an import that meets a full disk at any of fifty points stops nowhere, and loses nothing that was stored', async () => {
  const batch = 4;
  let refused = 0;
  for (let point = 0; point < 50; point++) {
    const name = `full-at-${point}`;
    const store = await openStore({ name });
    const posts = Array.from({ length: 5 * batch }, (_, n) => storedPost(`p${n}`));
    await leaveRoom((point / 50) * HEAVY_STEPS_BYTES);
    let onDisk = 0;
    // Ten steps: a batch of posts, then its vectors. At one of them the browser refuses.
    for (let at = 0; at < posts.length; at += batch) {
      await store.posts.put(posts.slice(at, at + batch));
      if (store.state.kind === 'indexeddb') onDisk = at + batch;
      await store.vectors.append(spaceNamed('a'), HEAVY, {
        ids: Uint32Array.from({ length: batch }, (_, n) => at + n + 1),
        codes: noiseCodes(batch * HEAVY),
        scales: new Float32Array(batch).fill(1),
      });
    }
    expect(await store.posts.count()).toBe(posts.length);
    const ids = new Set(posts.map((_, n) => n + 1));
    expect((await store.vectors.read(spaceNamed('a'), HEAVY, ids)).ids.length).toBe(posts.length);
    if (store.state.kind === 'memory') refused++;
    if (store.state.kind === 'memory') expect(store.state.reason).toMatch(/no room.*Remove posts/);
    await store.close();

    const again = await openStore({ name });
    const found: string[] = [];
    const report = await again.posts.open({
      onBlock: ({ heads }) => found.push(...heads.map(({ id }) => id)),
      onDigest: ({ head }) => found.push(head.id),
    });
    expect(report).toEqual({ digested: 0, unreadable: 0 });
    expect(found.length).toBeGreaterThanOrEqual(onDisk);
    expect(new Set(found).size).toBe(found.length);
    expect((await again.posts.getMany(found.map(postId))).length).toBe(found.length);
    await again.close();
    await deleteDB(name);
  }
  expect(refused).toBeGreaterThan(0);
}, 180_000);

function noiseCodes(length: number): Int8Array {
  const codes = new Int8Array(length);
  for (let at = 0; at < length; at += 1 << 16) crypto.getRandomValues(codes.subarray(at, at + (1 << 16)));
  return codes;
}
