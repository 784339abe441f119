import { describe, expect, test, vi } from 'vitest';
import { KindredError, type Followed, type LibraryStatus } from '../core/index.ts';
import { fakeFollow } from '../testing/fakeFollow.ts';
import type { FolderPlace } from './folderPlace.ts';
import { createFollowStore } from './followStore.ts';
import type { StatusState } from './status.ts';

const noFolders: FolderPlace = {
  isPossible: false,
  choose: () => Promise.resolve(null),
  allow: () => Promise.resolve(false),
};

function started(
  change: Partial<ReturnType<typeof fakeFollow>> = {},
  place = noFolders,
  start: Partial<Followed> = {},
) {
  const library = { ...fakeFollow(() => 1, start), ...change };
  const listeners = new Set<(state: StatusState, before: StatusState) => void>();
  const status = {
    getState: (): StatusState => ({ state: 'opening' }),
    subscribe: (listener: (state: StatusState, before: StatusState) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const open = (followed: number): StatusState => ({ state: 'open', status: { followed } as LibraryStatus });
  const store = createFollowStore({ library, status, place });
  return {
    library,
    store,
    tell: (now: number, before: number) => listeners.forEach((listener) => listener(open(now), open(before))),
  };
}

describe('what is followed, for the page', () => {
  test('is read with the server’s answer, and again at each change until nobody watches', async () => {
    const { store, library, tell } = started();
    const stop = store.watch();
    await expect.poll(() => store.getState().followed?.server).toBe('on');
    await library.followFeeds(['https://a.example/']);
    tell(1, 1);
    expect(store.getState().followed?.feeds).toEqual([]);
    tell(2, 1);
    await expect.poll(() => store.getState().followed?.feeds.length).toBe(1);
    stop();
    await library.followFeeds(['https://b.example/']);
    tell(3, 2);
    await Promise.resolve();
    expect(store.getState().followed?.feeds.length).toBe(1);
  });

  test('is stopped and taken back, at the place where it was', async () => {
    const { store } = started();
    await store.followFeeds(['https://a.example/']);
    const { id } = store.getState().followed!.feeds[0]!;
    expect(await store.stop({ id, name: 'A' }, 'keep')).toBe(true);
    expect(store.getState()).toMatchObject({ followed: { feeds: [] }, stopped: { name: 'A' } });
    await store.undoStop();
    expect(store.getState()).toMatchObject({ followed: { feeds: [{ id }] }, stopped: null });
  });

  test('keeps a failure with what was tried, until the next try', async () => {
    const followFeeds = vi.fn(() => Promise.reject(new KindredError('feed-address', '“x” is no address.')));
    const { store } = started({ followFeeds });
    expect(await store.followFeeds(['x'])).toBe(false);
    expect(store.getState().failure).toMatchObject({ task: 'feed', error: { code: 'feed-address' } });
    expect(await store.setWhileOpen(false)).toBe(true);
    expect(store.getState()).toMatchObject({ failure: null, followed: { whileOpen: false } });
  });

  test('leaves out of a list what is followed already', async () => {
    const listed = ['https://a.example/', 'https://b.example/'].map((address) => ({ address, title: '' }));
    const { store } = started({ feedsListed: () => Promise.resolve(listed) });
    await store.followFeeds(['https://a.example/']);
    await store.readList(new Blob());
    expect(store.getState().listed).toEqual([listed[1]]);
    await store.followFeeds(['https://b.example/']);
    expect(store.getState().listed).toBeNull();
  });

  test('watches the folder that was chosen, and none when the author changed their mind', async () => {
    const handle = { name: 'blog' } as FileSystemDirectoryHandle;
    const followFolder = vi.fn(() => Promise.resolve());
    const place = { ...noFolders, isPossible: true, choose: vi.fn(() => Promise.resolve<typeof handle | null>(null)) };
    const { store } = started({ followFolder }, place);
    expect(await store.watchFolder()).toBe(true);
    expect(followFolder).not.toHaveBeenCalled();
    place.choose.mockResolvedValue(handle);
    await store.watchFolder();
    expect(followFolder).toHaveBeenCalledWith(handle);
  });
});
