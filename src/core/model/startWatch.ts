// Tells a model's start that goes on, however slowly, from one that has come to a halt.
import { AwakeClock, type ClockPorts } from './awakeClock.ts';

/** What a start is at: its worker's script, what the device can do, the files, the runtime, the session, the probes. */
export type StartStage = 'worker' | 'device' | 'files' | 'runtime' | 'session' | 'probes';

/**
 * Awake milliseconds without a sign of progress: bytes that arrive, a stage that begins, a probe that is done. Far more than the
 * slowest device was seen to need. A download has its own limits, which are shorter and say more.
 */
export const QUIET_LIMITS_MS: Readonly<Record<StartStage, number>> = {
  worker: 120_000,
  device: 60_000,
  files: 180_000,
  runtime: 120_000,
  session: 120_000,
  probes: 120_000,
};
/** The runtime's files come over the same line as the model's, and are no larger: it may take so many times as long as these. */
const RUNTIME_FACTOR = 2;

export interface Halt {
  stage: StartStage;
  /** Awake time since the last sign of progress. */
  quietMs: number;
}

export interface StartWatchPorts extends ClockPorts {
  /** Called once; afterwards the watch is over. */
  onHalt: (halt: Halt) => void;
  limitsMs?: Partial<Record<StartStage, number>>;
}

/** Watches from its making until it is closed. */
export class StartWatch {
  readonly #clock: AwakeClock;
  readonly #limits: Readonly<Record<StartStage, number>>;
  readonly #onHalt: (halt: Halt) => void;
  #stage: StartStage = 'worker';
  #quietMs = 0;
  /** Of the stage of the files. */
  #filesMs = 0;

  constructor({ onHalt, limitsMs, ...clock }: StartWatchPorts) {
    this.#onHalt = onHalt;
    this.#limits = { ...QUIET_LIMITS_MS, ...limitsMs };
    this.#clock = new AwakeClock(clock, (ms) => this.#step(ms));
    this.#clock.start();
  }

  /** A stage began, or has got further. */
  progress(stage: StartStage): void {
    this.#stage = stage;
    this.#quietMs = 0;
  }

  close(): void {
    this.#clock.stop();
  }

  #step(ms: number): void {
    this.#quietMs += ms;
    if (this.#stage === 'files') this.#filesMs += ms;
    if (this.#quietMs <= this.#limitMs()) return;
    this.close();
    this.#onHalt({ stage: this.#stage, quietMs: this.#quietMs });
  }

  #limitMs(): number {
    const limit = this.#limits[this.#stage];
    return this.#stage === 'runtime' ? Math.max(limit, RUNTIME_FACTOR * this.#filesMs) : limit;
  }
}
