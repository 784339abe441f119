// How a database comes to this version, and how it stands beside tabs of other versions.
import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { fixture, writeEarlier } from '../../testing/earlierDatabase.ts';
import type { SpaceKey } from '../embedding.ts';
import { postId } from '../post.ts';
import { MIGRATIONS, versionOf, type Migration } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore } from './openStore.ts';
import { KEY_PATHS, STORE_NAMES } from './schema.ts';
import { checksumOf, type VectorRows } from './vectorBlock.ts';

let count = 0;
const freshName = (): string => `migration-${count++}`;
const nothing = (to: number): Migration => ({ to, what: 'nothing', run: () => undefined });

describe('migrations', () => {
  it('are numbered from 1 without a gap', () => {
    expect(versionOf(MIGRATIONS)).toBe(MIGRATIONS.length);
    expect(() => versionOf([nothing(1), nothing(3)])).toThrow(/must lead to 2/);
    expect(() => versionOf([nothing(2)])).toThrow(RangeError);
  });

  it('make a new database of every store with its key path', async () => {
    const name = freshName();
    const { database } = await openDatabase({ name });
    expect(database.version).toBe(MIGRATIONS.length);
    expect([...database.objectStoreNames].sort()).toEqual([...STORE_NAMES].sort());
    for (const store of STORE_NAMES) expect(database.transaction(store).store.keyPath).toEqual(KEY_PATHS[store]);
    database.close();
    await deleteDB(name);
  });

  it('run once each, in order, and only those that are new', async () => {
    const name = freshName();
    const ran: number[] = [];
    const noting = (to: number): Migration => ({ to, what: 'a note', run: () => void ran.push(to) });
    const one = await openDatabase({ name, migrations: [noting(1)] });
    one.database.close();
    const three = await openDatabase({ name, migrations: [noting(1), noting(2), noting(3)] });
    expect(ran).toEqual([1, 2, 3]);
    three.database.close();
    await deleteDB(name);
  });

  const upgraded = async (from: number, to: number) => {
    const name = freshName();
    await writeEarlier(name, from);
    const { database } = await openDatabase({ name, migrations: MIGRATIONS.slice(0, to) });
    const rows = new Map<string, unknown[]>();
    for (const store of database.objectStoreNames) rows.set(store, await database.getAll(store));
    database.close();
    await deleteDB(name);
    return rows;
  };
  const stamped = (rows: ReturnType<typeof fixture>, version: number) =>
    (rows['vectors'] ?? []).map((row, index) => ({
      ...row,
      // The second block is damaged, and stays so.
      checksum: version >= 4 && index === 0 ? checksumOf(row as unknown as VectorRows) : row['checksum'],
    }));

  it('are each tried on a database of the version before', () => {
    for (const { to } of MIGRATIONS.slice(1)) expect(fixture(to - 1)['posts']).toHaveLength(2);
  });

  it('to 2 keeps the passages of 1 that can be read, by post and rule, and all else', async () => {
    const before = fixture(1);
    const rows = await upgraded(1, 2);
    expect(rows.get('passages')).toEqual(before['passages']?.slice(0, 2));
    for (const store of ['posts', 'vectors', 'drafts', 'meta']) expect(rows.get(store)).toEqual(before[store]);
  });

  it('to 3 makes room for digests and terms, and keeps all else', async () => {
    const before = fixture(2);
    const rows = await upgraded(2, 3);
    for (const store of Object.keys(before)) expect(new Set(rows.get(store))).toEqual(new Set(before[store]));
    expect([rows.get('digests'), rows.get('terms')]).toEqual([[], []]);
  });

  it('to 4 stamps sound blocks of vectors anew, no damaged one, and keeps all else', async () => {
    const before = fixture(3);
    const rows = await upgraded(3, 4);
    expect(rows.get('vectors')).toEqual(stamped(before, 4));
    for (const store of ['posts', 'passages', 'drafts', 'meta']) expect(rows.get(store)).toEqual(before[store]);
  });

  it('to 5 leaves every row as it was, texts that are strings too', async () => {
    const before = fixture(4);
    const rows = await upgraded(4, 5);
    for (const store of Object.keys(before)) expect(rows.get(store)).toEqual(before[store]);
  });

  it('to 5 lets texts of before be read, and written anew in less room', async () => {
    const name = freshName();
    await writeEarlier(name, 4);
    const store = await openStore({ name });
    const id = postId('blog/2.md');
    const before = await store.posts.get(id);
    expect(before).toEqual(fixture(4)['posts']?.[1]);
    expect(await store.posts.noteLanguages(new Map([[id, { revision: 'r2', language: 'en' }]]))).toEqual([id]);
    expect(await store.posts.get(id)).toEqual({ ...before, language: 'en' });
    await store.close();
    const { database } = await openDatabase({ name });
    expect((await database.get('posts', id))?.post.text).toEqual(new TextEncoder().encode('The tide’s high 2.'));
    database.close();
    // A version that would not know these texts opens nothing.
    await expect(openDatabase({ name, migrations: MIGRATIONS.slice(0, 4) })).rejects.toMatchObject({
      code: 'storage-newer',
    });
    await deleteDB(name);
  });

  it('to 6 lets one tab alone sit down to write, in place of counting them, and keeps all else', async () => {
    const before = fixture(5);
    const rows = await upgraded(5, 6);
    const settings = before['meta']?.filter(({ key }) => key !== 'writer');
    expect(settings).toHaveLength((before['meta']?.length ?? 0) - 1);
    expect(rows.get('meta')).toEqual(settings);
    for (const store of ['posts', 'passages', 'vectors', 'drafts']) expect(rows.get(store)).toEqual(before[store]);
    expect(rows.get('writer')).toEqual([]);

    const name = freshName();
    await writeEarlier(name, 5);
    const { database } = await openDatabase({ name });
    await database.put('writer', { id: 'one', seat: 'writes' });
    await database.put('writer', { id: 'one', seat: 'writes' });
    await expect(database.put('writer', { id: 'other', seat: 'writes' })).rejects.toMatchObject({
      name: 'ConstraintError',
    });
    database.close();
    await deleteDB(name);
  });

  it.each([1, 2, 3, 4, 5])(
    'all together make a library of version %i one that opens with all it had',
    async (version) => {
      const name = freshName();
      await writeEarlier(name, version);
      const before = fixture(version);
      const store = await openStore({ name });
      const titles: string[] = [];
      const report = await store.posts.open({
        onBlock: ({ heads }) => titles.push(...heads.map(({ post }) => post.title)),
        onDigest: ({ head }) => titles.push(head.post.title),
      });
      expect(report).toEqual({ digested: 2, unreadable: 0 });
      expect(titles).toEqual(['Tides 1', 'Tides 2']);
      expect(await store.passages.all('sentences-1/128/abc')).toEqual(before['passages']?.slice(0, 2));
      const ids: number[] = [];
      const onRows = (rows: VectorRows): void => void ids.push(...rows.ids);
      expect(await store.vectors.load('tiny|a' as SpaceKey, 16, () => true, onRows)).toEqual({ rows: 3, damaged: 1 });
      expect(ids).toEqual([1, 2, 3]);
      expect(await store.drafts.all()).toEqual(before['drafts']);
      expect(await store.settings.get('next passage id', (value) => value)).toBe(4);
      await store.close();
      await deleteDB(name);
    },
  );

  it('that fail leave the database as it was', async () => {
    const name = freshName();
    const first = await openDatabase({ name });
    await first.database.put('meta', { key: 'kept', value: 1 });
    first.database.close();
    const failing: Migration = {
      to: MIGRATIONS.length + 1,
      what: 'fails half way',
      run: async (_database, transaction) => {
        await transaction.objectStore('meta').put({ key: 'kept', value: 2 });
        throw new Error('half way');
      },
    };
    await expect(openDatabase({ name, migrations: [...MIGRATIONS, failing] })).rejects.toMatchObject({
      code: 'storage-failed',
    });
    const again = await openDatabase({ name });
    expect(await again.database.get('meta', 'kept')).toEqual({ key: 'kept', value: 1 });
    again.database.close();
    await deleteDB(name);
  });
});

describe('a database that others use too', () => {
  it('of a newer version is refused kindly and left as it is', async () => {
    const name = freshName();
    const newer = await openDB(name, 999);
    newer.close();
    await expect(openDatabase({ name })).rejects.toMatchObject({
      code: 'storage-newer',
      message: expect.stringMatching(/newer version of Kindred.*Reload/) as string,
    });
    await deleteDB(name);
  });

  it('lets a newer version take over, and then says why it is gone', async () => {
    const name = freshName();
    const open = await openDatabase({ name });
    const newer = await openDB(name, 999);
    expect(open.lost()).toMatchObject({ code: 'storage-blocked' });
    newer.close();
    await deleteDB(name);
  });

  it('that an older tab does not let go is refused with what to do', async () => {
    const name = freshName();
    const stubborn = await openDB(name, 1);
    await expect(openDatabase({ name, migrations: [nothing(1), nothing(2)], blockedGraceMs: 1 })).rejects.toMatchObject(
      { code: 'storage-blocked', message: expect.stringMatching(/Close the other tabs/) as string },
    );
    stubborn.close();
    await deleteDB(name);
  });
});
