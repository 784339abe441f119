// Rows that the disk gives back damaged.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf, spaceNamed, storedPost } from '../../testing/storeRows.ts';
import { postId } from '../post.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore } from './openStore.ts';
import type { KindredSchema } from './schema.ts';
import { checksumOf, emptyBlock, isSound, withRows } from './vectorBlock.ts';

const space = spaceNamed('a');
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
  it('is sound as written, and not with any byte changed', () => {
    const rows = rowsOf(range(30));
    const block = withRows(
      emptyBlock(space, 0, 8),
      range(30).map((n) => n - 1),
      rows,
    );
    expect(isSound(structuredClone(block), space, 8)).toBe(true);
    expect(isSound(block, spaceNamed('b'), 8)).toBe(false);
    expect(isSound(block, space, 4)).toBe(false);
    fc.assert(
      fc.property(
        fc.constantFrom('ids', 'codes', 'scales'),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (part, at, flip) => {
          const damaged = structuredClone(block);
          const bytes = new Uint8Array(damaged[part as 'ids'].buffer);
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ flip;
          expect(isSound(damaged, space, 8)).toBe(false);
        },
      ),
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
