// How many posts of a library have one title: those of a series share theirs and say different things.
import { titleKey } from '../../text/titleKey.ts';
import type { WordingToken } from '../../text/wording.ts';

export class TitleCounts {
  readonly #counts = new Map<string, number>();
  readonly #keys = new Map<string, string>();

  /** Adds a post by the key of its title, in place of what was there under the same id. */
  put(id: string, key: string): void {
    this.remove(id);
    this.#keys.set(id, key);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(id: string): void {
    const key = this.#keys.get(id);
    if (key === undefined) return;
    this.#keys.delete(id);
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }

  /** Posts with this title, its numbers aside. */
  count(title: readonly WordingToken[]): number {
    return this.#counts.get(titleKey(title)) ?? 0;
  }
}
