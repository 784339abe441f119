// What is done after a worker was lost: another try, after a pause that grows, or another backend.

/** Losses in a row, nothing embedded between them, after which the backend is given up. One more than a post may cost: then it was the post. */
const LOSSES_IN_A_ROW = 4;
/** Losses not yet made good after which a backend is given up though it works in between. */
const LOSSES_OPEN = 6;
/** A loss is made good by so many times the work that it cost. */
const MADE_GOOD_BY = 10;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export type RecoveryStep = { step: 'again'; pauseMs: number } | { step: 'give-up' };

export class Recovery {
  #inARow = 0;
  /** Of each loss that is not made good yet, the work that it still wants, in milliseconds. */
  #open: number[] = [];

  /** A call was answered, after so many milliseconds of work. */
  worked(ms: number): void {
    this.#inARow = 0;
    let left = ms;
    while (left > 0 && this.#open.length > 0) {
      const owed = this.#open[0] ?? 0;
      if (owed > left) this.#open[0] = owed - left;
      else this.#open.shift();
      left -= owed;
    }
  }

  /** A fresh worker was ready after so many milliseconds. */
  recovered(ms: number): void {
    const last = this.#open.length - 1;
    if (last >= 0) this.#open[last] = ms * MADE_GOOD_BY;
  }

  /** @param hasOther another backend could take over; where there is none, one that works now and then is better than nothing */
  lost(hasOther: boolean): RecoveryStep {
    this.#inARow++;
    this.#open.push(Infinity);
    if (this.#inARow >= LOSSES_IN_A_ROW || (hasOther && this.#open.length >= LOSSES_OPEN)) return { step: 'give-up' };
    // What is never made good need not be remembered for ever.
    if (this.#open.length > LOSSES_OPEN) this.#open.shift();
    const pauseMs = this.#inARow === 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (this.#inARow - 1), LONGEST_PAUSE_MS);
    return { step: 'again', pauseMs };
  }
}
