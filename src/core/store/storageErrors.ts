// What the platform throws about storage, as errors that say what to do.
import { KindredError } from '../errors.ts';

/** True when the disk or the browser's allowance is used up. Older engines name it otherwise. */
export function isQuotaError(error: unknown): boolean {
  return error instanceof Error && /^(QuotaExceededError|NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR)$/.test(error.name);
}

/** A KindredError of the storage codes; one that is a KindredError already passes through. */
export function toStorageError(error: unknown): KindredError {
  if (error instanceof KindredError) return error;
  if (isQuotaError(error)) {
    return new KindredError(
      'storage-full',
      'The browser has no room left for this site. What was stored before is still there. Remove posts or free disk space, then import again.',
      { cause: error },
    );
  }
  const text = error instanceof Error ? error.message : String(error);
  return new KindredError(
    'storage-failed',
    `The browser could not store or read the library (${text}). Reload the page and try again.`,
    {
      cause: error,
    },
  );
}

export function storageNewer(cause: unknown): KindredError {
  return new KindredError(
    'storage-newer',
    'This library was last opened by a newer version of Kindred. Reload the page to get that version; nothing was changed.',
    { cause },
  );
}

export function storageHeldElsewhere(): KindredError {
  return new KindredError(
    'storage-blocked',
    'Another tab holds an older version of the library open. Close the other tabs of Kindred, then reload this one.',
  );
}

export function storageGivenUp(): KindredError {
  return new KindredError(
    'storage-blocked',
    'A newer version of Kindred was opened in another tab and took over the library. Reload this tab to go on.',
  );
}

export function takenOver(): KindredError {
  return new KindredError(
    'taken-over',
    'Another tab has taken over the library, so this one may not write any more. Reload the page if it does not go on by itself.',
  );
}
