// The page without a network: registers the service worker, says what it has, and offers a new version. The only file that knows it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { TAKE_OVER, TIDY } from '../workers/offline/shell.ts';

export type OfflineState =
  /** Not asked yet. */
  | { state: 'waiting' }
  /** The page is being kept. */
  | { state: 'keeping' }
  /** The page is kept. `newer`: another version is, and waits. */
  | { state: 'kept'; newer: boolean }
  /** `insecure`: only https and this computer's own address allow it. `absent`: the browser has none here. */
  | { state: 'impossible'; why: 'insecure' | 'absent' | 'refused' };

export interface OfflineStore extends StoreApi<OfflineState> {
  /** Keeps the page: soon where it is isolated already, at once where only the service worker can isolate it. */
  start(): void;
  /** Leaves this version for the one that waits: the page is loaded anew. */
  takeNewer(): Promise<void>;
  dispose(): void;
}

export interface OfflineOptions {
  page: Window & typeof globalThis;
  /** Address of the service worker. */
  script: string;
  /** Waited for before the page is loaded anew: resolves when nothing that would be lost is under way. */
  settled: () => Promise<void>;
}

/** Late enough to leave the network to the first suggestions. */
const START_AFTER_MS = 6_000;
const LOOK_AGAIN_MS = 3_600_000;

export function createOffline({ page, script, settled }: OfflineOptions): OfflineStore {
  const store = createStore<OfflineState>(() => ({ state: 'waiting' }));
  const ended = new AbortController();
  const { signal } = ended;
  // Absent on insecure addresses and in some private windows.
  const container = (page.navigator as Partial<Pick<Navigator, 'serviceWorker'>>).serviceWorker;
  let registration: ServiceWorkerRegistration | undefined;
  let timer: number | undefined;
  let leaving = false;
  let touched = false;
  for (const type of ['keydown', 'pointerdown'])
    page.addEventListener(type, () => (touched = true), { once: true, capture: true, signal });

  const set = (state: OfflineState): void => {
    if (!signal.aborted) store.setState(state, true);
  };

  async function keep(workers: ServiceWorkerContainer): Promise<void> {
    const served = workers.controller !== null;
    set({ state: 'keeping' });
    try {
      // Undefined where a test forbids it.
      registration = await workers.register(script, { updateViaCache: 'none' });
    } catch {
      registration = undefined;
    }
    if (registration === undefined) {
      set({ state: 'impossible', why: 'refused' });
      return;
    }
    follow(registration, workers);
    await workers.ready;
    set({ state: 'kept', newer: registration.waiting !== null });
    workers.controller?.postMessage(TIDY);
    if (!served) await isolate();
  }

  /**
   * A page that its host did not isolate is, once the service worker serves it. Only a page that nobody has touched yet is
   * loaded anew, and never one that was: what did not help once is not tried twice.
   */
  async function isolate(): Promise<void> {
    const [navigation] = page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    await settled();
    if (page.crossOriginIsolated || touched || navigation?.type !== 'navigate' || signal.aborted) return;
    page.location.reload();
  }

  function follow(found: ServiceWorkerRegistration, workers: ServiceWorkerContainer): void {
    found.addEventListener(
      'updatefound',
      () => {
        const coming = found.installing;
        coming?.addEventListener('statechange', () => {
          if (coming.state === 'installed' && workers.controller !== null) set({ state: 'kept', newer: true });
        });
      },
      { signal },
    );
    timer = page.setInterval(() => void found.update().catch(() => undefined), LOOK_AGAIN_MS);
  }

  async function reload(): Promise<void> {
    await settled();
    page.location.reload();
  }

  return Object.assign(store, {
    start() {
      if (container === undefined) {
        set({ state: 'impossible', why: page.isSecureContext ? 'absent' : 'insecure' });
        return;
      }
      timer = page.setTimeout(() => void keep(container), page.crossOriginIsolated ? START_AFTER_MS : 0);
    },
    async takeNewer() {
      if (container === undefined || leaving) return;
      leaving = true;
      const waiting = registration?.waiting;
      if (waiting === null || waiting === undefined) {
        await reload();
        return;
      }
      container.addEventListener('controllerchange', () => void reload(), { once: true, signal });
      waiting.postMessage(TAKE_OVER);
    },
    dispose() {
      ended.abort();
      page.clearTimeout(timer);
    },
  });
}
