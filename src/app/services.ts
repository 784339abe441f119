// The one owner: creates the library's worker and every store, starts them in order, and disposes them.
import type { ExportFormat, LibraryApi, LibraryStatus } from '../core/index.ts';
import { keepWorker } from '../workers/tabs/keepWorker.ts';
import { createAnnouncer } from './announcer.ts';
import type { Announcer } from './announcer.ts';
import { followAppearance } from './appearance.ts';
import { createCompetingStore } from './competing.ts';
import type { CompetingStore } from './competing.ts';
import { createDrafts } from './drafts.ts';
import { createBackupStore } from './backupStore.ts';
import type { BackupStore } from './backupStore.ts';
import type { DraftsStore } from './drafts.ts';
import { createEditorSlot } from './editorSlot.ts';
import type { EditorSlot } from './editorSlot.ts';
import { rememberModel } from './lastModel.ts';
import { createImportStore } from './importStore.ts';
import type { ImportStore } from './importStore.ts';
import { createKeeping } from './keeping.ts';
import type { KeepingStore } from './keeping.ts';
import { createNotices } from './notices.ts';
import type { NoticesStore } from './notices.ts';
import { createOffline } from './offline.ts';
import type { OfflineStore } from './offline.ts';
import { createPostsStore } from './postsStore.ts';
import type { PostsStore } from './postsStore.ts';
import { createPreferences, pageStorage } from './preferences.ts';
import type { PreferencesStore } from './preferences.ts';
import { createReader } from './reader.ts';
import type { ReaderStore } from './reader.ts';
import { createRequestLog } from './requestLog.ts';
import type { RequestLog } from './requestLog.ts';
import { createRoute } from './route.ts';
import type { RouteStore } from './route.ts';
import { createFilePlace } from './savePlace.ts';
import { createStatus } from './status.ts';
import type { StatusStore } from './status.ts';
import { createSuggestions } from './suggestions.ts';
import { followTabs } from './followTabs.ts';
import { createUnsavedDrafts } from './unsavedDrafts.ts';
import type { SuggestionsStore } from './suggestions.ts';

export interface Services {
  library: LibraryApi;
  preferences: PreferencesStore;
  route: RouteStore;
  status: StatusStore;
  drafts: DraftsStore;
  suggestions: SuggestionsStore;
  imports: ImportStore;
  keeping: KeepingStore;
  posts: PostsStore;
  competing: CompetingStore;
  backup: BackupStore;
  reader: ReaderStore;
  notices: NoticesStore;
  requests: RequestLog;
  offline: OfflineStore;
  announcer: Announcer;
  editor: EditorSlot;
  /** Opens the library, brings the demo in at a first visit, opens the last draft. */
  start(): Promise<void>;
  dispose(): void;
}

export interface LibraryConnection {
  library: LibraryApi;
  /** Resolves with the reason when the library has gone away by itself; absent where it can't. */
  closed?: Promise<Parameters<StatusStore['fail']>[0]>;
  close(): void;
}

/** Starts the library's worker of this tab, which does the work itself or asks that of another tab. */
export function startLibrary(): LibraryConnection {
  return keepWorker(
    (name) => new Worker(new URL('../workers/library.worker.ts', import.meta.url), { type: 'module', name }),
  );
}

export interface ServicesOptions {
  /** The window that the page lives in. */
  page: Window & typeof globalThis;
  /** Source name of files that come without a folder. */
  looseName: string;
  /** Name of a file that the author asks for, made on a day. */
  nameFile: (what: 'backup' | ExportFormat, day: string) => string;
}

export function createServices(
  connection: LibraryConnection,
  { page, looseName, nameFile }: ServicesOptions,
): Services {
  const { library, closed } = connection;
  const preferences = createPreferences(pageStorage());
  const route = createRoute(page);
  const status = createStatus(library);
  const now = (): number => Date.now();
  const kept = createUnsavedDrafts(pageStorage());
  const drafts = createDrafts({ library, preferences, kept, now, newId: () => page.crypto.randomUUID() });
  const suggestions = createSuggestions({ library, drafts, preferences, now });
  const posts = createPostsStore(library, status);
  const competing = createCompetingStore(library, status);
  const imports = createImportStore(library, { looseName, onPostsChanged: () => void posts.refresh() });
  const manager = 'storage' in page.navigator ? page.navigator.storage : null;
  const keeping = createKeeping({ storage: pageStorage(), manager, library, now });
  const place = createFilePlace(page, nameFile);
  const onPostsChanged = (): void => void posts.refresh();
  const backup = createBackupStore({ library, drafts, preferences, place, onPostsChanged });
  // Once there is something of the author's own to keep.
  const stopAsking = [
    imports.subscribe((state, before) => {
      if (state.state === 'done' && before.state !== 'done' && !state.result.demo && state.result.added > 0)
        void keeping.askOnce();
    }),
    backup.subscribe((state, before) => {
      if (state.state === 'restored' && before.state === 'working') void keeping.askOnce();
    }),
  ];
  const reader = createReader(library);
  const notices = createNotices();
  const requests = createRequestLog(page);
  let starting: Promise<void> = Promise.resolve();
  const settled = async (): Promise<void> => {
    await starting;
    await drafts.flush();
  };
  const offline = createOffline({ page, script: `${import.meta.env.BASE_URL}sw.js`, settled });
  const stopAppearance = followAppearance(preferences, page.document, page);

  const unfollow = status.subscribe((state, before) => {
    if (state.state !== 'open') return;
    keeping.follow(state.status);
    const seen = before.state === 'open' ? searchable(before.status) : '';
    if (searchable(state.status) !== seen) suggestions.refresh();
  });
  void closed?.then((error) => status.fail(error));

  const stopRemembering = rememberModel(status, pageStorage());
  const unfollowTabs = followTabs({ status, drafts, competing, preferences }, page);
  async function open(): Promise<void> {
    const opened = await status.open();
    if (opened?.posts === 0 && !preferences.getState().demoOffered) {
      const result = await imports.importDemo({ firstVisit: true });
      if (result?.error === null) preferences.setState({ demoOffered: true });
      // A failed one stays in sight in the Library.
      if (result?.error === null) imports.clear();
    }
    await drafts.load();
    if (opened !== null) void backup.recall();
  }

  const saveOnHide = (): void => {
    if (page.document.visibilityState === 'hidden') void drafts.flush();
  };
  // What was written in another program meanwhile is looked for when the author comes back.
  const lookOnReturn = (): void => void library.lookAt('folders').catch(() => undefined);
  const saveOnLeave = (): void => void drafts.flush();
  page.document.addEventListener('visibilitychange', saveOnHide);
  page.addEventListener('pagehide', saveOnLeave);
  // Whoever goes to another window may go on there with the same draft.
  page.addEventListener('blur', saveOnLeave);
  page.addEventListener('focus', lookOnReturn);

  return {
    library,
    preferences,
    route,
    status,
    drafts,
    suggestions,
    imports,
    keeping,
    posts,
    competing,
    backup,
    reader,
    notices,
    requests,
    offline,
    announcer: createAnnouncer(),
    editor: createEditorSlot(),
    start: () => {
      if (import.meta.env.PROD) offline.start();
      return (starting = open());
    },
    dispose: () => {
      page.document.removeEventListener('visibilitychange', saveOnHide);
      page.removeEventListener('pagehide', saveOnLeave);
      page.removeEventListener('blur', saveOnLeave);
      page.removeEventListener('focus', lookOnReturn);
      unfollow();
      for (const stop of stopAsking) stop();
      unfollowTabs();
      stopRemembering();
      stopAppearance();
      for (const store of [
        status,
        drafts,
        suggestions,
        imports,
        posts,
        competing,
        backup,
        notices,
        requests,
        offline,
        route,
      ])
        store.dispose();
      connection.close();
    },
  };
}

/** Changes whenever the same draft could be answered differently. */
function searchable({ posts, joined, vectors, queue, model, models, tabs }: LibraryStatus): string {
  return [tabs.changes.posts, posts, joined, vectors, queue.waiting === 0, model.state, models.choice?.model].join(' ');
}
