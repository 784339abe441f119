// Short messages over the page, each kept for at least ten seconds, with at most one thing to do about it.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export interface Notice {
  id: number;
  message: string;
  tone: 'plain' | 'problem';
  action: { label: string; run: () => void } | null;
}

export interface NoticesStore extends StoreApi<Notice[]> {
  add(notice: { message: string; tone?: Notice['tone']; action?: Notice['action'] }): number;
  remove(id: number): void;
  /** While the pointer or the focus is on them, none goes away. */
  hold(): void;
  release(): void;
  dispose(): void;
}

/** Long enough to read, find and press Undo. */
export const KEEP_MS = 12_000;
const MOST_AT_ONCE = 3;

export function createNotices(): NoticesStore {
  const store = createStore<Notice[]>(() => []);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let nextId = 1;
  let held = false;

  function remove(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    store.setState(
      store.getState().filter((notice) => notice.id !== id),
      true,
    );
  }

  function startTimer(id: number): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => remove(id), KEEP_MS),
    );
  }

  function stopTimers(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  }

  return Object.assign(store, {
    add: ({ message, tone = 'plain', action = null }: Parameters<NoticesStore['add']>[0]) => {
      const id = nextId++;
      store.setState([...store.getState(), { id, message, tone, action }].slice(-MOST_AT_ONCE), true);
      if (!held) startTimer(id);
      return id;
    },
    remove,
    hold: () => {
      held = true;
      stopTimers();
    },
    release: () => {
      held = false;
      for (const { id } of store.getState()) startTimer(id);
    },
    dispose: stopTimers,
  });
}
