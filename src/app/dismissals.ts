// Suggestions that the author put away: remembered for each draft, and for a moment still in their place with Undo.
import type { PostId } from '../core/index.ts';
import type { DraftsStore } from './drafts.ts';
import type { PreferencesStore } from './preferences.ts';

export interface Dismissals {
  /** Put away for the open draft. */
  all(): PostId[];
  add(post: PostId): void;
  takeBack(post: PostId): void;
  takeAllBack(): void;
  /** Another draft is open: nothing keeps its place. */
  forget(): void;
}

/** How long a dismissed suggestion keeps its place. */
export const LEAVE_MS = 12_000;
const RETRY_MS = 1_000;

interface Ports {
  drafts: DraftsStore;
  preferences: PreferencesStore;
  /** A list that is being read does not close up under the reader. */
  mayLeave: () => boolean;
  onLeaving: (posts: PostId[]) => void;
  onLeft: (post: PostId) => void;
}

export function createDismissals({ drafts, preferences, mayLeave, onLeaving, onLeft }: Ports): Dismissals {
  const timers = new Map<PostId, ReturnType<typeof setTimeout>>();

  function all(): PostId[] {
    const draft = drafts.current();
    return draft === null ? [] : (preferences.getState().dismissed[draft.id] ?? []);
  }

  function remember(posts: PostId[]): void {
    const draft = drafts.current();
    if (draft === null) return;
    preferences.setState(({ dismissed }) => ({ dismissed: { ...dismissed, [draft.id]: posts } }));
  }

  function startTimer(post: PostId, ms: number): void {
    timers.set(
      post,
      setTimeout(() => {
        if (!mayLeave()) {
          startTimer(post, RETRY_MS);
          return;
        }
        stay(post);
        onLeft(post);
      }, ms),
    );
  }

  function stay(post: PostId): void {
    clearTimeout(timers.get(post));
    timers.delete(post);
    onLeaving([...timers.keys()]);
  }

  return {
    all,
    add: (post) => {
      if (all().includes(post)) return;
      remember([...all(), post]);
      startTimer(post, LEAVE_MS);
      onLeaving([...timers.keys()]);
    },
    takeBack: (post) => {
      remember(all().filter((one) => one !== post));
      stay(post);
    },
    takeAllBack: () => {
      for (const post of all()) stay(post);
      remember([]);
    },
    forget: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
