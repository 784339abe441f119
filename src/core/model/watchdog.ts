// Tells a worker that never answers from one that is slow, and both from a device that slept.
import { AwakeClock, TICK_MS, type ClockPorts } from './awakeClock.ts';
import { RunClock } from './runClock.ts';

/** So many times the time that was expected is no slowness any more. */
const PATIENCE = 30;
/** Steps that are always waited: below them the clock of the system says more than the worker. */
const LEAST_TICKS = 12;

/** A call that waits for its answer: `count` grows with its characters, `embed` is told run by run. */
export type WatchedCall = { kind: 'embed' } | { kind: 'count'; characters: number };

export interface Hang {
  /** Of the run that does not end; null when the worker is silent without one. */
  tokens: number | null;
  waitedMs: number;
  limitMs: number;
}

export interface WatchdogPorts extends ClockPorts {
  /** Called once; afterwards the watch is over. */
  onHang: (hang: Hang) => void;
}

/**
 * Watches one worker while calls wait for it. What a run may take follows from its tokens and from the runs measured before;
 * before the first was measured nothing is a hang. Time is awake time.
 */
export class Watchdog {
  readonly #ports: WatchdogPorts;
  readonly #clock: AwakeClock;
  readonly #runs = new RunClock();
  readonly #counts = new RunClock();
  readonly #calls = new Map<number, WatchedCall & { began: number }>();
  #run: number | null = null;
  /** Awake time since the run began. */
  #runMs = 0;
  /** Awake time without a run while the oldest call waits: another call's progress does not excuse an answer that never comes. */
  #silentMs = 0;
  #nextCall = 1;
  #over = false;

  constructor(ports: WatchdogPorts) {
    this.#ports = ports;
    this.#clock = new AwakeClock(ports, (ms) => this.#step(ms));
  }

  /** A call was sent; returns what is to be called when it is answered. */
  call(call: WatchedCall): () => void {
    const id = this.#nextCall++;
    const began = this.#ports.now();
    this.#calls.set(id, { ...call, began });
    this.#start();
    return () => {
      const oldest = this.#calls.keys().next().value;
      if (!this.#calls.delete(id)) return;
      if (oldest === id) this.#silentMs = 0;
      if (call.kind === 'count') this.#counts.note(call.characters, this.#ports.now() - began);
      if (this.#calls.size === 0) this.#clock.stop();
    };
  }

  /** The worker began a run of so many tokens. */
  runBegan(tokens: number): void {
    this.#run = tokens;
    this.#runMs = 0;
  }

  /** It ended, after so many milliseconds of the worker's own clock; null when it failed. */
  runEnded(tokens: number, ms: number | null): void {
    this.#run = null;
    this.#runMs = 0;
    if (ms !== null) this.#runs.note(tokens, ms);
  }

  /** The worker is gone: nothing is watched any more. */
  close(): void {
    this.#over = true;
    this.#calls.clear();
    this.#clock.stop();
  }

  #start(): void {
    if (this.#clock.running || this.#over) return;
    this.#silentMs = 0;
    this.#clock.start();
  }

  #step(step: number): void {
    if (this.#run === null) this.#silentMs += step;
    else this.#runMs += step;
    const waitedMs = this.#run === null ? this.#silentMs : this.#runMs;
    const limitMs = this.#limitMs();
    if (waitedMs <= limitMs) return;
    this.close();
    this.#ports.onHang({ tokens: this.#run, waitedMs, limitMs });
  }

  /** Of the run under way, or of a worker that is to cut texts into tokens, begin a run or answer. */
  #limitMs(): number {
    const expected = this.#runs.expectedMs(this.#run ?? this.#runs.largest);
    const counting =
      this.#run === null
        ? [...this.#calls.values()].map((call) =>
            call.kind === 'count' ? this.#counts.expectedMs(call.characters) : 0,
          )
        : [];
    const sum = counting.reduce((total, ms) => total + ms, expected);
    return Math.max(LEAST_TICKS * TICK_MS, PATIENCE * sum);
  }
}
