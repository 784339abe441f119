// The posts that wait to be embedded: newest first, each once.
import type { PostId } from '../post.ts';

export interface WaitingPost {
  id: PostId;
  /** ISO 8601, or null: those come last. */
  date: string | null;
}

export class WaitingPosts {
  readonly #dates = new Map<PostId, string>();
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
  }

  clear(): void {
    this.#dates.clear();
  }

  /** The newest, which stays in until it is removed; null when none waits. */
  newest(): PostId | null {
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
