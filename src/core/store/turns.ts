// Runs over the same stores pass one after the other, in the order they were asked for; those that only read pass together.
import type { Mode } from './backend.ts';
import type { StoreName } from './schema.ts';

interface Turn {
  stores: readonly StoreName[];
  mode: Mode;
  over: Promise<unknown>;
}

/** What a database does for its transactions, for work that takes several of them. */
export class Turns {
  readonly #taken = new Set<Turn>();

  take<T>(stores: readonly StoreName[], mode: Mode, work: () => Promise<T>): Promise<T> {
    const before = [...this.#taken].filter(
      (other) =>
        (mode === 'readwrite' || other.mode === 'readwrite') && other.stores.some((store) => stores.includes(store)),
    );
    const done = Promise.all(before.map(({ over }) => over)).then(work);
    const turn: Turn = { stores, mode, over: done.catch(() => undefined) };
    this.#taken.add(turn);
    return done.finally(() => this.#taken.delete(turn));
  }

  /** Resolves when those that were asked for by now are over. */
  async over(): Promise<void> {
    await Promise.all([...this.#taken].map(({ over }) => over));
  }
}
