// The ports over the browser, for a worker.
import type { TabChannel, TabPlatform, TabVersion } from './platform.ts';

/** False where tabs can't find one another: an old browser, or a page that is not served securely. */
export function canShare(): boolean {
  // The types promise what old browsers lack.
  const { locks } = navigator as { locks?: LockManager };
  return locks !== undefined && typeof BroadcastChannel === 'function';
}

export interface WebPlatformOptions extends TabVersion {
  id: string;
  /** Posts to the page of this tab. */
  tellPage: (message: unknown) => void;
}

export function webPlatform({ tellPage, ...tab }: WebPlatformOptions): TabPlatform {
  return {
    ...tab,
    locks: {
      request: (name, options, held) => navigator.locks.request(name, options, held),
      holder: async (name) => {
        const { held } = await navigator.locks.query();
        return held?.find((lock) => lock.name === name)?.clientId ?? null;
      },
    },
    openChannel: webChannel,
    now: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    tellPage: (leads) => tellPage({ tabs: 'leads', leads }),
  };
}

/** A BroadcastChannel takes nothing to transfer: it copies. */
export function webChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    postMessage: (message) => channel.postMessage(message),
    addEventListener: (type, listener) => channel.addEventListener(type, listener),
    removeEventListener: (type, listener) => channel.removeEventListener(type, listener),
    close: () => channel.close(),
  };
}
