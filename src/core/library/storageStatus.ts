// How full the storage is, asked of the browser at most every few seconds: the answer can be slow.
import type { StorageState } from '../libraryApi.ts';
import type { Store } from '../store/openStore.ts';
import type { StorageUse } from '../store/quota.ts';

const FRESH_MS = 3000;
const MADE_KEY = 'made at';

export function createStorageStatus(store: Store, now: () => number): () => Promise<StorageState> {
  let use: StorageUse | null = null;
  let askedAt = -Infinity;
  let made: Promise<number | null> | null = null;
  return async () => {
    if (use === null || now() - askedAt > FRESH_MS) {
      askedAt = now();
      use = await store.use();
    }
    // What came into memory only is gone with the page, and so is no other library.
    const madeAt = store.state.kind === 'memory' && made === null ? null : await (made ??= readMadeAt(store, now));
    return { ...store.state, ...use, madeAt, damaged: [...store.damaged] };
  };
}

/** Noted when a database is first opened, so that one that the browser has cleared meanwhile is told from one that was emptied. */
async function readMadeAt({ settings }: Pick<Store, 'settings'>, now: () => number): Promise<number | null> {
  try {
    const known = await settings.get(MADE_KEY, (value) => (typeof value === 'number' ? value : null));
    if (known !== null) return known;
    const at = now();
    await settings.put(MADE_KEY, at);
    return at;
  } catch {
    // Another tab has taken over, or the database can't be read: nothing is known, and nothing depends on it.
    return null;
  }
}
