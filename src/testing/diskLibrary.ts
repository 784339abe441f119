// A library over the disk of a world of tabs: the few methods that the tabs' protocol is tested with, fenced and with ids as the real ones are.
import { KindredError } from '../core/errors.ts';
import type { ImportReport, LibraryApi, LibraryStatus } from '../core/libraryApi.ts';
import { postId } from '../core/post.ts';
import { fakeStatus } from './fakeStatus.ts';
import type { WorldDisk } from './tabWorld.ts';

/** Where it runs. */
export interface DiskTab {
  id: string;
  world: { disk: WorldDisk };
  /** Goes on when the tab runs. */
  pause(ms: number): Promise<void>;
}

/** Milliseconds of one transaction. */
const WRITE_MS = 5;
/** Posts of an import in one transaction. */
const PER_WRITE = 2;

export function diskLibrary(tab: DiskTab): LibraryApi {
  const { disk } = tab.world;
  const running = new Set<string>();
  let number: number | null = null;
  let closed = false;

  async function opened(): Promise<void> {
    await tab.pause(WRITE_MS);
    if (number === null) disk.log.push({ writer: (number = ++disk.writer), tab: tab.id });
  }
  async function write(change: () => void): Promise<void> {
    await opened();
    await tab.pause(WRITE_MS);
    if (closed) throw new KindredError('disposed', 'The library is closed.');
    if (disk.writer !== number) throw new KindredError('taken-over', 'Another tab has taken over.');
    disk.log.push({ writer: number, tab: tab.id });
    change();
  }
  const status = async (): Promise<LibraryStatus> => {
    await opened();
    return fakeStatus('ready', { posts: disk.posts.size, embedded: disk.posts.size, msPerPost: 1 });
  };

  const methods: Partial<LibraryApi> = {
    open: status,
    status,
    watchStatus: async (onStatus, { signal }) => {
      onStatus(await status());
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    },
    importFiles: async (files, { id = 'none', onProgress }): Promise<ImportReport> => {
      const names = files.map(({ path }) => postId(path));
      running.add(id);
      for (let from = 0; from < names.length && running.has(id); from += PER_WRITE) {
        await write(() => {
          const added = disk.requests.get(id) ?? [];
          const fresh = names.slice(from, from + PER_WRITE).filter((name) => !disk.posts.has(name));
          for (const name of fresh) disk.posts.set(name, (disk.posts.get(name) ?? 0) + 1);
          disk.requests.set(id, [...added, ...fresh]);
        });
        onProgress?.({ ...progress, postsFound: from + PER_WRITE });
      }
      const added = [...(disk.requests.get(id) ?? [])];
      const cancelled = !running.delete(id);
      const leftOut = { draft: 0, private: 0, reply: 0 };
      return { id, added, changed: [], unchanged: 0, issues: [], leftOut, tables: [], cancelled };
    },
    cancelImport: async (ids = []) => ids.forEach((id) => running.delete(id)),
    removePosts: async (ids, { id = 'none' } = {}) => {
      await write(() => {
        if (disk.removals.has(id)) return;
        const gone = ids.filter((one) => disk.posts.delete(one));
        disk.removals.set(id, gone);
      });
      return { id, count: disk.removals.get(id)?.length ?? 0 };
    },
    listPosts: async () => {
      await opened();
      return [...disk.posts.keys()].sort().map((id) => ({ ...summary, id, title: id }));
    },
    saveDraft: async (draft) => {
      await write(() => disk.drafts.set(draft.id, draft));
      return null;
    },
    listDrafts: async () => {
      await opened();
      return [...disk.drafts.values()];
    },
    close: async () => {
      closed = true;
    },
  };
  return methods as LibraryApi;
}

const progress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, postsFound: 0, failed: 0, elapsedMs: 0 };
const summary = {
  kind: 'post' as const,
  date: null,
  source: 'world',
  tags: [],
  words: 1,
  embedded: 0,
  passages: 0,
};
