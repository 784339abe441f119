// What the library keeps of every post in memory: what lists show, and which passage each vector belongs to.
import type { LibraryStatus, PostQuery } from '../libraryApi.ts';
import type { PostId, PostSummary } from '../post.ts';
import type { PostHead } from '../store/digest.ts';
import type { PassageRecord } from '../store/schema.ts';

export interface Entry {
  summary: PostSummary;
  /** As the post names it. */
  series: string | null;
  revision: string;
  /** Passages of this revision; null until they are cut. */
  passages: PassageRecord | null;
  /** Which of the passages have a vector in the index, by position. */
  embedded: Set<number>;
}

export interface PassagePlace {
  post: PostId;
  index: number;
}

/** What of a post is kept here. */
export type ShownHead = Omit<PostHead, 'titleKey' | 'outline'>;

type Counts = Pick<LibraryStatus, 'posts' | 'passages' | 'vectors'>;

export class Catalogue {
  readonly #entries = new Map<PostId, Entry>();
  readonly #places = new Map<number, PassagePlace>();
  #passages = 0;
  #vectors = 0;

  get counts(): Counts {
    return { posts: this.#entries.size, passages: this.#passages, vectors: this.#vectors };
  }

  get(id: PostId): Entry | undefined {
    return this.#entries.get(id);
  }

  ids(): IterableIterator<PostId> {
    return this.#entries.keys();
  }

  entries(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  /** Which post and passage a vector is of; undefined once the passage is gone. */
  place(passage: number): PassagePlace | undefined {
    return this.#places.get(passage);
  }

  /** Adds or replaces a post; it has no passages until `cut`. */
  put(stored: ShownHead): void {
    this.remove(stored.id);
    const { kind, title, date, source, tags, series } = stored.post;
    const { id, words, revision, language } = stored;
    const told = language === undefined ? {} : { language };
    const summary = { id, kind, title, date, source, tags, words, ...told, embedded: 0, passages: 0 };
    this.#entries.set(stored.id, { summary, series, revision, passages: null, embedded: new Set() });
  }

  /** The same posts, without passages: for another embedding space. */
  copyOfPosts(): Catalogue {
    const copy = new Catalogue();
    for (const { summary, series, revision } of this.#entries.values()) {
      const bare = { ...summary, embedded: 0, passages: 0 };
      copy.#entries.set(summary.id, { summary: bare, series, revision, passages: null, embedded: new Set() });
    }
    return copy;
  }

  /** Gives a post its passages; false when the record is of another revision or rule than the library has now. */
  cut(record: PassageRecord, rule: string): boolean {
    const entry = this.#entries.get(record.post);
    if (entry === undefined || entry.revision !== record.revision || record.rule !== rule) return false;
    if (entry.passages !== null && sameIds(entry.passages.ids, record.ids)) {
      // The same texts, perhaps around something else that is left out.
      entry.passages = record;
      return true;
    }
    this.#drop(entry);
    entry.passages = record;
    entry.summary.passages = record.ids.length;
    this.#passages += record.ids.length;
    // The same string that the indexes have: looking it up there takes no comparison of letters.
    const { id: post } = entry.summary;
    record.ids.forEach((id, index) => this.#places.set(id, { post, index }));
    return true;
  }

  /** Its language was found. */
  noteLanguage(id: PostId, language: string | null): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.summary = { ...entry.summary, language };
  }

  /** Notes that a passage can be found by its vector, and tells which it is; undefined when it is gone. */
  found(passage: number): PassagePlace | undefined {
    const place = this.#places.get(passage);
    const entry = place && this.#entries.get(place.post);
    if (!place || !entry) return undefined;
    if (!entry.embedded.has(place.index)) {
      entry.embedded.add(place.index);
      entry.summary.embedded++;
      this.#vectors++;
    }
    return place;
  }

  remove(id: PostId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#drop(entry);
    this.#entries.delete(id);
  }

  /** Passages that another rule cut are gone. */
  forgetPassages(): void {
    for (const entry of this.#entries.values()) this.#drop(entry);
  }

  /** No passage has a vector any more: another embedding space begins. */
  forgetVectors(): void {
    for (const entry of this.#entries.values()) {
      entry.embedded = new Set();
      entry.summary.embedded = 0;
    }
    this.#vectors = 0;
  }

  /** True until every passage of the post has a vector. */
  isWaiting(entry: Entry): boolean {
    return entry.passages === null || entry.embedded.size < entry.passages.ids.length;
  }

  /** Summaries of the posts given, in the order asked for. Copies: they cross to the page. */
  list(ids: Iterable<PostId>, { sort, descending }: Pick<PostQuery, 'sort' | 'descending'>): PostSummary[] {
    const summaries = [...ids].flatMap((id) => this.#entries.get(id)?.summary ?? []).map((summary) => ({ ...summary }));
    const order = orders[sort];
    const sign = descending ? -1 : 1;
    return summaries.sort((a, b) => sign * order(a, b) || compareText(a.title, b.title) || (a.id < b.id ? -1 : 1));
  }

  #drop(entry: Entry): void {
    const ids = [...(entry.passages?.ids ?? [])];
    for (const id of ids) this.#places.delete(id);
    this.#passages -= ids.length;
    this.#vectors -= entry.embedded.size;
    entry.passages = null;
    entry.embedded = new Set();
    entry.summary.embedded = entry.summary.passages = 0;
  }
}

function sameIds(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

let collator: Intl.Collator | undefined;

function compareText(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  return collator.compare(a, b);
}

const orders: Record<PostQuery['sort'], (a: PostSummary, b: PostSummary) => number> = {
  // A post without a date is older than any that has one.
  date: (a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0),
  title: (a, b) => compareText(a.title, b.title),
  words: (a, b) => a.words - b.words,
  source: (a, b) => compareText(a.source, b.source),
};
