// The library's status as the page last heard it.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { isAbort, toKindredError } from '../core/index.ts';
import type { KindredError, LibraryApi, LibraryStatus } from '../core/index.ts';

export type StatusState =
  { state: 'opening' } | { state: 'open'; status: LibraryStatus } | { state: 'failed'; error: KindredError };

export interface StatusStore extends StoreApi<StatusState> {
  /** Opens the library and follows its status; resolves when words can be searched. Never rejects: failure is a state. */
  open(): Promise<LibraryStatus | null>;
  /** The library's worker ended by itself. */
  fail(error: KindredError): void;
  dispose(): void;
}

export function createStatus(library: LibraryApi): StatusStore {
  const store = createStore<StatusState>(() => ({ state: 'opening' }));
  const watching = new AbortController();
  const set = (state: StatusState): void => {
    if (!watching.signal.aborted) store.setState(state, true);
  };
  const fail = (error: unknown): void => {
    if (!isAbort(error)) set({ state: 'failed', error: toKindredError(error) });
  };

  return Object.assign(store, {
    open: async () => {
      try {
        const status = await library.open();
        set({ state: 'open', status });
        // Some implementations resolve only when unsubscribed, so this is followed, not awaited.
        library.watchStatus((next) => set({ state: 'open', status: next }), { signal: watching.signal }).catch(fail);
        return status;
      } catch (error) {
        fail(error);
        return null;
      }
    },
    fail,
    dispose: () => watching.abort(),
  });
}
