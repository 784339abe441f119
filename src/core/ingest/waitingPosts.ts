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

  has(id: PostId): boolean {
    return this.#dates.has(id);
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

  clear(): void {
    this.#dates.clear();
    this.#hasty.clear();
  }

  /** Whose turn it is, and whose after that; a post stays in until it is removed. Ask again after any change. */
  *inOrder(): Generator<PostId> {
    yield* this.#hasty;
    this.#order ??= [...this.#dates.entries()]
      .sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0))
      .map(([id]) => id);
    const order = this.#order;
    for (let last = order.at(-1); last !== undefined && !this.#dates.has(last); last = order.at(-1)) order.pop();
    for (let at = order.length - 1; at >= 0; at--) {
      const id = order[at];
      if (id !== undefined && this.#dates.has(id) && !this.#hasty.has(id)) yield id;
    }
  }
}
