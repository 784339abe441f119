// How long a host may take: in all, and without sending anything.
import { Refused } from './refused.ts';

export class Patience {
  readonly #stop = new AbortController();
  readonly #idleMs: number;
  readonly #total: NodeJS.Timeout;
  readonly #release: () => void;
  #idle: NodeJS.Timeout;

  /** @param outer ends it too, with its own reason */
  constructor({ totalMs, idleMs }: { totalMs: number; idleMs: number }, outer: AbortSignal) {
    const end = (): void => this.#stop.abort(new Refused('too-slow'));
    const onAbort = (): void => this.#stop.abort(outer.reason);
    this.#idleMs = idleMs;
    this.#total = setTimeout(end, totalMs);
    this.#idle = setTimeout(end, idleMs);
    outer.addEventListener('abort', onAbort, { once: true });
    this.#release = () => outer.removeEventListener('abort', onAbort);
    if (outer.aborted) onAbort();
  }

  /** Aborts with the reason when it is over. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Something came. */
  touch(): void {
    clearTimeout(this.#idle);
    if (!this.signal.aborted) this.#idle = setTimeout(() => this.#stop.abort(new Refused('too-slow')), this.#idleMs);
  }

  /** The answer, unless patience ends before it: what was asked then goes on, and nobody hears of it. */
  async wait<T>(work: Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    let onAbort = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => reject(this.signal.reason as Error);
      this.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, ended]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }

  end(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
    this.#release();
  }
}
