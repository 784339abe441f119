// What was used lately, by key: a map that forgets the rest.

export class Recent<Key, Value> {
  readonly #most: number;
  readonly #known = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    return this.#known.get(key);
  }

  /** Counts as a use. */
  put(key: Key, value: Value): void {
    // Put in again, so that the oldest unused one is the first to go.
    this.#known.delete(key);
    this.#known.set(key, value);
  }

  delete(key: Key): void {
    this.#known.delete(key);
  }

  clear(): void {
    this.#known.clear();
  }

  /** Forgets the oldest beyond the limit, or beyond `atLeast` where that is more. */
  trim(atLeast: number): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size <= Math.max(this.#most, atLeast)) break;
      this.#known.delete(key);
    }
  }
}
