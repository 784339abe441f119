// Hears that a worker is gone, however it went: the browser frees the locks of a thread that ends, and tells nobody else.

/** In the worker: holds the lock for as long as the thread lives. Resolves once it is held; false where there are no locks. */
export async function holdLifeline(name: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return false;
  return new Promise((resolve) => {
    locks
      .request(name, () => {
        resolve(true);
        return new Promise(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

/** In the owner, once the worker holds it: resolves true when the worker's thread has ended, false when `signal` aborts. */
export async function lifelineEnded(name: string, signal: AbortSignal): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return false;
  try {
    return await locks.request(name, { signal }, () => true);
  } catch {
    return false;
  }
}

/** A name that no other worker of this site has, whichever tab it is in. */
export const lifelineName = (): string => `kindred embedder ${crypto.randomUUID()}`;
