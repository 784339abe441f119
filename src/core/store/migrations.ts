// How a database of any earlier version becomes one of this version: numbered, contiguous, each applied once.
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { checksumOf } from './vectorBlock.ts';
import {
  DIGESTS,
  DRAFTS,
  KEY_PATHS,
  META,
  PASSAGES,
  POSTS,
  TERMS,
  VECTORS,
  WRITER,
  type KindredSchema,
  type StoreName,
  type VectorBlock,
} from './schema.ts';
import { isPassageRecord } from './soundRows.ts';

export type UpgradeTransaction = IDBPTransaction<KindredSchema, StoreNames<KindredSchema>[], 'versionchange'>;

export interface Migration {
  /** Version of the database once this has run. */
  to: number;
  /** What it changes, for whoever reads the list. */
  what: string;
  run(database: IDBPDatabase<KindredSchema>, transaction: UpgradeTransaction): void | Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    to: 1,
    what: 'posts, passages, blocks of vectors, drafts and settings',
    run(database) {
      for (const store of [POSTS, VECTORS, DRAFTS, META] as const) createStore(database, store);
      database.createObjectStore(PASSAGES, { keyPath: 'post' });
    },
  },
  {
    to: 2,
    what: 'passages by post and rule, so that two models can each have their own',
    async run(database, transaction) {
      const rows: unknown[] = await transaction.objectStore(PASSAGES).getAll();
      database.deleteObjectStore(PASSAGES);
      createStore(database, PASSAGES);
      const passages = transaction.objectStore(PASSAGES);
      for (const row of rows) if (isPassageRecord(row)) await passages.put(row);
    },
  },
  {
    to: 3,
    what: 'digests of posts and their terms, so that opening reads no text; they are made when the library is opened',
    run(database) {
      for (const store of [DIGESTS, TERMS] as const) createStore(database, store);
    },
  },
  {
    to: 4,
    what: 'blocks of vectors under a checksum that also finds two flips of highest bits',
    async run(_database, transaction) {
      const vectors = transaction.objectStore(VECTORS);
      for (const key of await vectors.getAllKeys()) {
        const block = await vectors.get(key);
        // A damaged one keeps its old checksum, which is no new one.
        if (block !== undefined && firstChecksum(block) === block.checksum)
          await vectors.put({ ...block, checksum: checksumOf(block) });
      }
    },
  },
  {
    to: 5,
    what: 'texts of posts in UTF-8, which earlier versions can not read; those that are there get it when they are next written',
    // A string is as good as it was. To write every text anew, opening would wait and need room for a second copy of them all.
    run: () => undefined,
  },
  {
    to: 6,
    what: 'who writes in a store of its own, in place of a number among the settings',
    async run(database, transaction) {
      database.createObjectStore(WRITER, { keyPath: KEY_PATHS[WRITER] }).createIndex('seat', 'seat', { unique: true });
      await transaction.objectStore(META).delete('writer');
    },
  },
];

/**
 * Version that a list of migrations leads to.
 * @throws RangeError when the numbers are not 1, 2, 3, ... without a gap.
 */
export function versionOf(migrations: readonly Migration[]): number {
  migrations.forEach((migration, index) => {
    if (migration.to !== index + 1) {
      throw new RangeError(
        `Migration ${index + 1} of the database leads to version ${migration.to}; it must lead to ${index + 1}.`,
      );
    }
  });
  return migrations.length;
}

/** Runs, in order, what lies between the two versions; within the version change transaction, so all of it or nothing. */
export async function migrate(
  database: IDBPDatabase<KindredSchema>,
  transaction: UpgradeTransaction,
  oldVersion: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (const migration of migrations) {
    if (migration.to > oldVersion) await migration.run(database, transaction);
  }
}

function createStore(database: IDBPDatabase<KindredSchema>, store: StoreName): void {
  const keyPath = KEY_PATHS[store];
  database.createObjectStore(store, { keyPath: (typeof keyPath === 'string' ? keyPath : [...keyPath]) as string });
}

/** As blocks were stamped up to version 3. */
export function firstChecksum({ ids, scales, codes }: Partial<VectorBlock>): number | null {
  let hash = 0x811c9dc5;
  for (const part of [ids, scales, codes]) {
    if (part === undefined || part.byteOffset !== 0) return null;
    const words = part.byteLength >> 2;
    for (const word of new Uint32Array(part.buffer, 0, words)) hash = Math.imul(hash ^ word, 0x01000193);
    for (const byte of new Uint8Array(part.buffer, words * 4)) hash = Math.imul(hash ^ byte, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
