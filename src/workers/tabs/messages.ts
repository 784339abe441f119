// What tabs say to one another beside the calls, and the guard that tells it from other traffic.
import type { TabVersion } from './platform.ts';

/** A tab that does the work. The one with the latest `since` is right. */
export interface Leader extends TabVersion {
  tab: string;
  /** When it began to, in milliseconds since the epoch; later than every one before it. */
  since: number;
}

export type TabMessage =
  /** Asked by a tab that is new, or waits for an answer. */
  | { tabs: 'who'; from: string }
  | { tabs: 'leader'; leader: Leader }
  /** Asks the leader to serve a channel. */
  | { tabs: 'join'; from: string; to: string; since: number; channel: string }
  /** On that channel: it is served. */
  | { tabs: 'welcome' }
  /** Another version asks the leader to let go. */
  | { tabs: 'yield'; to: string; version: TabVersion }
  /** Between a tab and the page of the leader, by its tab; null when it is not known. */
  | { tabs: 'alive?'; of: string | null }
  | { tabs: 'alive' }
  /** From a worker to its own page. */
  | { tabs: 'leads'; leads: boolean };

export function isTabMessage(data: unknown): data is TabMessage {
  return typeof data === 'object' && data !== null && 'tabs' in data;
}
