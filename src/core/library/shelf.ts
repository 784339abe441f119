// Where posts enter and leave: storage, catalogue, lexical index, vectors and queue are kept in step here and nowhere else.
import type { IngestQueue } from '../ingest/ingestQueue.ts';
import type { Post, PostId } from '../post.ts';
import type { Bm25Index } from '../search/bm25.ts';
import type { Store } from '../store/openStore.ts';
import type { RemovedPosts } from '../store/posts.ts';
import type { StoredPost } from '../store/schema.ts';
import { documentTerms } from '../text/documentTerms.ts';
import type { Catalogue, Entry } from './catalogue.ts';
import { revisionOf, wordCount } from './revision.ts';
import type { VectorHold } from './vectorHold.ts';

export interface ShelfPorts {
  store: Store;
  catalogue: Catalogue;
  lexical: Bm25Index;
  vectors: VectorHold;
  queue: Pick<IngestQueue, 'add' | 'remove'>;
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
  /** How passages are cut; null until a model has said it. */
  #rule: string | null = null;

  constructor(ports: ShelfPorts) {
    this.#ports = ports;
  }

  /** Reads every post into the catalogue and the lexical index. Returns how many rows could not be read. */
  async open(): Promise<number> {
    const { store } = this.#ports;
    return store.posts.each((posts) => {
      for (const post of posts) this.#show(post);
    });
  }

  /** Reads which passages the posts have, once it is known how they are cut. */
  async openPassages(rule: string): Promise<void> {
    if (this.#rule === rule) return;
    const records = await this.#ports.store.passages.all();
    if (this.#rule !== null) this.#ports.catalogue.forgetPassages();
    this.#rule = rule;
    for (const record of records) this.#ports.catalogue.cut(record, rule);
  }

  /** Queues every post that lacks a vector. */
  queueWaiting(): void {
    const { catalogue, queue } = this.#ports;
    queue.add([...catalogue.entries()].filter((entry) => catalogue.isWaiting(entry)).map(toWaiting));
  }

  /** Adds posts, or replaces those whose content is another; all of them or, when storing fails, none. */
  async put(posts: readonly Post[]): Promise<PutReport> {
    const { store, catalogue, vectors, queue, now } = this.#ports;
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
    for (const id of report.changed) {
      const record = catalogue.get(id)?.passages ?? (await store.passages.get(id));
      if (record) report.before.passages.push(record);
    }
    await store.posts.put(fresh);
    for (const stored of fresh) {
      vectors.remove(stored.id);
      this.#show(stored);
    }
    queue.add(fresh.flatMap(({ id }) => catalogue.get(id) ?? []).map(toWaiting));
    this.#ports.onChange(fresh.map(({ id }) => id));
    return report;
  }

  async remove(ids: readonly PostId[]): Promise<RemovedPosts> {
    const { store, catalogue, lexical, vectors, queue } = this.#ports;
    const removed = await store.posts.remove(ids);
    for (const id of ids) {
      catalogue.remove(id);
      vectors.remove(id);
      lexical.remove(id);
    }
    queue.remove(ids);
    this.#ports.onChange(ids);
    return removed;
  }

  /** Puts posts back as they were, vectors included where the disk still has them. */
  async restore(removed: RemovedPosts): Promise<void> {
    const { store, catalogue, vectors, queue } = this.#ports;
    await store.posts.restore(removed);
    const rule = this.#rule;
    for (const stored of removed.posts) {
      vectors.remove(stored.id);
      this.#show(stored);
    }
    if (rule !== null) for (const record of removed.passages) catalogue.cut(record, rule);
    const ids = removed.posts.map(({ id }) => id);
    await vectors.recall(new Set(ids.flatMap((id) => [...(catalogue.get(id)?.passages?.ids ?? [])])));
    queue.add(
      ids
        .flatMap((id) => catalogue.get(id) ?? [])
        .filter((entry) => catalogue.isWaiting(entry))
        .map(toWaiting),
    );
    this.#ports.onChange(ids);
  }

  #show(stored: StoredPost): void {
    this.#ports.catalogue.put(stored);
    this.#ports.lexical.add(stored.id, documentTerms(stored.post));
  }
}

function toWaiting({ summary }: Entry) {
  return { id: summary.id, date: summary.date };
}
