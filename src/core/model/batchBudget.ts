// How many texts of one length a graphics card may take at once, from what runs took on it before.

/** What a draft that arrives may have to wait for one run of the queue, unless a single text takes longer. */
export const RUN_BUDGET_MS = 50;
/** Tokens of one run, whatever the card: activations of so many take some tens of megabytes. */
export const MOST_TOKENS = 2_048;
/** The latest runs: enough to outvote those that compiled a shader, few enough to forget how the card was a second ago. */
const REMEMBERED = 24;
/** Sizes that differ by less tell nothing of what a token takes. */
const CLEARLY_LARGER = 1.25;
/** So many times as large as any measured may a run be: what it takes is guessed. */
const GROWTH = 2;

interface Run {
  tokens: number;
  ms: number;
}

/**
 * A `RunClock` says what a run may take before it counts as hung, and errs on the slow side. This says what one is expected to take:
 * something by itself and something for each token, both the medians of what the latest runs say.
 */
export class BatchBudget {
  /** The latest first. */
  #runs: Run[] = [];
  #mostTokens = MOST_TOKENS;

  /** A run of so many tokens took so many milliseconds. */
  note(tokens: number, ms: number): void {
    this.#runs = [{ tokens, ms }, ...this.#runs.slice(0, REMEMBERED - 1)];
  }

  /** No run of several texts has more tokens from now on. */
  limitTo(tokens: number): void {
    this.#mostTokens = tokens;
  }

  /** Of `waiting` texts of so many tokens as many as fit the budget, at least one; one before anything was measured. */
  texts(tokens: number, waiting: number): number {
    const largest = this.#runs.reduce((most, run) => Math.max(most, run.tokens), 0);
    const fits = Math.min(this.#mostTokens, GROWTH * largest, this.#tokensWithin(RUN_BUDGET_MS));
    return Math.max(1, Math.min(waiting, Math.floor(fits / tokens)));
  }

  #tokensWithin(ms: number): number {
    const each = median(slopes(this.#runs));
    if (each === null) {
      // All were about as large: a larger one takes at most as much longer, and a smaller one perhaps as long.
      const usual = this.#runs.toSorted((a, b) => a.ms - b.ms)[this.#runs.length >> 1];
      return usual === undefined || usual.ms > ms ? 0 : (usual.tokens * ms) / usual.ms;
    }
    const perToken = Math.max(0, each);
    const perRun = Math.max(0, median(this.#runs.map((run) => run.ms - perToken * run.tokens)) ?? 0);
    return perRun > ms ? 0 : (ms - perRun) / perToken;
  }
}

/** Milliseconds a token, of each two runs that differ clearly in size. */
function slopes(runs: readonly Run[]): number[] {
  return runs.flatMap((one, at) =>
    runs.slice(at + 1).flatMap((other) => {
      const [small, large] = one.tokens < other.tokens ? [one, other] : [other, one];
      return large.tokens >= small.tokens * CLEARLY_LARGER
        ? [(large.ms - small.ms) / (large.tokens - small.tokens)]
        : [];
    }),
  );
}

function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? null;
}
