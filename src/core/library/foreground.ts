// What the author waits for goes first: background work asks here before each step.

export class Foreground {
  #running = 0;
  #waiting: (() => void)[] = [];

  /** Holds background work back until `work` is done. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      if (this.#running === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves when nothing of the foreground runs. Rejects with the signal's reason when aborted by then. */
  async idle(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.#running > 0) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal.removeEventListener('abort', go);
          resolve();
        };
        this.#waiting.push(go);
        signal.addEventListener('abort', go);
      });
      signal.throwIfAborted();
    }
  }
}
