// How full the storage is, asked of the browser at most every few seconds: the answer can be slow.
import type { StorageState } from '../libraryApi.ts';
import type { Store } from '../store/openStore.ts';
import type { StorageUse } from '../store/quota.ts';

const FRESH_MS = 3000;

export function createStorageStatus(store: Store, now: () => number): () => Promise<StorageState> {
  let use: StorageUse | null = null;
  let askedAt = -Infinity;
  return async () => {
    if (use === null || now() - askedAt > FRESH_MS) {
      askedAt = now();
      use = await store.use();
    }
    return { ...store.state, ...use };
  };
}
