// The façade: what the page asks of the library, each request handed to the part that does it.
import { KindredError } from './errors.ts';
import { FEED_PATH } from './followApi.ts';
import { createDeviceMemory } from './model/deviceMemory.ts';
import type { DeviceMemory } from './model/deviceVerdicts.ts';
import { importFiles } from './importers/index.ts';
import { assemble, type Parts } from './library/assemble.ts';
import { lateBackupCalls } from './library/backup/lateCalls.ts';
import { recoverRestore } from './library/backup/recover.ts';
import { forgetOldUndo } from './library/backup/undoOffers.ts';
import { LateFollow, lateFollowCalls } from './library/follow/lateFollow.ts';
import type { ClosestPart } from './library/closestPart.ts';
import type { Competing } from './library/competing.ts';
import type { CrossPosts } from './library/crossPosts.ts';
import { facetsOf } from './library/postChoice.ts';
import { DemoImport } from './library/demoImport.ts';
import { DraftVectors } from './library/draftVectors.ts';
import type { ImportRun } from './library/imports.ts';
import { latePart } from './library/lateParts.ts';
import type { ModelSupply } from './library/modelPort.ts';
import { verdictRow } from './library/storedChoice.ts';
import { createStatusFeed } from './library/statusFeed.ts';
import { createStorageStatus } from './library/storageStatus.ts';
import { Suggester } from './library/suggester.ts';
import type { ImportReport, LibraryApi, LibraryStatus, OpenOptions } from './libraryApi.ts';
import type { Post, PostId, PostSummary } from './post.ts';
import { openStore, type OpenStoreOptions, type Store } from './store/openStore.ts';
import type { StoredPost } from './store/schema.ts';
import { aloneInTab } from './tabs.ts';

export interface LibraryOptions {
  /** The models that can be chosen, with the options that the library was opened with and what is remembered of devices. */
  models: (options: OpenOptions, memory: DeviceMemory) => ModelSupply;
  /** Address of the demo's file. */
  demoUrl: string;
  /** Address where the page's server fetches feeds, should it do so. */
  feedUrl?: string;
  /** Where posts, vectors and drafts are kept; IndexedDB, or memory where there is none. */
  openStore?: (options: OpenStoreOptions) => Promise<Store>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

interface Opened extends Parts {
  suggester: Suggester;
  closestPart: () => Promise<ClosestPart>;
  /** One, made when first asked for. */
  competing: () => Promise<Competing>;
  demo: DemoImport;
  follow: LateFollow;
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
    await recoverRestore(store);
    const memory = createDeviceMemory(verdictRow(store.settings));
    const parts = assemble({ store, supply: options.models(openOptions, memory), now, onChange: touch });
    await parts.shelf.open();
    await parts.crossPosts.open();
    // What the page waits for comes first: the vectors, where there is a model.
    void parts.spaces.current.session.settled.then(() => parts.languages.look());
    const draftVectors = new DraftVectors();
    void parts.models.start();
    void parts.done.clearOld().catch(() => undefined);
    void forgetOldUndo(store, now()).catch(() => undefined);
    const demo = new DemoImport({ parts, url: options.demoUrl, now });
    const follow = new LateFollow({
      parts,
      url: options.feedUrl ?? FEED_PATH,
      arrive: (run) => noteArrivals(parts, run),
      remove: (ids, id) => remove({ ...parts, demo }, ids, id),
      now,
      onChange: touch,
    });
    follow.begin();
    return {
      ...parts,
      suggester: new Suggester(parts, draftVectors, now),
      closestPart: async () => new (await latePart('reading')).ClosestPart(parts, draftVectors),
      competing: lateCompeting(parts),
      demo,
      follow,
      storageStatus: createStorageStatus(store, now),
    };
  }

  function lateCompeting(parts: Parts): () => Promise<Competing> {
    let made: Competing | null = null;
    return async () => {
      const late = await latePart('competing');
      return (made ??= new late.Competing({ ...parts, now }));
    };
  }

  async function statusOf(parts: Opened): Promise<LibraryStatus> {
    const { catalogue, session, queue } = parts.spaces.current;
    return {
      ...catalogue.counts,
      joined: parts.crossPosts.size,
      model: session.state,
      models: parts.models.status(),
      plan: session.plan,
      queue: queue.state(),
      storage: await parts.storageStatus(),
      embeddedThisSession: parts.embeddedThisSession(),
      followed: parts.follow.revision,
      tabs: aloneInTab,
    };
  }

  async function noteArrivals(parts: Parts, run: ImportRun): Promise<ImportReport> {
    const report = await parts.imports.run(run);
    void parts.crossPosts.look([...report.added, ...report.changed]);
    return report;
  }

  async function remove(parts: Pick<Opened, 'removals' | 'demo'>, ids: PostId[], id: string | undefined) {
    const removal = await parts.removals.remove(ids, id);
    await parts.demo.noteRemoval();
    return removal;
  }

  return {
    open: async (openOptions) => statusOf(await opened(openOptions)),
    status: async () => statusOf(await opened()),
    watchStatus: (onStatus, { signal }) => feed.watch(onStatus, signal),

    importFiles: async (files, { signal, onProgress, id, ...choices }) =>
      noteArrivals(await opened(), {
        id,
        events: (stop, onRead) => importFiles(files, { ...choices, signal: stop, onProgress: onRead }),
        signal,
        onProgress,
      }),
    cancelImport: async (ids) => (await opened()).imports.cancel(ids),
    undoImport: async (id) => (await opened()).imports.undo(id),
    importDemo: async (demoOptions = {}) => (await opened()).demo.run(demoOptions),

    listPosts: async ({ search, sort, descending }) => {
      const { spaces, filter, crossPosts } = await opened();
      const { catalogue } = spaces.current;
      const ids = search.trim() === '' ? catalogue.ids() : await filter.matching(search);
      return withPlaces(catalogue.list(ids, { sort, descending }), crossPosts);
    },
    postFacets: async () =>
      facetsOf(Array.from((await opened()).spaces.current.catalogue.entries(), ({ summary }) => summary)),
    getPost: async (id) => withLanguage(await (await opened()).store.posts.get(id)),
    previewPost: async (id) => {
      const [late, parts] = await Promise.all([latePart('preview'), opened()]);
      return late.previewPost(parts, id);
    },
    removePosts: async (ids, { id } = {}) => remove(await opened(), ids, id),
    clearPosts: async ({ id } = {}) => {
      const parts = await opened();
      return remove(parts, [...parts.spaces.current.catalogue.ids()], id);
    },
    restorePosts: async (id) => {
      const { removals, demo } = await opened();
      await removals.restore(id);
      await demo.noteRemoval();
    },

    suggest: async (query, { signal, asker } = {}) => (await opened()).suggester.suggest(query, signal, asker),
    closestPart: async (question, { signal } = {}) =>
      (await (await opened()).closestPart()).find(question, signal ?? new AbortController().signal),

    findCompeting: async ({ signal, onProgress } = {}) =>
      (await (await opened()).competing()).find(
        signal ?? new AbortController().signal,
        onProgress ?? (() => undefined),
      ),
    ignoreCompeting: async (pair, ignored) => (await (await opened()).competing()).ignore(pair, ignored),
    ignoredPairs: async () => (await (await opened()).competing()).ignored(),

    ...lateBackupCalls(() => opened(), now),
    roomFor: async (files, options) => (await latePart('room')).roomCalls(await opened()).roomFor(files, options),
    ...lateFollowCalls(() => opened()),
    placesOf: async (id) => (await opened()).crossPosts.placesOf(id),
    joinPlaces: async (post, place, joined) => (await opened()).crossPosts.join(post, place, joined),

    listDrafts: async () => (await opened()).store.drafts.all(),
    saveDraft: async (draft, { base } = {}) => (await opened()).store.drafts.put(draft, base),
    removeDraft: async (id) => (await opened()).store.drafts.remove(id),

    chooseModel: async (id) => (await opened()).models.choose(id),
    cancelModelChange: async () => (await opened()).models.cancel(),
    retryModel: async () => (await opened()).models.retry(),
    forgetModelFiles: async (id) => (await opened()).models.forgetFiles(id),
    tryBackendAgain: async (what) => (await opened()).models.tryAgain(what),
    stopModel: async () => (await opened()).spaces.current.session.hold(),
    close: async () => {
      if (closed) return;
      const parts = await opening?.catch(() => null);
      closed = true;
      feed.close();
      if (!parts) return;
      parts.imports.cancel();
      parts.crossPosts.close();
      await parts.follow.close();
      parts.languages.close();
      parts.filter.close();
      parts.suggester.close();
      try {
        await parts.models.close();
      } finally {
        await parts.spaces.current.close().finally(() => parts.store.close());
      }
    },
  };
}

/** A post with the language that was found where its source says none. */
function withLanguage(stored: StoredPost | null): Post | null {
  if (stored === null) return null;
  const { post, language } = stored;
  return typeof language === 'string' ? { ...post, language } : post;
}

/** Posts that are another place of one are shown with that one. */
function withPlaces(posts: readonly PostSummary[], crossPosts: CrossPosts): PostSummary[] {
  const counts = crossPosts.counts();
  return posts.flatMap((post) => {
    const places = counts.get(post.id);
    return crossPosts.isPlace(post.id) ? [] : places === undefined ? post : { ...post, places };
  });
}
