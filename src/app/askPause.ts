// How long nothing must be typed before the library is asked: as long as it takes to answer, within what a person notices.

/** Sooner, a quick typist's every key would be asked about; later, the wait is felt. */
export const ASK_PAUSE_MS = { least: 50, most: 150 };
/** Answers that are remembered: as the device is now, not as it was while it was busy. */
const REMEMBERED = 9;

export class AskPause {
  #answers: number[] = [];

  /** An answer took so many milliseconds. */
  note(ms: number): void {
    this.#answers = [ms, ...this.#answers.slice(0, REMEMBERED - 1)];
  }

  /** Milliseconds. Where answers take longer, each key more would interrupt one that is under way: it is waited for longer. */
  get ms(): number {
    const sorted = [...this.#answers].sort((a, b) => a - b);
    const usual = sorted[sorted.length >> 1] ?? ASK_PAUSE_MS.most;
    return Math.min(ASK_PAUSE_MS.most, Math.max(ASK_PAUSE_MS.least, usual));
  }
}
