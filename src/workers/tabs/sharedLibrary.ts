// A library that several tabs use: each sees which tab does the work, and hears of the changes that others make.
import { isKindredError } from '../../core/errors.ts';
import type { LibraryApi, LibraryStatus } from '../../core/libraryApi.ts';
import type { ChangeCounts, TabsState, WorkReason } from '../../core/tabs.ts';

/** What each call may change, for other tabs to read again; what status says by itself is left out. */
const CHANGES = {
  open: [],
  status: [],
  watchStatus: [],
  importFiles: ['posts'],
  cancelImport: [],
  undoImport: ['posts'],
  importDemo: ['posts', 'drafts'],
  listPosts: [],
  postFacets: [],
  getPost: [],
  removePosts: ['posts'],
  clearPosts: ['posts'],
  restorePosts: ['posts'],
  suggest: [],
  closestPart: [],
  placesOf: [],
  joinPlaces: ['posts'],
  followed: [],
  askFeedServer: [],
  followFeeds: [],
  feedsListed: [],
  followFolder: [],
  lookAt: [],
  unfollow: ['posts'],
  followAgain: ['posts'],
  settleMissing: ['posts'],
  restoreMissing: ['posts'],
  setWhileOpen: [],
  findCompeting: [],
  ignoreCompeting: ['pairs'],
  ignoredPairs: [],
  listDrafts: [],
  saveDraft: ['drafts'],
  removeDraft: ['drafts'],
  writeBackup: [],
  inspectBackup: [],
  restoreBackup: ['posts', 'drafts', 'pairs'],
  undoRestore: ['posts', 'drafts', 'pairs'],
  restoreToUndo: [],
  forgetRestore: [],
  roomFor: [],
  exportPosts: [],
  chooseModel: [],
  cancelModelChange: [],
  retryModel: [],
  stopModel: [],
  previewPost: [],
  forgetModelFiles: [],
  tryBackendAgain: [],
  close: [],
} as const satisfies Record<keyof LibraryApi, readonly (keyof ChangeCounts)[]>;

export interface SharedLibraryOptions {
  library: LibraryApi;
  why: WorkReason;
  /** Where the counts of changes begin: later than those of every tab that did the work before. */
  since: number;
  /** A call was refused, as another tab has taken over. */
  onTakenOver: () => void;
}

export interface User {
  /** In the tab that does the work. */
  here: boolean;
  /** False for a tab that is stopped: what it would be told of status is not kept for it. */
  listens: () => boolean;
}

/** One tab's view of the library. */
export interface UserView {
  api: LibraryApi;
  /** Tells it the status as it is now. */
  tell(): void;
}

export class SharedLibrary {
  readonly #options: SharedLibraryOptions;
  readonly #changes: ChangeCounts;
  readonly #views = new Set<UserView>();

  constructor(options: SharedLibraryOptions) {
    this.#options = options;
    const { since } = options;
    this.#changes = { posts: since, drafts: since, pairs: since };
  }

  /** What a tab calls, until `leave`. Its own `close` does nothing: the library is not its. */
  join(user: User): UserView & { leave: () => void } {
    const watchers = new Set<() => void>();
    const { library } = this.#options;
    const seen = (status: LibraryStatus): LibraryStatus => ({ ...status, tabs: this.#state(user) });
    const api: LibraryApi = {
      ...this.#guarded(),
      open: async (options) => seen(await library.open(options)),
      status: async () => seen(await library.status()),
      watchStatus: async (onStatus, options) => {
        let last: LibraryStatus | null = null;
        const tell = (): void => {
          if (last !== null && user.listens()) onStatus(seen(last));
        };
        watchers.add(tell);
        const onLast = (status: LibraryStatus): void => {
          last = status;
          tell();
        };
        await library.watchStatus(onLast, options).finally(() => watchers.delete(tell));
      },
      close: () => Promise.resolve(),
    };
    const view = { api, tell: () => watchers.forEach((tell) => tell()) };
    this.#views.add(view);
    this.#tellAll();
    const leave = (): void => {
      this.#views.delete(view);
      this.#tellAll();
    };
    return { ...view, leave };
  }

  #state({ here }: User): TabsState {
    return { here, why: this.#options.why, open: this.#views.size, changes: { ...this.#changes } };
  }

  #tellAll(): void {
    for (const view of this.#views) view.tell();
  }

  /** The library's own methods, each saying what it changed and whether it was refused. */
  #guarded(): LibraryApi {
    const { library, onTakenOver } = this.#options;
    const methods = Object.entries(library) as [keyof LibraryApi, (...args: unknown[]) => Promise<unknown>][];
    const guarded = methods.map(([name, method]) => {
      const call = async (...args: unknown[]): Promise<unknown> => {
        try {
          return await method(...args);
        } catch (error) {
          if (isKindredError(error, 'taken-over')) onTakenOver();
          throw error;
        } finally {
          this.#changed(CHANGES[name]);
        }
      };
      return [name, call];
    });
    return Object.fromEntries(guarded) as LibraryApi;
  }

  #changed(kinds: readonly (keyof ChangeCounts)[]): void {
    if (kinds.length === 0) return;
    for (const kind of kinds) this.#changes[kind]++;
    this.#tellAll();
  }
}
