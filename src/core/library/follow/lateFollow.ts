// The calls for what an author follows before their code is there: it loads when first called for, or when there is something to look at.
import type { FollowApi } from '../../followApi.ts';
import {
  importFiles,
  isConfigFile,
  isFolderOfPosts,
  isPostByItself,
  isPostFile,
  listedFeeds,
} from '../../importers/index.ts';
import type { ImportReport, Removal } from '../../libraryApi.ts';
import type { PostId } from '../../post.ts';
import { META } from '../../store/schema.ts';
import type { Parts } from '../assemble.ts';
import type { ImportRun } from '../imports.ts';
import { latePart } from '../lateParts.ts';
import { FEEDS_KEY, FOLDERS_KEY } from './followKeys.ts';
import type { Follow } from './index.ts';

/** Late enough to leave the network and the disk to the first suggestions. */
const START_AFTER_MS = 10_000;

export interface LateFollowOptions {
  parts: Pick<Parts, 'store' | 'spaces' | 'removals'>;
  /** Of the server's endpoint for feeds. */
  url: string;
  arrive: (run: ImportRun) => Promise<ImportReport>;
  remove: (ids: PostId[], request?: string) => Promise<Removal>;
  now: () => number;
  onChange: () => void;
}

export class LateFollow {
  readonly #options: LateFollowOptions;
  #made: Promise<Follow> | null = null;
  #cancelStart = (): void => undefined;
  #revision = 0;
  #closed = false;

  constructor(options: LateFollowOptions) {
    this.#options = options;
  }

  /** Another number after each change; it never goes back, whichever tab has the library. */
  get revision(): number {
    return this.#revision;
  }

  /** Looks by itself from a while after this on, where anything is followed. */
  begin(): void {
    this.#cancelStart = after(START_AFTER_MS, () => {
      void this.isNeeded()
        .then(async (needed) => (needed ? (await this.part()).start() : undefined))
        .catch(() => undefined);
    });
  }

  /** Whether anything is followed. */
  async isNeeded(): Promise<boolean> {
    const { settings } = this.#options.parts.store;
    for (const key of [FEEDS_KEY, FOLDERS_KEY]) if (await settings.get(key, isThere)) return true;
    return false;
  }

  part(): Promise<Follow> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    return this.#made;
  }

  /** After the settings were changed behind its back, as by a restored backup. */
  async reload(): Promise<void> {
    if (this.#made !== null) await (await this.#made).open();
    this.#touch();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelStart();
    await (await this.#made?.catch(() => undefined))?.close();
  }

  async #make(): Promise<Follow> {
    const { parts, url, arrive, remove, now } = this.#options;
    const late = await latePart('follow');
    const follow = new late.Follow({
      reading: { importFiles, isConfigFile, isFolderOfPosts, isPostByItself, isPostFile },
      settings: parts.store.settings,
      note: (transaction, key, value) => transaction.put(META, { key, value }),
      server: late.createFeedServer(url),
      has: (id) => parts.spaces.current.catalogue.get(id) !== undefined,
      arrive,
      remove: (ids, request) => remove([...ids], request),
      restore: (removal) => parts.removals.restore(removal),
      now,
      random: Math.random,
      observe: late.observeFolder,
      newId: () => crypto.randomUUID(),
      after,
      onChange: () => this.#touch(),
    });
    await follow.open();
    if (this.#closed) await follow.close();
    return follow;
  }

  #touch(): void {
    this.#revision = Math.max(this.#options.now(), this.#revision + 1);
    this.#options.onChange();
  }
}

export function lateFollowCalls(opened: () => Promise<{ follow: LateFollow }>): FollowApi {
  const part = async (): Promise<Follow> => (await opened()).follow.part();
  return {
    followed: async () => (await part()).followed(),
    askFeedServer: async () => (await part()).askFeedServer(),
    followFeeds: async (addresses) => (await part()).followFeeds(addresses),
    feedsListed: (file) => listedFeeds(file),
    followFolder: async (handle) => (await part()).followFolder(handle),
    lookAt: async (ids) => {
      const { follow } = await opened();
      if (await follow.isNeeded()) await (await follow.part()).lookAt(ids);
    },
    unfollow: async (id, options) => (await part()).unfollow(id, options),
    followAgain: async (unfollowed) => (await part()).followAgain(unfollowed),
    settleMissing: async (folder, options) => (await part()).settleMissing(folder, options),
    restoreMissing: async (folder) => (await part()).restoreMissing(folder),
    setWhileOpen: async (whileOpen) => (await part()).setWhileOpen(whileOpen),
  };
}

const isThere = (value: unknown): true | null => (value === null || value === undefined ? null : true);

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
