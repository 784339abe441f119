// What a screen reader is told without moving the focus: one polite line at a time.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export interface Announcement {
  text: string;
  /** Changes with every announcement, so that the same words twice are read twice. */
  count: number;
}

export interface Announcer extends StoreApi<Announcement> {
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const store = createStore<Announcement>(() => ({ text: '', count: 0 }));
  return Object.assign(store, {
    say: (text: string) => store.setState(({ count }) => ({ text, count: count + 1 })),
  });
}
