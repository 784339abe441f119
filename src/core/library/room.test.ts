// What an import is expected to take of the storage, before it begins.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { complete, manyPosts, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import { estimateRoom, ratesOf } from './room.ts';

const libraries = useLibraries();
const MB = 1_000_000;
/** Two million words, 20,000 passages of 384 numbers. */
const large = { words: 2 * MB, passages: 20_000, waiting: 0, dimension: 384 };
const small = { words: 1000, passages: 12, waiting: 0, dimension: 384 };
const storage = (usage: number, quota: number) => ({
  estimate: () => Promise.resolve({ usage, quota }),
  persisted: () => Promise.resolve(false),
});

/** Files of a disk that has no more room than this, as a browser that says nothing when it is reached. */
function diskOf(room: number): Pick<StorageManager, 'getDirectory'> {
  let size = 0;
  const handle = {
    truncate: (bytes: number) => {
      if (bytes <= room) size = bytes;
    },
    getSize: () => size,
    close: () => undefined,
  };
  const folder = {
    getFileHandle: () => Promise.resolve({ createSyncAccessHandle: () => Promise.resolve(handle) }),
    removeEntry: () => Promise.resolve(),
  };
  return { getDirectory: () => Promise.resolve(folder as unknown as FileSystemDirectoryHandle) };
}

describe('the rates of a library', () => {
  it('are the usual ones until it is large enough to tell, and while posts wait', () => {
    const usual = ratesOf({ ...small, passages: 0 }, null);
    expect(ratesOf(small, 500 * MB)).toEqual(usual);
    expect(ratesOf({ ...large, waiting: 5 }, 90 * MB)).toEqual(usual);
  });

  it('are its own once it is: text for a passage, and what the database takes beside vectors', () => {
    const { perTextByte, bytesPerPassage, perPassage } = ratesOf(large, 40 * MB);
    expect(bytesPerPassage).toBe(600);
    expect(perPassage).toBeGreaterThan(384);
    expect(perTextByte).toBeCloseTo((40 * MB - 20_000 * perPassage) / (12 * MB), 10);
  });

  it('do not follow a database that is being tidied up', () => {
    expect(ratesOf(large, 1 * MB).perTextByte).toBe(1);
    expect(ratesOf(large, 900 * MB).perTextByte).toBe(6);
  });

  it('give what a library twice as large would take about twice', () => {
    const rates = ratesOf(large, 40 * MB);
    const again = estimateRoom(12 * MB, rates, { usedBytes: null, quotaBytes: null });
    expect(again.needsBytes).toBeGreaterThan(39.9 * MB);
    expect(again.needsBytes).toBeLessThan(40.1 * MB);
  });

  it('take short vectors for less than long ones', () => {
    const room = (dimension: number | null) =>
      estimateRoom(MB, ratesOf({ ...small, dimension }, null), { usedBytes: 0, quotaBytes: 100 * MB }).needsBytes;
    expect(room(128)).toBeLessThan(room(384));
    expect(room(null)).toBe(room(384));
  });
});

describe('an estimate', () => {
  const rates = ratesOf(small, null);

  it('says no where what is left is less, a little before the quota', () => {
    const { needsBytes } = estimateRoom(MB, rates, { usedBytes: null, quotaBytes: null });
    const leaving = (free: number) =>
      estimateRoom(MB, rates, { usedBytes: 0.95 * 1000 * MB - free, quotaBytes: 1000 * MB });
    expect(leaving(needsBytes - 1)).toMatchObject({ fits: false, freeBytes: needsBytes - 1 });
    expect(leaving(needsBytes)).toMatchObject({ fits: true });
    expect(leaving(-5 * MB)).toMatchObject({ fits: false, freeBytes: 0 });
  });

  it('holds nobody back where the browser does not say', () => {
    expect(estimateRoom(1e12, rates, { usedBytes: null, quotaBytes: 5 })).toMatchObject({
      fits: true,
      freeBytes: null,
    });
    expect(estimateRoom(1e12, rates, { usedBytes: 5, quotaBytes: 0 })).toMatchObject({ fits: true, freeBytes: null });
  });
});

describe('a library that is asked what files would take', () => {
  const files = [{ path: 'blog/a.md', blob: new Blob(['x'.repeat(4 * MB)]) }];

  it('compares it with what the browser has left, and changes nothing', async () => {
    const tight = libraries.open(fakeModel(fakeEmbedder()), { storage: storage(90 * MB, 100 * MB) });
    const room = await tight.roomFor(files);
    expect(room).toMatchObject({ fits: false, freeBytes: 5 * MB });
    expect(room.needsBytes).toBeGreaterThan(4 * MB);
    expect((await tight.status()).posts).toBe(0);
    const wide = libraries.open(fakeModel(fakeEmbedder()), { storage: storage(90 * MB, 1000 * MB) });
    expect(await wide.roomFor(files)).toMatchObject({ fits: true, needsBytes: room.needsBytes });
  });

  it('believes what can really be had more than an estimate', async () => {
    const told = { ...storage(0, 10_000 * MB), ...diskOf(6 * MB) };
    const library = libraries.open(fakeModel(fakeEmbedder()), { storage: told });
    const room = await library.roomFor(files);
    expect(room.fits).toBe(false);
    expect(room.freeBytes).toBeGreaterThan(5 * MB);
    expect(room.freeBytes).toBeLessThanOrEqual(6 * MB);
    // Not asked for little, as it would make every import wait.
    const little = [{ path: 'a.md', blob: new Blob(['x'.repeat(1000)]) }];
    expect(await library.roomFor(little)).toMatchObject({ fits: true });
  });

  it('believes the estimate where room can’t be tried', async () => {
    const told = { ...storage(0, 10_000 * MB), getDirectory: () => Promise.reject(new Error('No such files here.')) };
    const library = libraries.open(fakeModel(fakeEmbedder()), { storage: told });
    expect(await library.roomFor(files)).toMatchObject({ fits: true });
  });

  it('knows nothing of room where it is kept in memory', async () => {
    const { indexedDB } = globalThis;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    const library = libraries.open(fakeModel(fakeEmbedder()), { storage: storage(90 * MB, 100 * MB) });
    await library.open();
    globalThis.indexedDB = indexedDB;
    expect(await library.roomFor(files)).toMatchObject({ fits: true, freeBytes: null });
  });

  it('tells when its database was made, and the same time for as long as it is there', async () => {
    const before = Date.now();
    const first = libraries.open(fakeModel(fakeEmbedder()));
    await first.importFiles(manyPosts(3), { source: 'blog' });
    const { madeAt } = (await statusWhen(first, complete)).storage;
    expect(madeAt).toBeGreaterThanOrEqual(before);
    await libraries.close(first);
    const second = libraries.open(fakeModel(fakeEmbedder()));
    await second.clearPosts();
    expect((await second.status()).storage.madeAt).toBe(madeAt);
  });
});
