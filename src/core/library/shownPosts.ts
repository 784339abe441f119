// The posts that answers show, kept while they are shown: a list hardly changes from one key of a draft to the next.
import type { Post, PostId } from '../post.ts';
import type { PostRepository } from '../store/posts.ts';
import { Recent } from './recent.ts';

/** Posts remembered: those of the lists that a draft was given lately. */
const REMEMBERED = 32;

export class ShownPosts {
  readonly #posts: Pick<PostRepository, 'getMany'>;
  readonly #known = new Recent<PostId, Post>(REMEMBERED);

  constructor(posts: Pick<PostRepository, 'getMany'>) {
    this.#posts = posts;
  }

  /** These posts came, changed or went. */
  touch(ids: readonly PostId[]): void {
    for (const id of ids) this.#known.delete(id);
  }

  /** Those that exist; a post that did not change is the same object each time. Those not remembered are read. */
  async read(ids: readonly PostId[]): Promise<Map<PostId, Post>> {
    const missing = ids.filter((id) => this.#known.get(id) === undefined);
    if (missing.length > 0) {
      for (const { id, post } of await this.#posts.getMany(missing)) this.#known.put(id, post);
    }
    const found = new Map<PostId, Post>();
    for (const id of ids) {
      const post = this.#known.get(id);
      if (post === undefined) continue;
      found.set(id, post);
      this.#known.put(id, post);
    }
    this.#known.trim(found.size);
    return found;
  }
}
