// Who follows the library's status, told at most ten times a second and never later than that.
import type { LibraryStatus } from '../libraryApi.ts';

const SHORTEST_GAP_MS = 100;

export interface StatusFeed {
  /** Something may have changed. */
  touch(): void;
  /** Calls back at once and at every change, until the signal aborts; then resolves. */
  watch(onStatus: (status: LibraryStatus) => void, signal: AbortSignal): Promise<void>;
  close(): void;
}

export function createStatusFeed(status: () => Promise<LibraryStatus>, now: () => number): StatusFeed {
  const watchers = new Set<(status: LibraryStatus) => void>();
  const endings = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;

  async function tell(): Promise<void> {
    timer = null;
    last = now();
    try {
      const current = await status();
      for (const watcher of watchers) watcher(current);
    } catch {
      // The library can't be opened or is closing: whoever asked for that is told, and there is no status to tell.
    }
  }

  return {
    touch() {
      if (watchers.size === 0 || timer !== null) return;
      timer = setTimeout(() => void tell(), Math.max(0, last + SHORTEST_GAP_MS - now()));
    },
    async watch(onStatus, signal) {
      if (signal.aborted) return;
      watchers.add(onStatus);
      await new Promise<void>((resolve) => {
        endings.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        void status().then(onStatus, () => undefined);
      }).finally(() => watchers.delete(onStatus));
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      watchers.clear();
      for (const end of endings) end();
    },
  };
}
