// Whether the browser keeps the library: what it has promised, and whether it has cleared one. The page's own storage holds a mark
// of the library, which Chromium leaves alone when it clears databases; a browser that clears both can't be caught at it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LibraryApi, LibraryStatus } from '../core/index.ts';
import type { KeyValues } from './preferences.ts';
import { demoSource } from './demoSource.ts';

/** A library that was here, and is not any more. */
export interface LostLibrary {
  posts: number;
  /** When it was last seen, in milliseconds since the epoch. */
  seenAt: number;
}

export interface Keeping {
  /** `impossible` where the browser knows no such promise. */
  promise: 'kept' | 'refused' | 'unasked' | 'impossible';
  /** When the browser was last asked, in milliseconds since the epoch; null for never. */
  askedAt: number | null;
  lost: LostLibrary | null;
  /** The model's files had been kept, and had to be fetched again. */
  modelCleared: boolean;
}

export interface KeepingStore extends StoreApi<Keeping> {
  /** Takes in what the library says of itself; call it at each change of status. */
  follow(status: LibraryStatus): void;
  /** Asks the browser for its promise. Some ask the author in turn, so call it where the author can see why. */
  ask(): Promise<void>;
  /** As `ask`, where there is something worth the question and it was not answered lately: after posts came in. */
  askOnce(): Promise<void>;
  /** The author knows that the library is gone. */
  dismissLost(): void;
}

export interface KeepingOptions {
  storage: KeyValues | null;
  /** Null where the browser has none, as in pages that came by an insecure way. */
  manager: Pick<StorageManager, 'persist'> | null;
  library: Pick<LibraryApi, 'postFacets'>;
  now: () => number;
}

interface Mark {
  /** Of the database; null before one was seen. */
  madeAt: number | null;
  posts: number;
  /** There are posts beside the demo's. */
  own: boolean;
  seenAt: number;
  model: { id: string; bytes: number } | null;
  lost: LostLibrary | null;
  asked: { at: number; kept: boolean } | null;
}

const KEY = 'kindred.kept';
/** The mark says to the hour when the library was there. */
const SEEN_EVERY_MS = 3_600_000;
/** A browser that has refused may think better of it; one that asks the author must not do so at every import. */
const ASK_AGAIN_MS = 7 * 24 * 3_600_000;

export function createKeeping({ storage, manager, library, now }: KeepingOptions): KeepingStore {
  let mark = read(storage);
  let promised = false;
  /** Posts of the last look for own ones. */
  let looked = 0;
  let modelSeen = false;
  const store = createStore<Keeping>(() => ({ ...said(), modelCleared: false }));

  function said(): Omit<Keeping, 'modelCleared'> {
    const { asked, lost } = mark;
    const unasked = asked === null || asked.kept ? 'unasked' : 'refused';
    return {
      promise: promised ? 'kept' : manager === null ? 'impossible' : unasked,
      askedAt: asked?.at ?? null,
      lost,
    };
  }

  /** Another tab may have written since. */
  function lookAgain(): void {
    if (storage !== null) mark = read(storage);
    const { promise, askedAt, lost } = store.getState();
    if (JSON.stringify(said()) !== JSON.stringify({ promise, askedAt, lost })) store.setState(said());
  }

  function note(change: Partial<Mark>): void {
    lookAgain();
    mark = { ...mark, ...change };
    try {
      storage?.setItem(KEY, JSON.stringify(mark));
    } catch {
      // Full or refused: then nothing is told that could have been, and nothing is told wrongly.
    }
    store.setState(said());
  }

  function followModel({ model, tabs }: LibraryStatus): void {
    // Of another tab's model nobody knows here when it was fetched.
    if (modelSeen || model.state !== 'ready' || !tabs.here) return;
    modelSeen = true;
    const { model: id, bytes, fromCache, notKept } = model;
    const before = mark.model;
    if (!fromCache && before?.id === id && before.bytes === bytes) store.setState({ modelCleared: true });
    const kept = fromCache || notKept === null;
    if (kept && (before?.id !== id || before.bytes !== bytes)) note({ model: { id, bytes } });
  }

  function followPosts({ posts, storage: { kind, madeAt } }: LibraryStatus): void {
    if (kind !== 'indexeddb' || madeAt === null) return;
    const before = mark;
    const isOther = before.madeAt !== null && before.madeAt !== madeAt;
    const gone = isOther && before.own && before.posts > 0;
    const lost = gone ? { posts: before.posts, seenAt: before.seenAt } : before.lost;
    const next: Partial<Mark> = {
      madeAt,
      posts,
      own: posts > 0 && before.own && !isOther,
      seenAt: now(),
      // Restored, or imported again.
      lost: lost !== null && posts >= lost.posts ? null : lost,
    };
    const same = before.madeAt === madeAt && before.posts === posts && before.own === next.own;
    if (!same || before.lost !== next.lost || now() - before.seenAt > SEEN_EVERY_MS) note(next);
    if (posts > 0 && next.own !== true && posts !== looked) void lookForOwn(posts);
  }

  async function lookForOwn(posts: number): Promise<void> {
    looked = posts;
    const { sources } = await library.postFacets().catch(() => ({ sources: [] as string[] }));
    if (sources.some((source) => source !== demoSource)) note({ own: true });
  }

  async function ask(): Promise<void> {
    if (manager === null) return;
    const kept = await manager.persist().catch(() => false);
    promised = kept;
    note({ asked: { at: now(), kept } });
  }

  return Object.assign(store, {
    follow: (status: LibraryStatus) => {
      promised ||= status.storage.persisted;
      lookAgain();
      followPosts(status);
      followModel(status);
    },
    ask,
    askOnce: async () => {
      const { promise, askedAt } = store.getState();
      if (promise === 'kept' || (askedAt !== null && now() - askedAt < ASK_AGAIN_MS)) return;
      await ask();
    },
    dismissLost: () => note({ lost: null }),
  });
}

const nothing: Mark = { madeAt: null, posts: 0, own: false, seenAt: 0, model: null, lost: null, asked: null };

function read(storage: KeyValues | null): Mark {
  try {
    return parse(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    return nothing;
  }
}

function parse(value: unknown): Mark {
  if (!isRecord(value)) return nothing;
  const { madeAt, posts, own, seenAt, model, lost, asked } = value;
  return {
    madeAt: isNumber(madeAt) ? madeAt : null,
    posts: isNumber(posts) ? posts : 0,
    own: own === true,
    seenAt: isNumber(seenAt) ? seenAt : 0,
    model:
      isRecord(model) && typeof model['id'] === 'string' && isNumber(model['bytes'])
        ? { id: model['id'], bytes: model['bytes'] }
        : null,
    lost:
      isRecord(lost) && isNumber(lost['posts']) && isNumber(lost['seenAt'])
        ? { posts: lost['posts'], seenAt: lost['seenAt'] }
        : null,
    asked: isRecord(asked) && isNumber(asked['at']) ? { at: asked['at'], kept: asked['kept'] === true } : null,
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
