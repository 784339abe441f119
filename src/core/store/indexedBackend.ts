// The backend over IndexedDB.
import type { IDBPTransaction } from 'idb';
import { KindredError } from '../errors.ts';
import type { Backend, KeyOf, Mode, RowOf, KeySpan, Transaction } from './backend.ts';
import type { OpenDatabase } from './openDatabase.ts';
import { fromDisk, toDisk } from './postRow.ts';
import { POSTS, type KindredSchema, type StoredPost, type StoreName } from './schema.ts';
import { toStorageError } from './storageErrors.ts';

type Raw = IDBPTransaction<KindredSchema, StoreName[], 'readwrite'>;

export function createIndexedBackend(open: OpenDatabase): Backend {
  const { database } = open;
  const lost = (): KindredError | null => open.lost();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  async function attempt<T>(
    stores: readonly StoreName[],
    mode: Mode,
    work: (transaction: Transaction) => Promise<T>,
    durability: 'relaxed' | 'strict',
  ): Promise<T> {
    const gone = lost();
    if (gone !== null) throw gone;
    if (closed) throw new KindredError('disposed', 'The library is closed. Reload the page to open it again.');
    let raw: Raw;
    try {
      raw = database.transaction([...stores], mode as 'readwrite', { durability });
    } catch (error) {
      throw lost() ?? toStorageError(error);
    }
    // The reason of an abort surfaces both here and at the request; whichever comes first is thrown.
    const done = raw.done.then(
      () => null,
      (error: unknown) => error ?? new DOMException('The transaction was aborted.', 'AbortError'),
    );
    let result: T;
    try {
      result = await work(wrap(raw));
      if (mode === 'readwrite') commit(raw);
    } catch (error) {
      try {
        raw.abort();
      } catch {
        // The platform has aborted it already.
      }
      await done;
      throw error instanceof DOMException ? (lost() ?? toStorageError(raw.error ?? error)) : error;
    }
    const failure = await done;
    if (failure !== null) throw lost() ?? toStorageError(raw.error ?? failure);
    return result;
  }

  return {
    kind: 'indexeddb',
    async run(stores, mode, work, durability = 'relaxed') {
      const job = attempt(stores, mode, work, durability);
      running.add(job);
      try {
        return await job;
      } finally {
        running.delete(job);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
      database.close();
    },
  };
}

/**
 * Nothing more is asked, so the browser need not wait until this thread has heard of every row: a tab that is frozen by then holds up
 * no other.
 */
function commit(raw: Raw): void {
  try {
    raw.commit();
  } catch {
    // It is over already: committed, as nothing was left to do, or aborted, which `done` tells.
  }
}

function wrap(raw: Raw): Transaction {
  return {
    get: async <S extends StoreName>(store: S, key: KeyOf<S>): Promise<RowOf<S> | undefined> =>
      toRow(store, await raw.objectStore(store).get(key)),
    getAll: async <S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>, count?: number): Promise<RowOf<S>[]> =>
      toRows(store, await raw.objectStore(store).getAll(toRange(span), count)),
    getAllKeys: <S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>): Promise<KeyOf<S>[]> =>
      raw.objectStore(store).getAllKeys(toRange(span)),
    count: (store) => raw.objectStore(store).count(),
    put: (store, row) => asked(() => raw.objectStore(store).put(store === POSTS ? toDisk(row as StoredPost) : row)),
    delete: (store, key) => asked(() => raw.objectStore(store).delete(key)),
    clear: (store) => asked(() => raw.objectStore(store).clear()),
    end: () => commit(raw),
  };
}

/** Resolves before the change is made. One that fails aborts its transaction, which says why. */
async function asked(change: () => Promise<unknown>): Promise<void> {
  change().catch(() => undefined);
}

type DiskRow = KindredSchema[StoreName]['value'];

/** What comes from the disk, as the repositories know it. */
const toRow = <S extends StoreName>(store: S, row: DiskRow | undefined) =>
  (store === POSTS ? fromDisk(row) : row) as RowOf<S> | undefined;
const toRows = <S extends StoreName>(store: S, rows: DiskRow[]) =>
  (store === POSTS ? rows.map(fromDisk) : rows) as RowOf<S>[];

function toRange(span: KeySpan<IDBValidKey> | undefined): IDBKeyRange | null {
  if (span === undefined) return null;
  const { lower, upper, lowerOpen = false } = span;
  if (lower !== undefined && upper !== undefined) return IDBKeyRange.bound(lower, upper, lowerOpen, false);
  if (lower !== undefined) return IDBKeyRange.lowerBound(lower, lowerOpen);
  return upper === undefined ? null : IDBKeyRange.upperBound(upper);
}
