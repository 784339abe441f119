// A library in memory that behaves like the real one as far as the page can tell, in every state the page must show.
import { draftId, KindredError, postId } from '../core/index.ts';
import type {
  CompetingPair,
  Draft,
  ImportReport,
  LibraryApi,
  LibraryStatus,
  ModelChange,
  Post,
  PostId,
  PostSummary,
} from '../core/index.ts';
import { emptyReport } from '../core/library/emptyReport.ts';
import { facetsOf } from '../core/library/postChoice.ts';
import { fakeBackup } from './fakeBackup.ts';
import { fakeFollow } from './fakeFollow.ts';
import { fakePreview } from './fakePreview.ts';
import { fakeIndex } from './fakeSuggest.ts';
import { fakeStatus } from './fakeStatus.ts';
import type { FakeScene } from './fakeStatus.ts';
import { START_TIMES } from './startTimes.ts';

export interface FakeOptions {
  scene?: FakeScene;
  /** What importDemo brings in. */
  demo?: { posts: Post[]; drafts: { title: string; body: string }[] };
  /** Posts that are there from the start. */
  posts?: Post[];
  drafts?: Draft[];
  /** What `findCompeting` finds. */
  competing?: CompetingPair[];
  /** Milliseconds that `suggest` takes. */
  delayMs?: number;
  /** Milliseconds a post takes to embed in the scene `first-visit`. */
  msPerPost?: number;
  now?: () => number;
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

export function createFakeLibrary(options: FakeOptions = {}): LibraryApi {
  const { scene = 'ready', delayMs = 20, msPerPost = 700, now = () => Date.now() } = options;
  let posts = [...(options.posts ?? [])];
  const drafts = new Map((options.drafts ?? []).map((draft) => [draft.id, draft]));
  const removed = new Map<string, Post[]>();
  const watchers = new Set<(status: LibraryStatus) => void>();
  let index = fakeIndex(posts);
  let embedded = scene === 'first-visit' ? 0 : posts.length;
  let retried = false;
  let chosen: string | undefined;
  let change: ModelChange | null = null;
  let changing: ReturnType<typeof setInterval> | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let nextId = 1;

  const status = (): LibraryStatus =>
    fakeStatus(retried ? 'ready' : scene, {
      posts: posts.length,
      embedded,
      msPerPost,
      change,
      ...(chosen === undefined ? {} : { chosen }),
    });
  const tell = (): void => watchers.forEach((watcher) => watcher(status()));

  function keep(next: Post[]): void {
    posts = next;
    index = fakeIndex(posts);
    if (scene !== 'first-visit') embedded = posts.length;
    tell();
  }

  function startEmbedding(): void {
    if (scene !== 'first-visit') return;
    clearInterval(timer);
    timer = setInterval(() => {
      embedded = Math.min(posts.length, embedded + 1);
      if (embedded === posts.length) clearInterval(timer);
      tell();
    }, msPerPost);
  }

  function endChange(): void {
    clearInterval(changing);
    change = null;
    tell();
  }

  function startChange(to: string): void {
    clearInterval(changing);
    const model = {
      state: 'ready',
      model: to,
      dimension: 128,
      width: 384,
      bytes: 33_600_000,
      fromCache: false,
      notKept: null,
      start: START_TIMES,
    } as const;
    change = { to, model, posts: posts.length, waiting: posts.length, msPerPost, state: 'reading', reason: null };
    changing = setInterval(() => {
      if (change === null) return;
      change = { ...change, waiting: change.waiting - 1 };
      if (change.waiting > 0) {
        tell();
        return;
      }
      chosen = to;
      endChange();
    }, msPerPost);
    tell();
  }

  function take(ids: ReadonlySet<PostId>): { id: string; count: number } {
    const id = `removal-${nextId++}`;
    const gone = posts.filter((post) => ids.has(post.id));
    removed.set(id, gone);
    keep(posts.filter((post) => !ids.has(post.id)));
    return { id, count: gone.length };
  }

  let stop = new AbortController();
  const report = (added: PostId[]): ImportReport => ({ ...emptyReport(`import-${nextId++}`), added });

  return {
    open: async () => {
      if (scene === 'blocked') throw new KindredError('storage-blocked', 'Another tab holds the library open.');
      startEmbedding();
      return status();
    },
    status: async () => status(),
    watchStatus: async (onStatus, { signal }) => {
      watchers.add(onStatus);
      signal.addEventListener('abort', () => watchers.delete(onStatus));
      onStatus(status());
    },

    importFiles: async (files, { signal, onProgress, source }) => {
      const added: Post[] = [];
      stop = new AbortController();
      for (const [done, file] of files.entries()) {
        await pause(15, signal);
        if (stop.signal.aborted) break;
        added.push(textPost(file.path, await file.blob.text(), source));
        onProgress?.({
          filesDone: done + 1,
          filesTotal: files.length,
          bytesDone: done + 1,
          bytesTotal: files.length,
          postsFound: added.length,
          failed: 0,
          elapsedMs: (done + 1) * 15,
        });
      }
      keep([...posts, ...added]);
      return { ...report(added.map(({ id }) => id)), cancelled: stop.signal.aborted };
    },
    cancelImport: async () => {
      stop.abort();
    },
    undoImport: async () => undefined,
    importDemo: async () => {
      await pause(60);
      const { posts: more = [], drafts: prepared = [] } = options.demo ?? {};
      keep(more);
      startEmbedding();
      for (const [order, { title, body }] of prepared.entries()) {
        const at = now() - order * 1000;
        const draft = { id: draftId(`demo-${order}`), title, body, createdAt: at, updatedAt: at };
        drafts.set(draft.id, draft);
      }
      return report(more.map(({ id }) => id));
    },

    listPosts: async ({ search, sort, descending }) => {
      const words = search.toLowerCase().split(/\s+/).filter(Boolean);
      const found = posts.filter((post) => {
        const text = `${post.title} ${post.text} ${post.tags.join(' ')} ${post.source}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
      const list = found.map((post) => summary(post, posts.indexOf(post) < embedded));
      const key = (post: PostSummary): string | number => (sort === 'words' ? post.words : (post[sort] ?? ''));
      list.sort((a, b) => (key(a) < key(b) ? -1 : 1) * (descending ? -1 : 1));
      return list;
    },
    postFacets: async () => facetsOf(posts),
    closestPart: async () => null,
    getPost: async (id) => posts.find((post) => post.id === id) ?? null,
    removePosts: async (ids) => take(new Set(ids)),
    clearPosts: async () => take(new Set(posts.map(({ id }) => id))),
    restorePosts: async (id) => {
      keep([...posts, ...(removed.get(id) ?? [])]);
      removed.delete(id);
    },

    suggest: async (query, { signal } = {}) => {
      await pause(delayMs, signal);
      const { model, vectors } = status();
      return index.suggest(query, model.state === 'ready' && vectors > 0 ? 'words-and-meaning' : 'words');
    },

    findCompeting: async ({ signal, onProgress } = {}) => {
      onProgress?.({ postsDone: 0, postsTotal: posts.length, elapsedMs: 0 });
      await pause(delayMs, signal);
      return { pairs: (options.competing ?? []).map((pair) => ({ ...pair })), posts: posts.length };
    },
    ignoreCompeting: () => Promise.resolve(),
    ignoredPairs: () => Promise.resolve([]),

    ...fakeBackup({ posts: () => posts.length }),
    roomFor: async () => ({ needsBytes: 38_000_000, freeBytes: 12_400_000, fits: scene !== 'little-room' }),
    ...fakeFollow(now),
    previewPost: async (id) => fakePreview(posts.find((post) => post.id === id)),
    placesOf: () => Promise.resolve([]),
    joinPlaces: () => Promise.resolve(),

    listDrafts: async () => [...drafts.values()],
    saveDraft: async (draft) => {
      if (scene === 'storage-full') {
        throw new KindredError('storage-full', `“${draft.title}” was not saved: the storage of this device is full.`);
      }
      drafts.set(draft.id, draft);
      return null;
    },
    removeDraft: async (id) => void drafts.delete(id),
    chooseModel: async (id) => startChange(id),
    cancelModelChange: async () => endChange(),
    retryModel: async () => {
      retried = true;
      tell();
    },
    stopModel: () => Promise.resolve(),
    forgetModelFiles: () => Promise.resolve(),
    tryBackendAgain: () => Promise.resolve(),
    close: async () => {
      clearInterval(timer);
      clearInterval(changing);
    },
  };
}

function summary(post: Post, isEmbedded: boolean): PostSummary {
  const { id, kind, title, date, source, tags } = post;
  const passages = Math.max(1, Math.round(post.text.length / 600));
  const words = post.text.split(/\s+/).length;
  return { id, kind, title, date, source, tags, words, passages, embedded: isEmbedded ? passages : 0 };
}

function textPost(path: string, text: string, source: string): Post {
  return {
    id: postId(path),
    kind: 'post',
    title: path,
    summary: '',
    text,
    blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
    links: [],
    date: null,
    url: null,
    authors: [],
    tags: [],
    series: null,
    source,
    durationS: null,
  };
}
