// Where ways of running the model are timed: on the author's first passages, with the queue held meanwhile, in a time that is one for all.
import type { RaceResult, Racer, RaceTurn } from '../core/model/race.ts';
import { raceEmbedders } from '../core/model/race.ts';
import { RaceSample } from './raceSample.ts';
import type { RunningEmbedder } from './runningEmbedder.ts';

/** Milliseconds that reading waits for races, all of them together. */
export const RACE_BUDGET_MS = 3_000;

/** Handed on when the next embedder takes over. */
export interface RaceTime {
  leftMs: number;
}

/** How the texts of a turn are chosen. */
export interface TurnShape {
  /** Calls as the queue gave them, whose texts run together. */
  together: boolean;
  /** That share a turn; one by default. */
  workers?: number | undefined;
}

export class RaceTrack {
  readonly #time: RaceTime;
  readonly #now: () => number;
  readonly #sample = new RaceSample();
  #queued = 0;
  /** Calls of the queue wait here while a race is on. */
  #gate: Promise<void> | null = null;
  #onDrained: () => void = () => undefined;

  constructor(time: RaceTime, now: () => number = () => performance.now()) {
    this.#time = time;
    this.#now = now;
  }

  /** Milliseconds that are left for all races. */
  get leftMs(): number {
    return this.#time.leftMs;
  }

  /** Enough passages were read. */
  get ready(): boolean {
    return this.#sample.full;
  }

  /** A call of the queue, once no race is on. */
  async pass<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    while (this.#gate !== null) await this.#gate;
    signal?.throwIfAborted();
    this.#queued++;
    try {
      return await call();
    } finally {
      this.#queued--;
      if (this.#queued === 0) this.#onDrained();
    }
  }

  /** These were read, together or one by one. */
  note(texts: readonly string[], together: boolean): void {
    this.#sample.add(texts, together);
  }

  /** What there is to be timed on; `counter` counts its tokens. */
  async turns(counter: RunningEmbedder, { together, workers }: TurnShape): Promise<RaceTurn[]> {
    const turns = this.#sample.turns(together, workers);
    const counts = await counter.countTokens(turns.flat(), 'queue');
    let at = 0;
    return turns.map((texts) => {
      const tokens = counts.slice(at, (at += texts.length)).reduce((sum, count) => sum + count, 0);
      return { texts, tokens };
    });
  }

  /** Holds the queue meanwhile, once its calls under way are answered. */
  async held<T>(work: () => Promise<T>): Promise<T> {
    let open = (): void => undefined;
    this.#gate = new Promise((resolve) => (open = resolve));
    try {
      if (this.#queued > 0) await new Promise<void>((resolve) => (this.#onDrained = resolve));
      return await work();
    } finally {
      this.#onDrained = () => undefined;
      this.#gate = null;
      open();
    }
  }

  /** Within `budgetMs`, which are taken from what is left. */
  async timed(racers: [Racer, Racer], turns: readonly RaceTurn[], budgetMs: number): Promise<RaceResult> {
    const result = await raceEmbedders(racers, turns, { budgetMs, now: this.#now });
    this.#time.leftMs = Math.max(0, this.#time.leftMs - result.ms);
    return result;
  }
}
