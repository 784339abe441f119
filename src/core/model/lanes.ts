// Two queues before one engine: runs never overlap, and the draft's always come first.
import type { Lane } from '../embedding.ts';
import { nextTask } from './nextTask.ts';

/** From the answer to a count of tokens until the next call of the same draft arrives, with time to spare. */
const HOLD_MS = 10;

interface Waiting {
  start: () => Promise<void>;
  drop: (reason: unknown) => void;
}

export class Lanes {
  private readonly waiting: Record<Lane, Set<Waiting>> = { draft: new Set(), queue: new Set() };
  private running: Promise<void> | null = null;
  private closed: Error | null = null;
  private heldUntil = 0;

  /**
   * Runs `job` when it is this lane's turn. An abort rejects at once with the signal's reason: a waiting job then never starts,
   * a running one finishes unheard, because the engine can't be interrupted.
   */
  async run<T>(lane: Lane, job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.closed !== null) throw this.closed;
    signal?.throwIfAborted();
    const queue = this.waiting[lane];
    let onAbort = (): void => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const entry: Waiting = { start: () => Promise.resolve().then(job).then(resolve, reject), drop: reject };
        onAbort = () => {
          queue.delete(entry);
          entry.drop(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort);
        queue.add(entry);
        this.running ??= this.drain();
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** A draft is being cut while the queue runs, and will be embedded next: for a moment no further run of the queue begins. */
  expectDraft(): void {
    if (this.running !== null) this.heldUntil = performance.now() + HOLD_MS;
  }

  /** Rejects everything that waits, and every later call, with `reason`; resolves when the job that runs has ended. */
  async close(reason: Error): Promise<void> {
    this.closed ??= reason;
    for (const queue of Object.values(this.waiting)) {
      for (const entry of queue) entry.drop(reason);
      queue.clear();
    }
    await this.running;
  }

  private async drain(): Promise<void> {
    // Jobs that are asked for in one turn are all waiting before the first is chosen.
    await Promise.resolve();
    for (;;) {
      await this.whileHeld();
      const next = this.take();
      if (next === null) break;
      await next.start();
      await nextTask();
    }
    this.running = null;
  }

  private async whileHeld(): Promise<void> {
    while (this.waiting.draft.size === 0 && this.waiting.queue.size > 0 && performance.now() < this.heldUntil) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  private take(): Waiting | null {
    for (const lane of ['draft', 'queue'] as const) {
      for (const entry of this.waiting[lane]) {
        this.waiting[lane].delete(entry);
        return entry;
      }
    }
    return null;
  }
}
