// How a database comes to this version, and how it stands beside tabs of other versions.
import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { postId } from '../post.ts';
import { MIGRATIONS, versionOf, type Migration } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';
import { KEY_PATHS, STORE_NAMES, type KindredSchema } from './schema.ts';

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

  it('keep the passages of the first version, by post and rule', async () => {
    const name = freshName();
    const record = {
      post: 'a',
      revision: 'r1',
      rule: 'rule-1',
      ids: Uint32Array.of(7),
      starts: Uint32Array.of(0),
      ends: Uint32Array.of(4),
      startS: Float64Array.of(NaN),
      hashes: Float64Array.of(1),
    };
    const first = await openDatabase({ name, migrations: MIGRATIONS.slice(0, 1) });
    await first.database.put('passages', record as unknown as KindredSchema['passages']['value']);
    await first.database.put('passages', { post: 'b' } as unknown as KindredSchema['passages']['value']);
    first.database.close();
    const { database } = await openDatabase({ name });
    expect(await database.getAll('passages')).toEqual([record]);
    expect(await database.get('passages', [postId('a'), 'rule-1'])).toEqual(record);
    database.close();
    await deleteDB(name);
  });

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
