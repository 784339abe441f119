// The tabs that use the library of this one: each served over a channel of its own, for as long as it lives.
import { serve } from '../rpc/index.ts';
import { presenceLock, type TabPlatform } from './platform.ts';
import type { SharedLibrary } from './sharedLibrary.ts';

/** A tab that has not said a word for so long is stopped: it asks at least every twenty seconds. */
const MUTE_MS = 45_000;

interface Follower {
  heardAt: number;
  muted: boolean;
  tell: () => void;
  end: () => void;
}

export class Followers {
  readonly #platform: TabPlatform;
  readonly #library: SharedLibrary;
  readonly #all = new Map<string, Follower>();

  constructor(platform: TabPlatform, library: SharedLibrary) {
    this.#platform = platform;
    this.#library = library;
  }

  /** Serves a tab that joins, until it is gone. A tab that joins again has lost its first channel. */
  add(tab: string, channelName: string): void {
    this.#all.get(tab)?.end();
    const platform = this.#platform;
    const channel = platform.openChannel(channelName);
    const gone = new AbortController();
    const follower: Follower = { heardAt: platform.now(), muted: false, tell: () => undefined, end: () => undefined };
    const listens = (): boolean => {
      follower.muted = platform.now() - follower.heardAt > MUTE_MS;
      return !follower.muted;
    };
    const view = this.#library.join({ here: false, listens });
    const { api } = view;
    const running = new Set<string>();
    const stop = serve(whileHere(api, running), channel);
    follower.tell = () => view.tell();
    follower.end = () => {
      this.#all.delete(tab);
      follower.end = () => undefined;
      gone.abort();
      // An import of a tab that is gone ends with what was stored.
      if (running.size > 0) void api.cancelImport([...running]).catch(() => undefined);
      stop();
      channel.close();
      view.leave();
    };
    this.#all.set(tab, follower);
    // The browser gives it to us at the moment that the tab is gone.
    platform.locks
      .request(presenceLock(tab), { signal: gone.signal }, () => {
        follower.end();
        return Promise.resolve();
      })
      .catch(() => undefined);
    channel.postMessage({ tabs: 'welcome' }, []);
  }

  heard(tab: string): void {
    const follower = this.#all.get(tab);
    if (follower === undefined) return;
    follower.heardAt = this.#platform.now();
    if (follower.muted) follower.tell();
  }

  close(): void {
    for (const follower of [...this.#all.values()]) follower.end();
  }
}

type Shared = ReturnType<SharedLibrary['join']>['api'];

/** Notes which imports run for a tab. */
function whileHere(api: Shared, running: Set<string>): Shared {
  const noting = async <T>(id: string | undefined, work: Promise<T>): Promise<T> => {
    if (id !== undefined) running.add(id);
    return work.finally(() => {
      if (id !== undefined) running.delete(id);
    });
  };
  return {
    ...api,
    importFiles: (files, options) => noting(options.id, api.importFiles(files, options)),
    importDemo: (options) => noting(options?.id, api.importDemo(options)),
  };
}
