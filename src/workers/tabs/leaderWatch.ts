// Notices when the tab that does the work has stopped: asks it while an answer is awaited, and gives up on it after a while.

/** Between two looks, while an answer is awaited. */
const LOOK_MS = 250;
/** An answer that takes longer than this makes it look for the first time. */
const FIRST_LOOK_MS = 100;
/** Between two looks when nothing is awaited. */
const IDLE_LOOK_MS = 5_000;
/** Of not a word from the leader or its page, asked at each look: a tab that is frozen may have answered just before. It takes three looks. */
const SILENCE_MS = 600;
/** A leader whose page answers is busy, but not for this long. */
const BUSY_MS = 15_000;
/** A device that is short of time is short of it in every tab: the latest that a look came by is given to the leader so many times over. */
const LATE_TIMES = 4;
/** A look that comes so much too late says that this tab was stopped itself: what it waited for may have come. */
const LATE_MS = 1_500;

export interface LeaderWatchPorts {
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
  /** Something is asked of the leader, or there is none. */
  awaiting: () => boolean;
  /** Asks the leader and its page for a sign of life. */
  ask: () => void;
  /** Called again and again until there is a sign of life. */
  onStopped: () => void;
}

export class LeaderWatch {
  readonly #ports: LeaderWatchPorts;
  #heardAt: number;
  #askedAt: number | null = null;
  /** The most milliseconds by which a look came late since then. */
  #late = 0;
  #pageHeardAt = -Infinity;
  #due = 0;
  #stop: (() => void) | null = null;

  constructor(ports: LeaderWatchPorts) {
    this.#ports = ports;
    this.#heardAt = ports.now();
  }

  start(): void {
    if (this.#stop === null) this.#schedule();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#askedAt = null;
  }

  /** The leader has said something. */
  heard(): void {
    this.#heardAt = this.#ports.now();
    this.#askedAt = null;
  }

  /** The page of the leader has said something. */
  heardPage(): void {
    this.#pageHeardAt = this.#ports.now();
  }

  /** An answer is awaited from now on. */
  hurry(): void {
    if (this.#stop === null || this.#due - this.#ports.now() <= FIRST_LOOK_MS) return;
    this.#stop();
    this.#schedule(FIRST_LOOK_MS);
  }

  /** Of a leader that was asked and is silent. */
  get stopped(): boolean {
    if (this.#askedAt === null) return false;
    const now = this.#ports.now();
    const silent = now - Math.max(this.#askedAt, this.#pageHeardAt);
    return silent >= SILENCE_MS + LATE_TIMES * this.#late || now - this.#askedAt >= BUSY_MS;
  }

  #schedule(waits = this.#ports.awaiting() || this.#askedAt !== null ? LOOK_MS : IDLE_LOOK_MS): void {
    this.#due = this.#ports.now() + waits;
    this.#stop = this.#ports.after(waits, () => this.#look());
  }

  #look(): void {
    const { now, ask, awaiting, onStopped } = this.#ports;
    const late = now() - this.#due;
    if (late > LATE_MS) this.#askedAt = null;
    this.#late = this.#askedAt === null ? 0 : Math.max(this.#late, late);
    const quiet = now() - this.#heardAt;
    if (this.#askedAt !== null || quiet >= (awaiting() ? FIRST_LOOK_MS : IDLE_LOOK_MS)) {
      this.#askedAt ??= now();
      ask();
    }
    if (this.stopped) onStopped();
    this.#schedule();
  }
}
