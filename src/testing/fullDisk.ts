// Makes a backend behave as one whose disk is full: every put fails as the platform's own does, and the transaction aborts.
import type { Backend, Transaction } from '../core/store/backend.ts';
import type { StoreName } from '../core/store/schema.ts';
import { toStorageError } from '../core/store/storageErrors.ts';

export function fullDisk(isFull: (store: StoreName) => boolean): (backend: Backend) => Backend {
  return (backend) => ({
    ...backend,
    run: (stores, mode, work, durability) =>
      backend.run(
        stores,
        mode,
        (transaction) => {
          const put: Transaction['put'] = (store, row) =>
            isFull(store)
              ? Promise.reject(toStorageError(new DOMException('Quota exceeded', 'QuotaExceededError')))
              : transaction.put(store, row);
          return work({ ...transaction, put });
        },
        durability,
      ),
  });
}
