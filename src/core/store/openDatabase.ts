// Opens the IndexedDB database, brings it to this version and keeps watch over its connection.
import { openDB, type IDBPDatabase } from 'idb';
import type { KindredError } from '../errors.ts';
import { MIGRATIONS, migrate, versionOf, type Migration } from './migrations.ts';
import { DATABASE_NAME, type KindredSchema } from './schema.ts';
import { storageGivenUp, storageHeldElsewhere, storageNewer, toStorageError } from './storageErrors.ts';

/** A tab that is told to let go needs a moment to finish its transactions. */
const BLOCKED_GRACE_MS = 5000;

export interface OpenDatabase {
  database: IDBPDatabase<KindredSchema>;
  /** Why the connection is gone: a newer version took over, or the browser closed it; null while it is open. */
  lost(): KindredError | null;
}

export interface OpenDatabaseOptions {
  name?: string;
  migrations?: readonly Migration[];
  blockedGraceMs?: number;
}

/** Rejects with `storage-newer`, `storage-blocked` or `storage-failed`. */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const { name = DATABASE_NAME, migrations = MIGRATIONS, blockedGraceMs = BLOCKED_GRACE_MS } = options;
  let lost: KindredError | null = null;
  let refuse: (error: KindredError) => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  const opening = openDB<KindredSchema>(name, versionOf(migrations), {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      migrate(database, transaction, oldVersion, migrations).catch(() => {
        // Opening rejects with the same reason.
        transaction.done.catch(() => undefined);
        transaction.abort();
      });
    },
    blocked: () => {
      timer = setTimeout(() => refuse(storageHeldElsewhere()), blockedGraceMs);
    },
    blocking: (_current, _blocked, event) => {
      lost = storageGivenUp();
      (event.target as IDBDatabase).close();
    },
    terminated: () => {
      lost = toStorageError(new Error('the browser closed the database'));
    },
  });
  try {
    const database = await Promise.race([opening, refused]);
    return { database, lost: () => lost };
  } catch (error) {
    // A connection that opens after we gave up must not block others in turn.
    void opening.then((database) => database.close()).catch(() => undefined);
    if (error instanceof DOMException && error.name === 'VersionError') throw storageNewer(error);
    throw toStorageError(error);
  } finally {
    clearTimeout(timer);
  }
}
