// The author's own passages on which ways of running the model are timed, in calls as the queue gives them.

/** Passages that are timed; a library that has fewer is read before it is worth it. */
const SAMPLE = 16;
/** Texts of one turn, one by one for each worker or run together: short turns, so that what else the device does meets both. */
const TURN_TEXTS = { one: 2, together: 8 };

export class RaceSample {
  readonly #texts = new Set<string>();
  readonly #calls: string[][] = [];

  get full(): boolean {
    return this.#texts.size >= SAMPLE;
  }

  /** A call of the queue. `together`: its texts ran together; of such a call a few are taken, so that there are several lengths. */
  add(texts: readonly string[], together: boolean): void {
    const fresh = [...new Set(texts)].filter((text) => !this.#texts.has(text));
    const room = Math.min(SAMPLE - this.#texts.size, together ? TURN_TEXTS.together : SAMPLE);
    const taken = fresh.slice(0, room);
    if (taken.length === 0) return;
    this.#calls.push(taken);
    for (const text of taken) this.#texts.add(text);
  }

  /** Each text once, in turns: the calls as they were where texts run together, else a few at a time for each of the workers. */
  turns(together: boolean, workers = 1): string[][] {
    if (together) return this.#calls.map((call) => [...call]);
    const texts = [...this.#texts];
    const size = TURN_TEXTS.one * workers;
    const count = Math.ceil(texts.length / size);
    return Array.from({ length: count }, (_, at) => texts.slice(at * size, (at + 1) * size));
  }
}
