// Where posts enter and leave: storage, lexical index and every open embedding space are kept in step here and nowhere else.
import type { Post, PostId } from '../post.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import type { Bm25Index } from '../search/bm25.ts';
import { digestOf, type PostDigest, type PostHead } from '../store/digest.ts';
import type { Store } from '../store/openStore.ts';
import type { OpenReport, RemovedPosts } from '../store/posts.ts';
import type { Alongside } from '../store/requests.ts';
import type { PassageRecord, StoredPost } from '../store/schema.ts';
import type { Repetition } from './repetition.ts';
import { revisionOf, wordCount } from './revision.ts';
import { openSpaces, type Spaces } from './space.ts';

/** Read from the store together. */
const POSTS_AT_ONCE = 200;

export interface ShelfPorts {
  store: Store;
  lexical: Bm25Index;
  traits: TraitIndex;
  spaces: Spaces;
  repetition: Repetition;
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

  /** Reads every post into the catalogue and the indexes. */
  async open(): Promise<OpenReport> {
    const { store, lexical } = this.#ports;
    return store.posts.open({
      onBlock: ({ heads, terms }, vocabulary) => {
        for (const head of heads) this.#show(head);
        const ids = heads.map(({ id }) => id);
        lexical.addBlock(ids, terms, vocabulary);
      },
      onDigest: (digest) => {
        this.#show(digest.head);
        this.#index(digest);
      },
    });
  }

  /** Adds posts, or replaces those whose content is another; all of them or, when storing fails, none. */
  async put(posts: readonly Post[], alongside: Alongside<PutReport> = nothing): Promise<PutReport> {
    const { store, spaces, now } = this.#ports;
    const { catalogue } = spaces.current;
    const report: PutReport = { added: [], changed: [], unchanged: 0, before: { posts: [], passages: [] } };
    const fresh: StoredPost[] = [];
    for (const post of posts) {
      const revision = revisionOf(post);
      const known = catalogue.get(post.id);
      if (known?.revision === revision) {
        report.unchanged++;
        continue;
      }
      (known === undefined ? report.added : report.changed).push(post.id);
      const { id, language } = post;
      const told = language === undefined ? {} : { language };
      fresh.push({ id, revision, words: wordCount(post.text), ...told, importedAt: now(), post });
    }
    if (fresh.length === 0) return report;
    report.before.posts = await store.posts.getMany(report.changed);
    for (const id of report.changed) report.before.passages.push(...(await store.passages.of(id)));
    const digests = await store.posts.put(fresh, (transaction) => alongside(transaction, report));
    const ids = fresh.map(({ id }) => id);
    for (const digest of digests) {
      this.#show(digest.head);
      this.#index(digest);
    }
    for (const space of openSpaces(spaces)) space.enqueue(ids);
    this.#ports.onChange(ids);
    return report;
  }

  /** Posts that somebody waits for: their passages are embedded before those of all others. */
  hasten(ids: readonly PostId[]): void {
    for (const { queue } of openSpaces(this.#ports.spaces)) queue.hasten(ids);
  }

  async remove(ids: readonly PostId[], alongside?: Alongside<RemovedPosts>): Promise<RemovedPosts> {
    const removed = await this.#ports.store.posts.remove(ids, alongside);
    this.#hide(ids);
    this.#ports.onChange(ids);
    return removed;
  }

  /** Puts posts back as they were, vectors included where the disk still has them. */
  async restore({ posts, passages }: RemovedPosts, alongside?: Alongside): Promise<void> {
    const digests = await this.#ports.store.posts.restore({ posts, passages }, alongside);
    await this.#showAgain(digests, posts, passages);
    this.#ports.onChange(posts.map(({ id }) => id));
  }

  /** Takes in what the store has of these posts by now, wherever it came from. */
  async reload(ids: readonly PostId[]): Promise<void> {
    const { store } = this.#ports;
    for (let from = 0; from < ids.length; from += POSTS_AT_ONCE) {
      const some = ids.slice(from, from + POSTS_AT_ONCE);
      const posts = await store.posts.getMany(some);
      const there = new Set(posts.map(({ id }) => id));
      this.#hide(some.filter((id) => !there.has(id)));
      const records = await Promise.all(posts.map(({ id }) => store.passages.of(id)));
      await this.#showAgain(posts.map(digestOf), posts, records.flat());
      this.#ports.onChange(some);
    }
  }

  /** Vectors included, where the disk has them. */
  async #showAgain(
    digests: readonly PostDigest[],
    posts: readonly StoredPost[],
    passages: readonly PassageRecord[],
  ): Promise<void> {
    for (const digest of digests) {
      this.#note(digest.head);
      this.#index(digest);
    }
    await Promise.all(openSpaces(this.#ports.spaces).map((space) => space.restore(posts, passages)));
  }

  #hide(ids: readonly PostId[]): void {
    const { lexical, traits, repetition, spaces } = this.#ports;
    for (const id of ids) {
      lexical.remove(id);
      traits.remove(id);
      repetition.remove(id);
    }
    for (const space of openSpaces(spaces)) space.remove(ids);
  }

  #show(head: PostHead): void {
    for (const space of openSpaces(this.#ports.spaces)) space.put(head);
    this.#note(head);
  }

  #note(head: PostHead): void {
    const { traits, repetition } = this.#ports;
    traits.put(head.post, head.words, head.titleKey);
    repetition.put(head);
  }

  #index({ head, terms }: PostDigest): void {
    this.#ports.lexical.add(head.id, terms);
  }
}

const nothing = (): Promise<void> => Promise.resolve();
