// What the tabs need of the browser, as ports: locks, channels, a clock.
import type { Endpoint } from '../rpc/index.ts';

/** The part of `navigator.locks` used here. */
export interface TabLocks {
  request(
    name: string,
    options: { signal?: AbortSignal; ifAvailable?: boolean; steal?: boolean },
    /** Null when it was asked for with `ifAvailable` and is not. Held until what it returns has settled. */
    held: (lock: object | null) => Promise<unknown>,
  ): Promise<unknown>;
  /** Names the context that holds a lock; null when none does. */
  holder(name: string): Promise<string | null>;
}

/** Reaches every other context of this origin that has opened the same name. */
export interface TabChannel extends Endpoint {
  close(): void;
}

/** What differs between versions of the page. */
export interface TabVersion {
  /** The same exactly when both run the same code. */
  build: string;
  /** Version of the database. */
  schema: number;
  /** When the page was loaded, in milliseconds since the epoch. */
  startedAt: number;
}

export interface TabPlatform extends TabVersion {
  /** Names this tab among all. */
  id: string;
  locks: TabLocks;
  openChannel(name: string): TabChannel;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Returns what stops it. */
  after(ms: number, run: () => void): () => void;
  /** Tells the page of this tab whether its worker does the work. */
  tellPage(leads: boolean): void;
}

/** Held by the tab that does the work. */
export const LEADER_LOCK = 'kindred library';
/** Held for a moment by the tab that takes the work from one that has stopped. */
export const TAKEOVER_LOCK = 'kindred takeover';
/** Held by each tab for as long as it lives. */
export const presenceLock = (tab: string): string => `kindred tab ${tab}`;

/** Where tabs find one another. */
export const TABS_CHANNEL = 'kindred tabs';
/** Where a page answers for its worker while that is busy. */
export const PAGES_CHANNEL = 'kindred pages';
