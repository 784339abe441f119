// Two queues before one engine: runs never overlap, and the draft's always come first.
import type { Lane } from '../embedding.ts';
import { nextTask } from './nextTask.ts';

interface Waiting {
  start: () => Promise<void>;
  drop: (reason: unknown) => void;
}

export class Lanes {
  private readonly waiting: Record<Lane, Set<Waiting>> = { draft: new Set(), queue: new Set() };
  private running: Promise<void> | null = null;
  private closed: Error | null = null;

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
    for (let next = this.take(); next !== null; next = this.take()) {
      await next.start();
      await nextTask();
    }
    this.running = null;
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
