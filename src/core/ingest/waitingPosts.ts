// The posts that wait to be embedded, each once: those in haste first, then the newest.
import type { PostId } from '../post.ts';

export interface WaitingPost {
  id: PostId;
  /** ISO 8601, or null: those come last. */
  date: string | null;
}

export class WaitingPosts {
  readonly #dates = new Map<PostId, string>();
  /** In the order in which they were hastened. */
  readonly #hasty = new Set<PostId>();
  /** Oldest first, so that the newest is taken from the end; null when it must be sorted again. */
  #order: PostId[] | null = [];

  get size(): number {
    return this.#dates.size;
  }

  add(posts: readonly WaitingPost[]): void {
    for (const { id, date } of posts) this.#dates.set(id, date ?? '');
    this.#order = null;
  }

  remove(id: PostId): void {
    this.#dates.delete(id);
    this.#hasty.delete(id);
  }

  /** Lets posts that wait come before all others. */
  hasten(ids: readonly PostId[]): void {
    for (const id of ids) if (this.#dates.has(id)) this.#hasty.add(id);
  }

  /** True when another post is in haste, and this one is not. */
  mustYield(id: PostId): boolean {
    return this.#hasty.size > 0 && !this.#hasty.has(id);
  }

  clear(): void {
    this.#dates.clear();
    this.#hasty.clear();
  }

  /** The one whose turn it is, which stays in until it is removed; null when none waits. */
  next(): PostId | null {
    for (const id of this.#hasty) return id;
    this.#order ??= [...this.#dates.entries()]
      .sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0))
      .map(([id]) => id);
    for (let id = this.#order.at(-1); id !== undefined; id = this.#order.at(-1)) {
      if (this.#dates.has(id)) return id;
      this.#order.pop();
    }
    return null;
  }
}
