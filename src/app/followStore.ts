// Feeds and folders that are followed, as the page last heard of them, and what the author does about them.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toKindredError, type FollowApi, type Followed, type KindredError, type ListedFeed } from '../core/index.ts';
import type { Unfollowed } from '../core/index.ts';
import type { FolderPlace } from './folderPlace.ts';
import type { StatusStore } from './status.ts';

export type FollowTask = 'read' | 'feed' | 'list' | 'folder' | 'look' | 'stop' | 'undo' | 'settle' | 'setting';

/** What was stopped, with the way back. */
export interface Stopped {
  name: string;
  unfollowed: Unfollowed;
}

export interface FollowState {
  /** Null until it was read. */
  followed: Followed | null;
  /** Feeds of a list that the author chooses from. */
  listed: ListedFeed[] | null;
  stopped: Stopped | null;
  failure: { task: FollowTask; error: KindredError } | null;
}

export interface FollowStore extends StoreApi<FollowState> {
  readonly canWatchFolders: boolean;
  /** Reads what is followed, asks the server whether it fetches feeds, and goes on reading, until the returned function is called. */
  watch(): () => void;
  /** Every one of these resolves when it has ended, however: a failure is a state. True when it worked. */
  askServer(): Promise<boolean>;
  followFeeds(addresses: readonly string[]): Promise<boolean>;
  readList(file: Blob): Promise<boolean>;
  dropList(): void;
  /** Must be called while handling what the author pressed, as `allow`. */
  watchFolder(): Promise<boolean>;
  allow(folder: Followed['folders'][number]): Promise<boolean>;
  look(ids?: readonly string[]): Promise<boolean>;
  stop(place: { id: string; name: string }, posts: 'keep' | 'delete'): Promise<boolean>;
  undoStop(): Promise<boolean>;
  dismissStopped(): void;
  settleMissing(folder: string, posts: 'keep' | 'delete'): Promise<boolean>;
  restoreMissing(folder: string): Promise<boolean>;
  setWhileOpen(whileOpen: boolean): Promise<boolean>;
  dismissFailure(): void;
}

export interface FollowStoreOptions {
  library: FollowApi;
  /** Tells that something has changed, wherever that began. */
  status: Pick<StatusStore, 'subscribe' | 'getState'>;
  place: FolderPlace;
}

export function createFollowStore({ library, status, place }: FollowStoreOptions): FollowStore {
  const store = createStore<FollowState>(() => ({ followed: null, listed: null, stopped: null, failure: null }));
  const set = (change: Partial<FollowState>): void => store.setState(change);
  let reading = false;
  let readAgain = false;

  /** One at a time; what changed meanwhile is read after it. */
  async function read(): Promise<void> {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    try {
      do {
        readAgain = false;
        set({ followed: await library.followed() });
      } while (hasChanged());
    } catch (error) {
      set({ failure: { task: 'read', error: toKindredError(error) } });
    } finally {
      reading = false;
    }
  }
  /** Asked by a function, as the answer changes while the loop awaits. */
  const hasChanged = (): boolean => readAgain;

  async function attempt(task: FollowTask, work: () => Promise<unknown>): Promise<boolean> {
    set({ failure: null });
    try {
      await work();
      return true;
    } catch (error) {
      set({ failure: { task, error: toKindredError(error) } });
      return false;
    } finally {
      await read();
    }
  }

  const revision = (state: ReturnType<StatusStore['getState']>): number =>
    state.state === 'open' ? state.status.followed : 0;

  return Object.assign(store, {
    canWatchFolders: place.isPossible,
    watch: () => {
      const unsubscribe = status.subscribe((state, before) => {
        if (revision(state) !== revision(before)) void read();
      });
      void read();
      void attempt('read', () => library.askFeedServer());
      return unsubscribe;
    },
    askServer: () => attempt('read', () => library.askFeedServer()),
    followFeeds: (addresses: readonly string[]) =>
      attempt('feed', async () => {
        await library.followFeeds(addresses);
        set({ listed: null });
      }),
    readList: (file: Blob) =>
      attempt('list', async () => {
        const { feeds = [] } = store.getState().followed ?? {};
        const known = new Set(feeds.map(({ address }) => address));
        set({ listed: (await library.feedsListed(file)).filter(({ address }) => !known.has(address)) });
      }),
    dropList: () => set({ listed: null }),
    watchFolder: () =>
      attempt('folder', async () => {
        const handle = await place.choose();
        if (handle !== null) await library.followFolder(handle);
      }),
    allow: ({ id, handle }: Followed['folders'][number]) =>
      attempt('folder', async () => {
        if (await place.allow(handle)) await library.lookAt([id]);
      }),
    look: (ids?: readonly string[]) => attempt('look', () => library.lookAt(ids)),
    stop: ({ id, name }: { id: string; name: string }, posts: 'keep' | 'delete') =>
      attempt('stop', async () => {
        const unfollowed = await library.unfollow(id, { posts });
        set({ stopped: unfollowed === null ? null : { name, unfollowed } });
      }),
    undoStop: () =>
      attempt('undo', async () => {
        const { stopped } = store.getState();
        if (stopped !== null) await library.followAgain(stopped.unfollowed);
        set({ stopped: null });
      }),
    dismissStopped: () => set({ stopped: null }),
    settleMissing: (folder: string, posts: 'keep' | 'delete') =>
      attempt('settle', () => library.settleMissing(folder, { posts })),
    restoreMissing: (folder: string) => attempt('undo', () => library.restoreMissing(folder)),
    setWhileOpen: (whileOpen: boolean) => attempt('setting', () => library.setWhileOpen(whileOpen)),
    dismissFailure: () => set({ failure: null }),
  });
}
