// How fast work goes and how long it will still take, as numbers; the text table turns them into words.
import type { CompetingProgress, ImportProgress, ModelChange, QueueState } from '../core/index.ts';

/** Below this an average says more about the start than about the work. */
const SETTLED_MS = 400;

export interface Pace {
  /** Items per second; null until it means something. */
  perSecond: number | null;
  /** Milliseconds; null until it means something. */
  leftMs: number | null;
  /** 0 to 1. */
  fraction: number;
}

/** Rate in files, time left by bytes: one feed of 40 MB takes longer than forty notes. */
export function importPace(progress: ImportProgress): Pace {
  const { filesDone, filesTotal, bytesDone, bytesTotal, elapsedMs } = progress;
  const byBytes = bytesTotal > 0;
  const total = byBytes ? bytesTotal : filesTotal;
  const done = Math.min(total, byBytes ? bytesDone : filesDone);
  const fraction = total === 0 ? 0 : done / total;
  if (elapsedMs < SETTLED_MS || done === 0) return { perSecond: null, leftMs: null, fraction };
  return {
    perSecond: filesDone === 0 ? null : filesDone / (elapsedMs / 1000),
    leftMs: ((total - done) / done) * elapsedMs,
    fraction,
  };
}

/** Posts that another model has still to read, at the pace of the last ones. */
export function changePace({ posts, waiting, msPerPost }: ModelChange): Pace {
  return queuePace({ done: posts - waiting, waiting, msPerPost });
}

/** Posts still to embed, at the pace of the last ones. */
export function queuePace(queue: Pick<QueueState, 'done' | 'waiting' | 'msPerPost'>): Pace {
  const total = queue.done + queue.waiting;
  const measured = queue.msPerPost !== null && queue.msPerPost > 0 ? queue.msPerPost : null;
  return {
    perSecond: measured === null ? null : 1000 / measured,
    leftMs: measured === null ? null : queue.waiting * measured,
    fraction: total === 0 ? 1 : queue.done / total,
  };
}

/** Posts still to compare; each takes about as long. */
export function comparingPace({ postsDone, postsTotal, elapsedMs }: CompetingProgress): Pace {
  const settled = elapsedMs >= SETTLED_MS && postsDone > 0;
  const msPerPost = settled ? elapsedMs / postsDone : null;
  return queuePace({ done: postsDone, waiting: postsTotal - postsDone, msPerPost });
}

export type Duration = { unit: 'second' | 'minute' | 'hour'; count: number };

/**
 * A time left as people say it: seconds in fives above ten, then minutes, then hours. Rounded up, because
 * "0 s left" that lasts is a broken promise.
 */
export function roughDuration(ms: number): Duration {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 10) return { unit: 'second', count: seconds };
  if (seconds <= 55) return { unit: 'second', count: Math.ceil(seconds / 5) * 5 };
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return { unit: 'minute', count: minutes };
  return { unit: 'hour', count: Math.ceil(seconds / 3600) };
}
