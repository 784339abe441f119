// Reads the database as it lies on the disk, behind the library's back, and says what is wrong with it.
import { spaceKey, type EmbeddingSpace } from '../../src/core/embedding.ts';
import { decodeDigests } from '../../src/core/store/digestBlock.ts';
import { firstChecksum, MIGRATIONS } from '../../src/core/store/migrations.ts';
import { openDatabase } from '../../src/core/store/openDatabase.ts';
import { fromDisk } from '../../src/core/store/postRow.ts';
import { STORE_NAMES, type StoredPost, type StoreName, type VectorBlock } from '../../src/core/store/schema.ts';
import { checksumOf, HOLE } from '../../src/core/store/vectorBlock.ts';
import { deleteDB } from 'idb';

const NAME = 'kindred';
/** The last version before opening read digests, and before checksums were changed. */
const EARLIER = 2;

/** What holds of a library at rest and doesn't here; empty when all is well. */
export async function faultsOfDatabase(): Promise<string[]> {
  const { database } = await openDatabase();
  const faults: string[] = [];
  try {
    const last = (await database.get('meta', 'last space'))?.value as
      { space: EmbeddingSpace; rule: string } | undefined;
    const posts = await database.getAll('posts');
    const records = await database.getAll('passages');
    const blocks = await database.getAll('vectors');
    if (last === undefined) return posts.length > 0 ? ['No embedding space is named.'] : [];
    const key = spaceKey(last.space);

    const live = new Map<number, string>();
    const revisions = new Map(posts.map(({ id, revision }) => [id, revision]));
    for (const { post, revision, rule, ids } of records) {
      if (rule !== last.rule) faults.push(`Passages of ${post} are cut by ${rule}.`);
      if (revisions.get(post) !== revision) faults.push(`Passages of ${post} are of another revision.`);
      for (const id of ids) {
        if (live.has(id)) faults.push(`Passage ${id} is of ${live.get(id) ?? ''} and of ${post}.`);
        live.set(id, post);
      }
    }
    const stored = new Set<number>();
    for (const block of blocks) {
      if (block.space !== key) faults.push(`Block ${block.block} holds vectors of ${block.space}.`);
      else if (block.checksum !== checksumOf(block)) faults.push(`Block ${block.block} is damaged.`);
      for (const id of block.ids) {
        if (id === HOLE || !live.has(id) || block.space !== key) continue;
        if (stored.has(id)) faults.push(`Passage ${id} has two vectors.`);
        stored.add(id);
      }
    }
    for (const [id, post] of live) if (!stored.has(id)) faults.push(`Passage ${id} of ${post} has no vector.`);

    const digested = new Map<string, string>();
    for (const row of await database.getAll('digests')) {
      const digests = decodeDigests(row);
      if (digests === null) faults.push(`Digests ${row.block} are damaged.`);
      for (const { id, revision } of digests?.heads ?? []) {
        if (digested.has(id)) faults.push(`${id} has two digests.`);
        digested.set(id, revision);
      }
    }
    for (const { id, revision } of posts)
      if (digested.get(id) !== revision) faults.push(`The digest of ${id} is not of its revision.`);
    if (digested.size !== posts.length) faults.push(`There are ${digested.size} digests of ${posts.length} posts.`);
    return faults;
  } finally {
    database.close();
  }
}

/** Vectors of the library by the hash of their text: equal for equal texts, whatever happened in between. */
export async function vectorsByText(): Promise<[hash: number, bytes: string][]> {
  const { database } = await openDatabase();
  const hashes = new Map<number, number>();
  for (const { ids, hashes: all } of await database.getAll('passages'))
    ids.forEach((id, index) => hashes.set(id, all[index] ?? 0));
  const found = new Map<number, string>();
  for (const { ids, codes, scales, dimension } of await database.getAll('vectors')) {
    ids.forEach((id, row) => {
      const hash = hashes.get(id);
      if (hash !== undefined)
        found.set(hash, `${scales[row] ?? 0} ${codes.slice(row * dimension, (row + 1) * dimension).join(' ')}`);
    });
  }
  database.close();
  return [...found].sort(([a], [b]) => a - b);
}

/** Writes the database anew as an earlier version had it: the library must not be open. */
export async function makeEarlier(): Promise<void> {
  const { database } = await openDatabase();
  const rows = new Map<StoreName, unknown[]>();
  for (const store of STORE_NAMES) rows.set(store, await database.getAll(store));
  database.close();
  await deleteDB(NAME);
  const { database: earlier } = await openDatabase({ migrations: MIGRATIONS.slice(0, EARLIER) });
  for (const store of earlier.objectStoreNames) {
    for (const row of rows.get(store) ?? []) {
      if (store === 'vectors') await earlier.put(store, stampedEarlier(row as VectorBlock));
      else if (store === 'posts') await earlier.put(store, fromDisk(row) as StoredPost);
      else await earlier.put(store, row as never);
    }
  }
  earlier.close();
}

function stampedEarlier(block: VectorBlock): VectorBlock {
  const sound = block.checksum === checksumOf(block);
  return sound ? { ...block, checksum: firstChecksum(block) ?? 0 } : block;
}
