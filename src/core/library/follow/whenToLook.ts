// When a feed is looked at again: each hour, later after failures, and never sooner than its host wishes.

const MINUTE_MS = 60_000;
export const FEED_INTERVAL_MS = 60 * MINUTE_MS;
const FIRST_BACKOFF_MS = 5 * MINUTE_MS;
const LONGEST_BACKOFF_MS = 24 * 60 * MINUTE_MS;
/** Share of the time by which it is drawn longer or shorter, so that not all are asked at once. */
const JITTER = 0.1;

export interface LookOutcome {
  now: number;
  /** In a row, this one included; 0 after a look that worked. */
  failures: number;
  retryAfterMs: number | null;
  /** 0 to 1, drawn anew each time. */
  random: number;
}

/** Milliseconds since the epoch. */
export function nextLook({ now, failures, retryAfterMs, random }: LookOutcome): number {
  const usual =
    failures === 0 ? FEED_INTERVAL_MS : Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS);
  const drawn = usual * (1 - JITTER + 2 * JITTER * random);
  return Math.round(now + Math.max(drawn, Math.min(retryAfterMs ?? 0, LONGEST_BACKOFF_MS)));
}
