// Rows that the disk gives back damaged.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { rowsOf, spaceNamed, storedPost } from '../../testing/storeRows.ts';
import { postId } from '../post.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore } from './openStore.ts';
import type { KindredSchema } from './schema.ts';
import { checksumOf, emptyBlock, isSound, withRows } from './vectorBlock.ts';

const space = spaceNamed('a');
let count = 0;
const range = (to: number): number[] => Array.from({ length: to }, (_, n) => n + 1);

describe('rows damaged on the disk', () => {
  it('of vectors are dropped by the block, and their place is used again', async () => {
    const name = 'damaged-vectors';
    const store = await openStore({ name });
    await store.vectors.append(space, 8, rowsOf(range(1000)));
    const { database } = await openDatabase({ name });
    const block = await database.get('vectors', [space, 0]);
    if (block) {
      block.codes[77] = (block.codes[77] ?? 0) + 1;
      await database.put('vectors', block);
    }
    database.close();
    const ids: number[] = [];
    const report = await store.vectors.load(
      space,
      8,
      () => true,
      (rows) => ids.push(...rows.ids),
    );
    expect(report).toEqual({ rows: 488, damaged: 1 });
    expect(Math.min(...ids)).toBe(513);
    await store.vectors.append(space, 8, rowsOf([5000]));
    expect([...(await store.vectors.read(space, 8, new Set([5000, 600]))).ids].sort()).toEqual([5000, 600]);
    await store.close();
  });

  it('of posts and passages are passed over and counted, and the others are read', async () => {
    const name = 'damaged-posts';
    const store = await openStore({ name });
    await store.posts.put([storedPost('a'), storedPost('b')]);
    const { database } = await openDatabase({ name });
    await database.put('posts', { id: postId('a'), post: null } as unknown as KindredSchema['posts']['value']);
    await database.put('passages', {
      post: postId('a'),
      rule: 'rule-1',
      ids: [1],
    } as unknown as KindredSchema['passages']['value']);
    database.close();
    const seen: string[] = [];
    expect(await store.posts.each((posts) => void seen.push(...posts.map((post) => post.id)))).toBe(1);
    expect(seen).toEqual(['b']);
    expect(await store.posts.get(postId('a'))).toBeNull();
    expect(await store.passages.all('rule-1')).toEqual([]);
    await store.close();
  });
});

describe('a block', () => {
  const rows = rowsOf(range(30));
  const block = withRows(
    emptyBlock(space, 0, 8),
    range(30).map((n) => n - 1),
    rows,
  );

  it('is sound as written, and not in another place than its own', () => {
    expect(isSound(structuredClone(block), space, 8)).toBe(true);
    expect(isSound(block, spaceNamed('b'), 8)).toBe(false);
    expect(isSound(block, space, 4)).toBe(false);
    for (const row of [null, undefined, 3, {}, [], { ...block, checksum: String(block.checksum) }])
      expect(isSound(row, space, 8)).toBe(false);
  });

  it('is not sound with any bits flipped, cut short, or with parts of another kind', () => {
    const part = fc.constantFrom('ids', 'codes', 'scales');
    const flips = fc.array(fc.tuple(part, fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flips, part, fc.nat(), (bits, cutPart, length) => {
        const flipped = structuredClone(block);
        for (const [name, at, bit] of bits) {
          const bytes = new Uint8Array(flipped[name as 'ids'].buffer);
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        }
        const same = (['ids', 'codes', 'scales'] as const).every((name) =>
          flipped[name].every((value, index) => Object.is(value, block[name][index])),
        );
        expect(isSound(flipped, space, 8)).toBe(same);
        const whole = block[cutPart as 'ids'];
        const cut = { ...block, [cutPart]: whole.slice(0, length % whole.length) };
        expect(isSound(cut, space, 8)).toBe(false);
        expect(isSound({ ...block, [cutPart]: [...whole] }, space, 8)).toBe(false);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it('that is one of several is lost alone: whatever the damage, what is handed out is as it was stored', async () => {
    const flip = fc.tuple(fc.constantFrom('ids', 'codes', 'scales', 'checksum', 'cut'), fc.nat(), fc.nat());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 3 }), flip), { maxLength: 3 }), async (damages) => {
        const name = `damaged-any-${count++}`;
        const store = await openStore({ name });
        await store.vectors.append(space, 8, rowsOf(range(2000)));
        const { database } = await openDatabase({ name });
        const hit = new Set<number>();
        for (const [number, [what, at, bit]] of damages) {
          const stored = await database.get('vectors', [space, number]);
          if (stored === undefined || hit.has(number)) continue;
          hit.add(number);
          if (what === 'checksum') stored.checksum ^= 1 << (bit % 32);
          else if (what === 'cut') stored.codes = stored.codes.slice(0, at % stored.codes.length);
          else {
            const bytes = new Uint8Array(stored[what as 'ids'].buffer);
            bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (bit % 8));
          }
          await database.put('vectors', stored);
        }
        database.close();
        const seen = new Set<number>();
        const report = await store.vectors.load(
          space,
          8,
          () => true,
          (found) => {
            found.ids.forEach((id, row) => {
              expect(seen.has(id)).toBe(false);
              seen.add(id);
              expect(found.codes.slice(row * 8, row * 8 + 8)).toEqual(rowsOf([id]).codes);
              expect(found.scales[row]).toBe(Math.fround(id / 1000));
            });
          },
        );
        expect(report.damaged).toBe(hit.size);
        const lost = range(2000).filter((id) => hit.has(Math.floor((id - 1) / 512)));
        expect(range(2000).filter((id) => !seen.has(id))).toEqual(lost);
        // What is lost is stored again, in the place that is free.
        if (lost.length > 0) await store.vectors.append(space, 8, rowsOf(lost));
        const again = await store.vectors.read(space, 8, new Set(range(2000)));
        expect(again.ids.length).toBe(2000);
        await store.close();
        await deleteDB(name);
      }),
      { numRuns: 15, seed: 3 },
    );
  });

  it('has the same checksum in a view at any offset', () => {
    const rows = rowsOf([1, 2, 3]);
    const buffer = new ArrayBuffer(rows.codes.length + 3);
    const view = new Int8Array(buffer, 3);
    view.set(rows.codes);
    expect(checksumOf({ ...rows, codes: view })).toBe(checksumOf(rows));
  });
});
