// The post that is open beside the draft, and the passage that it was opened for.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { toKindredError } from '../core/index.ts';
import type { KindredError, LibraryApi, MatchedPassage, Post, PostId, Span } from '../core/index.ts';

/** Offsets into the post's text; null opens the post at its beginning. */
export type ReaderPassage = Pick<MatchedPassage, 'start' | 'end' | 'startS'> | null;

export type ReaderState =
  | { state: 'closed' }
  | { state: 'loading'; id: PostId; title: string }
  | {
      state: 'open';
      id: PostId;
      post: Post;
      passage: ReaderPassage;
      /** The sentence of the passage that is closest to the draft, once it is known. */
      closest: Span | null;
    }
  | { state: 'missing'; id: PostId; title: string }
  | { state: 'failed'; id: PostId; title: string; error: KindredError };

export interface ReaderStore extends StoreApi<ReaderState> {
  /** `title` names the post until it has been read; `draft` is what the passage matches, to find its closest sentence by. */
  open(id: PostId, title: string, passage?: ReaderPassage, draft?: string): Promise<void>;
  close(): void;
}

export function createReader(library: LibraryApi): ReaderStore {
  const store = createStore<ReaderState>(() => ({ state: 'closed' }));
  let latest = new AbortController();
  return Object.assign(store, {
    open: async (id: PostId, title: string, asked: ReaderPassage = null, draft = '') => {
      // Another object at each opening: whoever shows it goes there again.
      const passage = asked === null ? null : { ...asked };
      latest.abort();
      const { signal } = (latest = new AbortController());
      const set = (state: ReaderState): void => {
        if (!signal.aborted) store.setState(state, true);
      };
      const before = store.getState();
      // What was open stays until the next post is there: nothing flashes.
      if (before.state !== 'open') set({ state: 'loading', id, title });
      try {
        const post = before.state === 'open' && before.id === id ? before.post : await library.getPost(id);
        if (post === null) {
          set({ state: 'missing', id, title });
          return;
        }
        set({ state: 'open', id, post, passage, closest: null });
        const closest = await closestIn(id, passage, draft, signal);
        if (closest !== null) set({ state: 'open', id, post, passage, closest });
      } catch (error) {
        set({ state: 'failed', id, title, error: toKindredError(error) });
      }
    },
    close: () => {
      latest.abort();
      store.setState({ state: 'closed' }, true);
    },
  });

  /** Nice to have: a post is read without it. */
  async function closestIn(id: PostId, passage: ReaderPassage, draft: string, signal: AbortSignal) {
    if (passage === null || passage.end === 0 || draft === '') return null;
    return library
      .closestPart({ post: id, passage: [passage.start, passage.end], draft }, { signal })
      .catch(() => null);
  }
}
