// What every store must do, whatever it stands on: run over IndexedDB in Node and in a browser, over memory, and over a full disk.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftId } from '../core/draft.ts';
import type { SpaceKey } from '../core/embedding.ts';
import { postId } from '../core/post.ts';
import type { Store } from '../core/store/openStore.ts';
import { DIMENSION, rowsOf, spaceNamed, storedPost } from './storeRows.ts';

export interface StoreUnderTest {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

async function loadAll(store: Store, space: SpaceKey, live: (id: number) => boolean = () => true) {
  const found = new Map<number, { code: number; scale: number }>();
  const report = await store.vectors.load(space, DIMENSION, live, (rows) => {
    rows.ids.forEach((id, row) => {
      expect(found.has(id)).toBe(false);
      found.set(id, { code: rows.codes[row * DIMENSION] ?? NaN, scale: rows.scales[row] ?? NaN });
    });
  });
  return { found, report };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** With `outlives: true`, `open` after closing must give the same rows again. */
export function describeStore(name: string, { outlives }: { outlives: boolean }, setUp: () => StoreUnderTest): void {
  describe(name, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = setUp();
      store = await under.open();
    });
    afterEach(async () => {
      await store.close();
      await under.dispose();
    });
    const space = spaceNamed('a');

    describe('posts', () => {
      it('come back as they were put, and null for one that is not there', async () => {
        await store.posts.put([storedPost('a'), storedPost('b')]);
        expect(await store.posts.get(postId('a'))).toEqual(storedPost('a'));
        expect(await store.posts.get(postId('c'))).toBeNull();
        expect(await store.posts.count()).toBe(2);
      });

      it('are handed out one and all, in batches', async () => {
        const ids = range(0, 450).map((n) => `post-${n}`);
        await store.posts.put(ids.map((id) => storedPost(id)));
        const seen: string[] = [];
        await store.posts.each((batch) => void seen.push(...batch.map((post) => post.id)));
        expect(seen.sort()).toEqual(ids.sort());
      });

      it('leave with their passages and come back with them', async () => {
        await store.posts.put([storedPost('a'), storedPost('b')]);
        const record = await store.passages.replace(postId('a'), 'r1', 'rule-1', [
          { start: 0, end: 4, startS: null, hash: 1 },
        ]);
        const removed = await store.posts.remove([postId('a'), postId('gone')]);
        expect(await store.posts.get(postId('a'))).toBeNull();
        expect(await store.passages.of(postId('a'))).toEqual([]);
        await store.posts.restore(removed);
        expect(await store.posts.get(postId('a'))).toEqual(storedPost('a'));
        expect(await store.passages.of(postId('a'))).toEqual([record]);
      });

      it('are not changed by changing what was put or read', async () => {
        const put = storedPost('a');
        await store.posts.put([put]);
        put.words = 99;
        const read = await store.posts.get(postId('a'));
        if (read) read.words = 98;
        expect((await store.posts.get(postId('a')))?.words).toBe(3);
      });
    });

    describe('passages', () => {
      const cut = (...hashes: number[]) =>
        hashes.map((hash, i) => ({ start: i, end: i + 1, startS: i === 0 ? null : 1.5, hash }));

      it('get ids that no other passage has', async () => {
        await store.posts.put([storedPost('a'), storedPost('b')]);
        const a = await store.passages.replace(postId('a'), 'r1', 'rule-1', cut(1, 2));
        const b = await store.passages.replace(postId('b'), 'r1', 'rule-1', cut(1, 2));
        expect(new Set([...(a?.ids ?? []), ...(b?.ids ?? [])]).size).toBe(4);
        expect(await store.passages.all('rule-1')).toEqual([a, b]);
        expect(await store.passages.all('rule-2')).toEqual([]);
      });

      it('of two rules stand side by side, and a text that both have has one id', async () => {
        await store.posts.put([storedPost('a')]);
        const one = await store.passages.replace(postId('a'), 'r1', 'rule-1', cut(1, 2, 2));
        const two = await store.passages.replace(postId('a'), 'r1', 'rule-2', cut(2, 3));
        expect(two?.ids[0]).toBe(one?.ids[1]);
        expect([...(one?.ids ?? [])]).not.toContain(two?.ids[1]);
        expect(await store.passages.all('rule-1')).toEqual([one]);
        expect(await store.passages.all('rule-2')).toEqual([two]);
        const removed = await store.posts.remove([postId('a')]);
        expect(await store.passages.of(postId('a'))).toEqual([]);
        await store.posts.restore(removed);
        expect(await store.passages.of(postId('a'))).toEqual([one, two]);
      });

      it('keep the id of a text that did not change, wherever it moved', async () => {
        await store.posts.put([storedPost('a')]);
        const before = await store.passages.replace(postId('a'), 'r1', 'rule-1', cut(1, 2, 2, 3));
        await store.posts.put([storedPost('a', 'New text.', 'r2')]);
        const after = await store.passages.replace(postId('a'), 'r2', 'rule-1', cut(9, 2, 1, 2, 2));
        const [one, two, twoAgain, three] = before?.ids ?? [];
        expect([...(after?.ids ?? [])].slice(1, 4)).toEqual([two, one, twoAgain]);
        expect([one, two, twoAgain, three]).not.toContain(after?.ids[0]);
        expect([one, two, twoAgain, three]).not.toContain(after?.ids[4]);
      });

      it('of another revision than the stored one are refused', async () => {
        await store.posts.put([storedPost('a', 'New text.', 'r2')]);
        expect(await store.passages.replace(postId('a'), 'r1', 'rule-1', cut(1))).toBeNull();
        expect(await store.passages.replace(postId('gone'), 'r1', 'rule-1', cut(1))).toBeNull();
        expect(await store.passages.all('rule-1')).toEqual([]);
      });
    });

    describe('vectors', () => {
      it('of several blocks come back, each once and with its own numbers', async () => {
        await loadAll(store, space);
        await store.vectors.append(space, DIMENSION, rowsOf(range(1, 1201)));
        await store.vectors.append(space, DIMENSION, rowsOf([2000]));
        const { found, report } = await loadAll(store, space);
        expect(found.size).toBe(1201);
        expect(report).toEqual({ rows: 1201, damaged: 0 });
        expect(found.get(777)).toEqual({ code: 77, scale: Math.fround(0.777) });
        expect(found.get(2000)).toEqual({ code: 0, scale: 2 });
      });

      it('of another space are never handed out, and stay until they are dropped', async () => {
        const other = spaceNamed('b');
        await store.vectors.append(other, DIMENSION, rowsOf([1, 2]));
        await store.vectors.append(space, DIMENSION, rowsOf([3]));
        expect([...(await loadAll(store, space)).found.keys()]).toEqual([3]);
        expect([...(await loadAll(store, other)).found.keys()]).toEqual([1, 2]);
        await store.spaces.settle({ key: space, rule: 'rule-1' });
        expect((await loadAll(store, other)).found.size).toBe(0);
        expect((await loadAll(store, space)).found.size).toBe(1);
      });

      it('of two spaces that grow by turns are all there, and released in both', async () => {
        const other = spaceNamed('b');
        for (const from of [1, 301, 601]) {
          await store.vectors.append(space, DIMENSION, rowsOf(range(from, from + 300)));
          await store.vectors.append(other, DIMENSION, rowsOf(range(from, from + 300)));
        }
        expect((await store.vectors.read(space, DIMENSION, new Set([5, 700]))).ids.length).toBe(2);
        store.vectors.release([5]);
        expect((await store.vectors.read(other, DIMENSION, new Set([5, 700]))).ids.length).toBe(1);
        expect((await loadAll(store, space)).found.size).toBe(900);
        expect((await loadAll(store, other)).found.size).toBe(900);
      });

      it('that are handed over twice, at once or one after the other, are stored once', async () => {
        await loadAll(store, space);
        await store.vectors.append(space, DIMENSION, rowsOf([1, 2, 1, 3]));
        await store.vectors.append(space, DIMENSION, rowsOf([3, 2, 4]));
        const { found, report } = await loadAll(store, space);
        expect([...found.keys()].sort()).toEqual([1, 2, 3, 4]);
        expect(report.rows).toBe(4);
        await store.vectors.append(space, DIMENSION, rowsOf(range(5, 513)));
        await store.vectors.append(space, DIMENSION, rowsOf([1, 600]));
        expect((await loadAll(store, space)).found.size).toBe(513);
      });

      it('that are dead make room for new ones', async () => {
        await store.vectors.append(space, DIMENSION, rowsOf(range(1, 513)));
        await loadAll(store, space, (id) => id > 10);
        await store.vectors.append(space, DIMENSION, rowsOf(range(1001, 1011)));
        const { found } = await loadAll(store, space);
        expect(found.size).toBe(512);
        expect(found.has(5)).toBe(false);
        expect(found.get(1005)?.scale).toBe(Math.fround(1.005));
      });

      it('are written anew without holes when most rows are dead', async () => {
        await store.vectors.append(space, DIMENSION, rowsOf(range(1, 2001)));
        await loadAll(store, space, (id) => id % 4 === 0);
        const { found } = await loadAll(store, space);
        expect([...found.keys()].sort((a, b) => a - b)).toEqual(range(1, 501).map((n) => n * 4));
        await store.vectors.append(space, DIMENSION, rowsOf([5000]));
        expect((await loadAll(store, space)).found.size).toBe(501);
      });

      it('released are used again; others are not', async () => {
        await loadAll(store, space);
        await store.vectors.append(space, DIMENSION, rowsOf(range(1, 513)));
        store.vectors.release([7, 9999]);
        await store.vectors.append(space, DIMENSION, rowsOf([600]));
        const { found } = await loadAll(store, space);
        expect(found.size).toBe(512);
        expect(found.has(7)).toBe(false);
      });

      it('can be read by id', async () => {
        await store.vectors.append(space, DIMENSION, rowsOf(range(1, 1000)));
        const rows = await store.vectors.read(space, DIMENSION, new Set([3, 900, 5000]));
        expect([...rows.ids].sort((a, b) => a - b)).toEqual([3, 900]);
        expect(rows.codes.length).toBe(2 * DIMENSION);
        expect(rows.codes[[...rows.ids].indexOf(900) * DIMENSION + 1]).toBe(1);
      });

      it('go when the repository is cleared', async () => {
        await store.vectors.append(space, DIMENSION, rowsOf([1]));
        await store.vectors.clear();
        expect((await loadAll(store, space)).found.size).toBe(0);
      });
    });

    describe('the space that the library is read with', () => {
      const cut = [{ start: 0, end: 4, startS: null, hash: 1 }];
      const isName = (name: string) => (value: unknown) => value === name;
      const readName = () => store.settings.get('space', (value) => (typeof value === 'string' ? value : null));

      beforeEach(async () => {
        await store.posts.put([storedPost('a')]);
        await store.passages.replace(postId('a'), 'r1', 'rule-1', cut);
        await store.passages.replace(postId('a'), 'r1', 'rule-2', cut);
        await store.vectors.append(space, DIMENSION, rowsOf([1]));
        await store.vectors.append(spaceNamed('b'), DIMENSION, rowsOf([1]));
        await store.settings.put('space', 'a');
      });

      it('is settled with its settings, and what others left is gone', async () => {
        const settings = [{ key: 'space', value: 'b' }];
        const provided = { key: 'space', holds: isName('a') };
        expect(await store.spaces.settle({ key: spaceNamed('b'), rule: 'rule-2' }, { settings, provided })).toBe(true);
        expect(await readName()).toBe('b');
        expect((await loadAll(store, space)).found.size).toBe(0);
        expect((await loadAll(store, spaceNamed('b'))).found.size).toBe(1);
        expect((await store.passages.of(postId('a'))).map(({ rule }) => rule)).toEqual(['rule-2']);
      });

      it('stays as it is when another tab has moved on', async () => {
        await store.settings.put('space', 'c');
        const settings = [{ key: 'space', value: 'b' }];
        const provided = { key: 'space', holds: isName('a') };
        expect(await store.spaces.settle({ key: spaceNamed('b'), rule: 'rule-2' }, { settings, provided })).toBe(false);
        expect(await readName()).toBe('c');
        expect((await loadAll(store, space)).found.size).toBe(1);
        expect(await store.passages.of(postId('a'))).toHaveLength(2);
      });
    });

    describe('drafts and settings', () => {
      const draft = (id: string, updatedAt: number) => ({
        id: draftId(id),
        title: 'T',
        body: 'B',
        createdAt: 1,
        updatedAt,
      });

      it('drafts come back last changed first, and go when removed', async () => {
        await store.drafts.put(draft('a', 10));
        await store.drafts.put(draft('b', 20));
        await store.drafts.put(draft('a', 30));
        expect((await store.drafts.all()).map((d) => [d.id, d.updatedAt])).toEqual([
          ['a', 30],
          ['b', 20],
        ]);
        await store.drafts.remove(draftId('a'));
        expect((await store.drafts.all()).map((d) => d.id)).toEqual(['b']);
      });

      it('a setting is parsed as it is read, and null when it never was stored', async () => {
        const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
        expect(await store.settings.get('n', asNumber)).toBeNull();
        await store.settings.put('n', 3);
        expect(await store.settings.get('n', asNumber)).toBe(3);
        await store.settings.put('n', 'three');
        expect(await store.settings.get('n', asNumber)).toBeNull();
      });
    });

    if (outlives)
      it('is all there after it was closed and opened again', async () => {
        await store.posts.put([storedPost('a')]);
        await store.passages.replace(postId('a'), 'r1', 'rule-1', [{ start: 0, end: 4, startS: null, hash: 1 }]);
        await store.vectors.append(space, DIMENSION, rowsOf([1, 2, 3]));
        await store.settings.put('n', 3);
        await store.close();
        store = await under.open();
        expect((await store.posts.get(postId('a')))?.post.text).toBe('Text of a.');
        expect((await store.passages.all('rule-1')).map((record) => [...record.ids])).toEqual([[1]]);
        expect((await loadAll(store, space)).found.size).toBe(3);
        await store.posts.put([storedPost('b')]);
        const record = await store.passages.replace(postId('b'), 'r1', 'rule-1', [
          { start: 0, end: 4, startS: null, hash: 1 },
        ]);
        expect([...(record?.ids ?? [])]).toEqual([2]);
      });

    it('once closed refuses with the error of a disposed library', async () => {
      await store.close();
      await expect(store.posts.count()).rejects.toMatchObject({ code: 'disposed' });
    });
  });
}
