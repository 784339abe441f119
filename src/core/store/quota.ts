// How much of the browser's allowance is used. The request to keep it (`persist`) is the page's: workers don't have it.

export interface StorageUse {
  usedBytes: number | null;
  quotaBytes: number | null;
  /** Of those used, in databases; null where the browser does not tell them apart, as all but Chromium. */
  databaseBytes: number | null;
  /** True when the browser has promised not to evict it on its own. */
  persisted: boolean;
}

/** The part of `navigator.storage` used here; absent in insecure contexts and in Node. */
export type StorageManagerLike = Pick<StorageManager, 'estimate' | 'persisted'> &
  Partial<Pick<StorageManager, 'getDirectory'>>;

/** With what Chromium tells beside the standard. */
type DetailedEstimate = StorageEstimate & { usageDetails?: { indexedDB?: number } };

export async function storageUse(manager: StorageManagerLike | undefined): Promise<StorageUse> {
  try {
    const [estimate, persisted] = [await manager?.estimate(), await manager?.persisted()];
    return {
      usedBytes: estimate?.usage ?? null,
      quotaBytes: estimate?.quota ?? null,
      databaseBytes: (estimate as DetailedEstimate | undefined)?.usageDetails?.indexedDB ?? null,
      persisted: persisted ?? false,
    };
  } catch {
    // Some private modes have the interface and refuse to answer: the figures are unknown, and nothing depends on them.
    return { usedBytes: null, quotaBytes: null, databaseBytes: null, persisted: false };
  }
}

/** `navigator.storage` where there is one. */
export function platformStorage(): StorageManagerLike | undefined {
  return typeof navigator === 'undefined'
    ? undefined
    : (navigator as unknown as { storage?: StorageManagerLike }).storage;
}
