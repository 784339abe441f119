// Passes values on, but not so often that whoever receives them is kept busy.

const SHORTEST_GAP_MS = 100;

export interface Throttle<T> {
  /** Passes the value on now, or keeps it for `flush`, or drops it for a newer one. */
  offer: (value: T) => void;
  /** Passes on the last value, if it was kept. */
  flush: () => void;
}

export function createThrottle<T>(pass: (value: T) => void, now: () => number): Throttle<T> {
  let last = -Infinity;
  let kept: { value: T } | null = null;
  return {
    offer(value) {
      if (now() - last < SHORTEST_GAP_MS) {
        kept = { value };
        return;
      }
      last = now();
      kept = null;
      pass(value);
    },
    flush() {
      if (kept !== null) pass(kept.value);
      kept = null;
    },
  };
}
