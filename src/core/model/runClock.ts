// How long a piece of work should take on this device, from how long others took.

/** Enough to know a device as it is now, few enough to forget how it was a minute ago. */
const REMEMBERED = 64;
/** The most alike in size are asked: what a short text takes says little of a long one. */
const ASKED = 12;
/** Of those, three of four took no longer: one that was held up by chance does not count. */
const QUANTILE = 0.75;

interface Run {
  size: number;
  ms: number;
}

/** `size` is whatever the work grows with: tokens of a run, characters of a text. */
export class RunClock {
  /** The latest first. */
  #runs: Run[] = [];

  /** `ms` is what a piece of work of this size took. */
  note(size: number, ms: number): void {
    this.#runs = [{ size: Math.max(1, size), ms }, ...this.#runs.slice(0, REMEMBERED - 1)];
  }

  /** Largest size remembered; 0 before the first. */
  get largest(): number {
    return this.#runs.reduce((most, { size }) => Math.max(most, size), 0);
  }

  /**
   * Milliseconds that work of this size usually takes, on the slow side: no less than a shorter one, and in proportion more than
   * that where none so long was measured. Infinity before anything was measured, as nothing can be said then.
   */
  expectedMs(size: number): number {
    const distance = (run: Run): number => Math.abs(Math.log(Math.max(1, size) / run.size));
    const likely = [...this.#runs]
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, ASKED)
      .map((run) => run.ms * Math.max(1, size / run.size))
      .sort((a, b) => a - b);
    return likely[Math.floor(QUANTILE * (likely.length - 1))] ?? Infinity;
  }
}
