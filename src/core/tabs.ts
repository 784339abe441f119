// Which tab does the work when several are open, as data that every one of them shows.

/**
 * Why this tab, or the other one, does the work: it was there `first`, it took over from one that was `closed` or had
 * `stopped` answering, or the browser `cannot-share` a library between tabs.
 */
export type WorkReason = 'first' | 'closed' | 'stopped' | 'cannot-share';

/** Grow with every change, in whichever tab it was made, and by a new tab that does the work. */
export interface ChangeCounts {
  posts: number;
  drafts: number;
  /** Pairs of posts that may say the same. */
  pairs: number;
}

export interface TabsState {
  /** True in the tab whose worker has the library, false in one that asks another. */
  here: boolean;
  why: WorkReason;
  /** Tabs that share the library, this one included. */
  open: number;
  changes: ChangeCounts;
}

/** A library that nobody shares. */
export const aloneInTab: TabsState = {
  here: true,
  why: 'cannot-share',
  open: 1,
  changes: { posts: 0, drafts: 0, pairs: 0 },
};
