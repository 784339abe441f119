// Where posts enter and leave: storage, lexical index and every open embedding space are kept in step here and nowhere else.
import type { Post, PostId } from '../post.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import type { Bm25Index } from '../search/bm25.ts';
import type { Store } from '../store/openStore.ts';
import type { RemovedPosts } from '../store/posts.ts';
import type { Alongside } from '../store/requests.ts';
import type { StoredPost } from '../store/schema.ts';
import { documentTerms } from '../text/documentTerms.ts';
import { revisionOf, wordCount } from './revision.ts';
import { openSpaces, type Spaces } from './space.ts';

export interface ShelfPorts {
  store: Store;
  lexical: Bm25Index;
  traits: TraitIndex;
  spaces: Spaces;
  now: () => number;
  /** Posts came, changed or went. */
  onChange: (ids: readonly PostId[]) => void;
}

export interface PutReport {
  added: PostId[];
  changed: PostId[];
  unchanged: number;
  /** What the changed posts were before, to be put back. */
  before: RemovedPosts;
}

export class Shelf {
  readonly #ports: ShelfPorts;

  constructor(ports: ShelfPorts) {
    this.#ports = ports;
  }

  /** Reads every post into the catalogue and the indexes. Returns how many rows could not be read. */
  async open(): Promise<number> {
    const { store } = this.#ports;
    return store.posts.each((posts) => {
      for (const post of posts) this.#show(post);
    });
  }

  /** Adds posts, or replaces those whose content is another; all of them or, when storing fails, none. */
  async put(posts: readonly Post[], alongside: Alongside<PutReport> = nothing): Promise<PutReport> {
    const { store, spaces, now } = this.#ports;
    const { catalogue } = spaces.current;
    const report: PutReport = { added: [], changed: [], unchanged: 0, before: { posts: [], passages: [] } };
    const fresh: StoredPost[] = [];
    for (const post of posts) {
      const stored = { id: post.id, revision: revisionOf(post), words: wordCount(post.text), importedAt: now(), post };
      const known = catalogue.get(post.id);
      if (known?.revision === stored.revision) {
        report.unchanged++;
        continue;
      }
      (known === undefined ? report.added : report.changed).push(post.id);
      fresh.push(stored);
    }
    if (fresh.length === 0) return report;
    report.before.posts = await store.posts.getMany(report.changed);
    for (const id of report.changed) report.before.passages.push(...(await store.passages.of(id)));
    await store.posts.put(fresh, (transaction) => alongside(transaction, report));
    const ids = fresh.map(({ id }) => id);
    for (const stored of fresh) this.#show(stored);
    for (const space of openSpaces(spaces)) space.enqueue(ids);
    this.#ports.onChange(ids);
    return report;
  }

  async remove(ids: readonly PostId[], alongside: Alongside<RemovedPosts> = nothing): Promise<RemovedPosts> {
    const { store, lexical, traits, spaces } = this.#ports;
    const removed = await store.posts.remove(ids, alongside);
    for (const id of ids) {
      lexical.remove(id);
      traits.remove(id);
    }
    for (const space of openSpaces(spaces)) space.remove(ids);
    this.#ports.onChange(ids);
    return removed;
  }

  /** Puts posts back as they were, vectors included where the disk still has them. */
  async restore({ posts, passages }: RemovedPosts, alongside: Alongside = nothing): Promise<void> {
    const { store, spaces } = this.#ports;
    await store.posts.restore({ posts, passages }, alongside);
    for (const stored of posts) this.#index(stored);
    await Promise.all(openSpaces(spaces).map((space) => space.restore(posts, passages)));
    this.#ports.onChange(posts.map(({ id }) => id));
  }

  #show(stored: StoredPost): void {
    for (const space of openSpaces(this.#ports.spaces)) space.put(stored);
    this.#index(stored);
  }

  #index({ id, post, words }: StoredPost): void {
    this.#ports.lexical.add(id, documentTerms(post));
    this.#ports.traits.put(post, words);
  }
}

const nothing = (): Promise<void> => Promise.resolve();
