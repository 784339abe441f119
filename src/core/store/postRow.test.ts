// Texts of posts are smaller on the disk than in memory, and come back to the last unit.
import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storedPost } from '../../testing/storeRows.ts';
import { postId } from '../post.ts';
import { createIndexedBackend } from './indexedBackend.ts';
import { openDatabase } from './openDatabase.ts';
import { fromDisk, toDisk } from './postRow.ts';

const onDisk = (text: string): unknown => toDisk(storedPost('a', text)).post.text;
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

it('gives back every text, lone halves of a pair and marks of byte order too', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.constantFrom('', '\ufeffTide’s out', 'half \ud83d', '\udc00\ud83d', '潮の満ち引き', '— “é” 🌊'),
  );
  fc.assert(
    fc.property(text, (given) => {
      const stored = storedPost('a', given);
      expect(fromDisk(toDisk(stored))).toEqual(stored);
    }),
    { numRuns: 150 },
  );
});

it('keeps a text in the form that takes least', () => {
  const curly = 'The tide’s high — “very” high.';
  expect((onDisk(curly) as Uint8Array).length).toBe(bytesOf(curly));
  expect((onDisk('The tide is high.') as Uint8Array).length).toBe(17);
  // Three bytes each in UTF-8, two in a string.
  expect(onDisk('潮の満ち引き')).toBe('潮の満ち引き');
  expect(onDisk('')).toBe('');
});

it('leaves a text that UTF-8 cannot hold as it is', () => {
  const half = `${'Tide and time. '.repeat(9)}\ud83d`;
  expect(onDisk(half)).toBe(half);
});

it('passes on what is no post as it was found', () => {
  for (const row of [undefined, null, 7, {}, { post: null }, { post: { text: 1 } }]) expect(fromDisk(row)).toBe(row);
});

it('lies between the disk and whoever reads, whichever way it is read', async () => {
  const name = 'post-row';
  const open = await openDatabase({ name });
  const backend = createIndexedBackend(open);
  const post = storedPost('a', 'The tide’s high.');
  await backend.run(['posts'], 'readwrite', (t) => t.put('posts', post));
  const raw: unknown = (await open.database.get('posts', postId('a')))?.post.text;
  expect(raw).toEqual(new TextEncoder().encode('The tide’s high.'));
  const read = await backend.run(['posts'], 'readonly', async (t) => [
    await t.get('posts', postId('a')),
    ...(await t.getAll('posts')),
    await t.get('posts', postId('b')),
  ]);
  expect(read).toEqual([post, post, undefined]);
  await backend.close();
  await deleteDB(name);
});
