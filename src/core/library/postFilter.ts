// The search field of the library view: posts that have every word typed, anywhere in title, text, tags or source.
import type { PostId } from '../post.ts';
import type { PostRepository } from '../store/posts.ts';
import type { StoredPost } from '../store/schema.ts';

/** The folded texts are as large as the library: they are let go when nobody has searched for this long. */
const FORGET_AFTER_MS = 60_000;

export class PostFilter {
  readonly #posts: Pick<PostRepository, 'each' | 'getMany'>;
  #texts: Map<PostId, string> | null = null;
  readonly #stale = new Set<PostId>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(posts: Pick<PostRepository, 'each' | 'getMany'>) {
    this.#posts = posts;
  }

  /** Ids of the posts that match; ones that are not in the library any more may be among them. */
  async matching(search: string): Promise<Set<PostId>> {
    const words = fold(search).split(/\s+/).filter(Boolean);
    const texts = await this.#read();
    const found = new Set<PostId>();
    for (const [id, text] of texts) if (words.every((word) => text.includes(word))) found.add(id);
    return found;
  }

  /** These posts came, changed or went. */
  touch(ids: readonly PostId[]): void {
    if (this.#texts !== null) for (const id of ids) this.#stale.add(id);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#texts = null;
  }

  async #read(): Promise<Map<PostId, string>> {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), FORGET_AFTER_MS);
    let texts = this.#texts;
    if (texts === null) {
      texts = this.#texts = new Map();
      this.#stale.clear();
      const all = texts;
      await this.#posts.each((posts) => {
        for (const post of posts) all.set(post.id, foldPost(post));
      });
    } else if (this.#stale.size > 0) {
      const stale = [...this.#stale];
      this.#stale.clear();
      for (const id of stale) texts.delete(id);
      for (const post of await this.#posts.getMany(stale)) texts.set(post.id, foldPost(post));
    }
    return texts;
  }
}

function foldPost({ post }: StoredPost): string {
  return fold([post.title, post.tags.join('\n'), post.source, post.summary, post.text].join('\n'));
}

/** Lower case without accents, so that "facade" finds "façade". */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}
