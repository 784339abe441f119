// Passages of posts that were cut and wait for the model, and which of them go into its next call.
import type { PostId } from '../post.ts';

/** A passage that has no vector yet. */
export interface OpenPassage {
  id: number;
  text: string;
  /** The special ones included. */
  tokens: number;
}

export interface TakenPassage extends OpenPassage {
  post: PostId;
}

/** Of passages of one post; or of all in the pool that are as long as the first, which a graphics card runs together. */
export interface CallShape {
  most: number;
  alike: boolean;
}

interface Pooled {
  /** Not taken yet, in the order of the text. */
  open: OpenPassage[];
  /** Neither open nor done. */
  taken: number;
}

export class PassagePool {
  readonly #posts = new Map<PostId, Pooled>();
  #open = 0;

  /** Passages that were not taken yet. */
  get open(): number {
    return this.#open;
  }

  has(post: PostId): boolean {
    return this.#posts.has(post);
  }

  /** A post with at least one passage. */
  admit(post: PostId, passages: readonly OpenPassage[]): void {
    this.drop(post);
    this.#posts.set(post, { open: [...passages], taken: 0 });
    this.#open += passages.length;
  }

  drop(post: PostId): void {
    this.#open -= this.#posts.get(post)?.open.length ?? 0;
    this.#posts.delete(post);
  }

  clear(): void {
    this.#posts.clear();
    this.#open = 0;
  }

  /**
   * Takes the passages of one call out of what is open; none when nothing is. The first passage of the first post in `order` is
   * always among them, so that whoever is first never waits for a fuller call.
   */
  take(order: Iterable<PostId>, { most, alike }: CallShape): TakenPassage[] {
    const call: TakenPassage[] = [];
    let wanted: number | null = null;
    for (const post of order) {
      const pooled = this.#posts.get(post);
      if (pooled === undefined || pooled.open.length === 0) continue;
      wanted ??= pooled.open[0]?.tokens ?? null;
      const left: OpenPassage[] = [];
      for (const passage of pooled.open) {
        if (call.length < most && (!alike || passage.tokens === wanted)) call.push({ ...passage, post });
        else left.push(passage);
      }
      const took = pooled.open.length - left.length;
      pooled.open = left;
      pooled.taken += took;
      this.#open -= took;
      if (!alike || call.length >= most) break;
    }
    return call;
  }

  /** What was taken has its vectors. Returns the posts that lack nothing more and were in the pool, which they leave. */
  done(call: readonly TakenPassage[]): PostId[] {
    const whole: PostId[] = [];
    for (const { post } of call) {
      const pooled = this.#posts.get(post);
      if (pooled === undefined) continue;
      pooled.taken--;
      if (pooled.taken > 0 || pooled.open.length > 0) continue;
      this.#posts.delete(post);
      whole.push(post);
    }
    return whole;
  }
}
