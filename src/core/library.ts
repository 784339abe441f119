// The façade: what the page asks of the library, each request handed to the part that does it.
import { KindredError } from './errors.ts';
import { importFiles } from './importers/index.ts';
import { assemble, type Parts } from './library/assemble.ts';
import { Competing } from './library/competing.ts';
import { facetsOf } from './library/postChoice.ts';
import { DemoImport } from './library/demoImport.ts';
import type { ModelSupply } from './library/modelPort.ts';
import { createStatusFeed } from './library/statusFeed.ts';
import { createStorageStatus } from './library/storageStatus.ts';
import { Suggester } from './library/suggester.ts';
import type { LibraryApi, LibraryStatus, OpenOptions } from './libraryApi.ts';
import type { PostId } from './post.ts';
import { openStore, type OpenStoreOptions, type Store } from './store/openStore.ts';

export interface LibraryOptions {
  /** The models that can be chosen, with the options that the library was opened with. */
  models: (options: OpenOptions) => ModelSupply;
  /** Address of the demo's file. */
  demoUrl: string;
  /** Where posts, vectors and drafts are kept; IndexedDB, or memory where there is none. */
  openStore?: (options: OpenStoreOptions) => Promise<Store>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

interface Opened extends Parts {
  suggester: Suggester;
  competing: Competing;
  demo: DemoImport;
  storageStatus: ReturnType<typeof createStorageStatus>;
}

/** Nothing is opened or started before `open`, which every other call begins with. */
export function createLibrary(options: LibraryOptions): LibraryApi {
  const now = options.now ?? (() => Date.now());
  const open = options.openStore ?? openStore;
  let opening: Promise<Opened> | null = null;
  let closed = false;

  const feed = createStatusFeed(async () => statusOf(await opened()), now);
  const touch = (): void => feed.touch();

  function opened(openOptions: OpenOptions = {}): Promise<Opened> {
    if (closed)
      return Promise.reject(new KindredError('disposed', 'The library is closed. Reload the page to open it again.'));
    opening ??= openParts(openOptions).catch((error: unknown) => {
      // The next call may fare better, for example after another tab was closed.
      opening = null;
      throw error;
    });
    return opening;
  }

  async function openParts(openOptions: OpenOptions): Promise<Opened> {
    const store = await open({ onState: touch });
    const parts = assemble({ store, supply: options.models(openOptions), now, onChange: touch });
    await parts.shelf.open();
    void parts.models.start();
    return {
      ...parts,
      suggester: new Suggester(parts, now),
      competing: new Competing({ ...parts, now }),
      demo: new DemoImport({ parts, url: options.demoUrl, now }),
      storageStatus: createStorageStatus(store, now),
    };
  }

  async function statusOf(parts: Opened): Promise<LibraryStatus> {
    const { catalogue, session, queue } = parts.spaces.current;
    return {
      ...catalogue.counts,
      model: session.state,
      models: parts.models.status(),
      plan: session.plan,
      queue: queue.state(),
      storage: await parts.storageStatus(),
      embeddedThisSession: parts.embeddedThisSession(),
    };
  }

  async function remove(parts: Opened, ids: PostId[]) {
    const removed = await parts.shelf.remove(ids);
    // Room was made: what a full disk kept in memory may fit now.
    await parts.store.drain();
    await parts.demo.noteRemoval();
    return { id: parts.removals.keep(removed), count: removed.posts.length };
  }

  return {
    open: async (openOptions) => statusOf(await opened(openOptions)),
    status: async () => statusOf(await opened()),
    watchStatus: (onStatus, { signal }) => feed.watch(onStatus, signal),

    importFiles: async (files, { source, signal, onProgress }) =>
      (await opened()).imports.run({
        events: (stop, onRead) => importFiles(files, { source, signal: stop, onProgress: onRead }),
        signal,
        onProgress,
      }),
    cancelImport: async () => (await opened()).imports.cancel(),
    undoImport: async (id) => (await opened()).imports.undo(id),
    importDemo: async (demoOptions = {}) => (await opened()).demo.run(demoOptions),

    listPosts: async ({ search, sort, descending }) => {
      const { spaces, filter } = await opened();
      const { catalogue } = spaces.current;
      const ids = search.trim() === '' ? catalogue.ids() : await filter.matching(search);
      return catalogue.list(ids, { sort, descending });
    },
    postFacets: async () =>
      facetsOf(Array.from((await opened()).spaces.current.catalogue.entries(), ({ summary }) => summary)),
    getPost: async (id) => (await (await opened()).store.posts.get(id))?.post ?? null,
    removePosts: async (ids) => remove(await opened(), ids),
    clearPosts: async () => {
      const parts = await opened();
      return remove(parts, [...parts.spaces.current.catalogue.ids()]);
    },
    restorePosts: async (id) => {
      const { removals, shelf, demo } = await opened();
      const removed = removals.take(id);
      await shelf.restore(removed).catch((error: unknown) => {
        removals.keepAgain(id, removed);
        throw error;
      });
      await demo.noteRemoval();
    },

    suggest: async (query, { signal } = {}) => (await opened()).suggester.suggest(query, signal),

    findCompeting: async ({ signal, onProgress } = {}) =>
      (await opened()).competing.find(signal ?? new AbortController().signal, onProgress ?? (() => undefined)),
    ignoreCompeting: async (pair, ignored) => (await opened()).competing.ignore(pair, ignored),

    listDrafts: async () => (await opened()).store.drafts.all(),
    saveDraft: async (draft) => (await opened()).store.drafts.put(draft),
    removeDraft: async (id) => (await opened()).store.drafts.remove(id),

    chooseModel: async (id) => (await opened()).models.choose(id),
    cancelModelChange: async () => (await opened()).models.cancel(),
    retryModel: async () => (await opened()).models.retry(),
    stopModel: async () => (await opened()).spaces.current.session.hold(),
    close: async () => {
      if (closed) return;
      const parts = await opening?.catch(() => null);
      closed = true;
      feed.close();
      if (!parts) return;
      parts.imports.cancel();
      parts.filter.close();
      parts.suggester.close();
      await parts.models.close();
      await parts.spaces.current.close();
      await parts.store.close();
    },
  };
}
