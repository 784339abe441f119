// Time that a device was awake, counted in steps of this thread's own timer.

/** A gap between two steps that is longer was sleep, or a frozen tab, and counts as one step. */
export const TICK_MS = 250;

export interface ClockPorts {
  /** Milliseconds, never falling. */
  now: () => number;
  /** Calls `tick` again and again, about so many milliseconds apart, until what it returns is called. */
  every: (ms: number, tick: () => void) => () => void;
}

/** Of the thread that it is called in. */
export const threadClock: ClockPorts = {
  now: () => performance.now(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};

/**
 * A device that sleeps stops all threads, and on waking only one step has gone by, however far the clock has jumped.
 */
export class AwakeClock {
  readonly #ports: ClockPorts;
  readonly #onStep: (ms: number) => void;
  #lastTick = 0;
  #stop: (() => void) | null = null;

  /** `onStep` is told of each step, in milliseconds of awake time. */
  constructor(ports: ClockPorts, onStep: (ms: number) => void) {
    this.#ports = ports;
    this.#onStep = onStep;
  }

  get running(): boolean {
    return this.#stop !== null;
  }

  start(): void {
    if (this.#stop !== null) return;
    this.#lastTick = this.#ports.now();
    this.#stop = this.#ports.every(TICK_MS, () => this.#tick());
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #tick(): void {
    const now = this.#ports.now();
    const step = Math.min(TICK_MS, now - this.#lastTick);
    this.#lastTick = now;
    this.#onStep(step);
  }
}
