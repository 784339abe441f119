// What was taken out or changed, kept in memory for a while so that it can be put back.
import { KindredError } from '../errors.ts';

/** Older ones are forgotten: each may hold the texts of many posts. */
const KEPT = 20;

export class UndoList<T> {
  readonly #kept = new Map<string, T>();
  readonly #prefix: string;
  readonly #onForget: (value: T) => void;
  #count = 0;

  /** `onForget` gets what can't be put back any more. */
  constructor(prefix: string, onForget: (value: T) => void = () => undefined) {
    this.#prefix = prefix;
    this.#onForget = onForget;
  }

  keep(value: T): string {
    const id = `${this.#prefix}-${++this.#count}`;
    this.#kept.set(id, value);
    for (const [oldest, forgotten] of this.#kept) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
      this.#onForget(forgotten);
    }
    return id;
  }

  /** The value, once. Throws `unexpected` when it is not known any more. */
  take(id: string): T {
    const value = this.#kept.get(id);
    if (value === undefined) {
      throw new KindredError(
        'unexpected',
        'This can not be undone any more: it was undone already, or is too long ago.',
        {
          item: id,
        },
      );
    }
    this.#kept.delete(id);
    return value;
  }

  /** Brings a value back after putting it back has failed. */
  keepAgain(id: string, value: T): void {
    this.#kept.set(id, value);
  }
}
