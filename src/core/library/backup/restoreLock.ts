// One restore at a time over all tabs; and a journal that another tab is still writing is not one that was left behind.
import { KindredError } from '../../errors.ts';

const LOCK = 'kindred restore';

/** The part of `navigator.locks` used here; absent in Node. */
function locks(): LockManager | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator as unknown as { locks?: LockManager }).locks;
}

/** Rejects with `storage-blocked` while another restore runs. */
export function alone<T>(work: () => Promise<T>): Promise<T> {
  return unlessRunning(work, () => {
    throw new KindredError(
      'storage-blocked',
      'Another restore is under way, perhaps in another tab. Wait until it has ended, then try again.',
    );
  });
}

/** What `otherwise` gives where a restore runs. */
export async function unlessRunning<T>(work: () => Promise<T>, otherwise: () => T): Promise<T> {
  const manager = locks();
  if (manager === undefined) return work();
  return manager.request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? otherwise() : work()));
}
