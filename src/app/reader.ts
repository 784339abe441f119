// The post that is open beside the draft, and the passage that it was opened for.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { toKindredError } from '../core/index.ts';
import type { KindredError, LibraryApi, MatchedPassage, Post, PostId } from '../core/index.ts';

/** Offsets into the post's text; null opens the post at its beginning. */
export type ReaderPassage = Pick<MatchedPassage, 'start' | 'end' | 'startS'> | null;

export type ReaderState =
  | { state: 'closed' }
  | { state: 'loading'; id: PostId; title: string }
  | { state: 'open'; id: PostId; post: Post; passage: ReaderPassage }
  | { state: 'missing'; id: PostId; title: string }
  | { state: 'failed'; id: PostId; title: string; error: KindredError };

export interface ReaderStore extends StoreApi<ReaderState> {
  /** `title` names the post until it has been read. */
  open(id: PostId, title: string, passage?: ReaderPassage): Promise<void>;
  close(): void;
}

export function createReader(library: LibraryApi): ReaderStore {
  const store = createStore<ReaderState>(() => ({ state: 'closed' }));
  let asked = 0;
  return Object.assign(store, {
    open: async (id: PostId, title: string, passage: ReaderPassage = null) => {
      const ask = ++asked;
      const set = (state: ReaderState): void => {
        if (ask === asked) store.setState(state, true);
      };
      const before = store.getState();
      if (before.state === 'open' && before.id === id) {
        set({ ...before, passage });
        return;
      }
      // What was open stays until the next post is there: nothing flashes.
      if (before.state !== 'open') set({ state: 'loading', id, title });
      try {
        const post = await library.getPost(id);
        set(post === null ? { state: 'missing', id, title } : { state: 'open', id, post, passage });
      } catch (error) {
        set({ state: 'failed', id, title, error: toKindredError(error) });
      }
    },
    close: () => {
      asked++;
      store.setState({ state: 'closed' }, true);
    },
  });
}
