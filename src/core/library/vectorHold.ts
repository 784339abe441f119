// The vectors of one embedding space: in memory for search, in blocks on the disk, and in step with the catalogue.
import { spaceKey, type EmbeddingSpace, type SpaceKey, type SpaceVectors } from '../embedding.ts';
import type { PostId } from '../post.ts';
import type { Store } from '../store/openStore.ts';
import type { Catalogue } from './catalogue.ts';
import { latePart } from './lateParts.ts';
import type { PassageIndex } from './passageIndex.ts';
import { quantiseRows, refuseOther } from './spaceRows.ts';

interface Current {
  key: SpaceKey;
  dimension: number;
  index: PassageIndex;
}

export class VectorHold {
  readonly #store: Store;
  readonly #catalogue: Catalogue;
  #current: Current | null = null;

  constructor(store: Store, catalogue: Catalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  /** Null until a space is open. */
  get space(): SpaceKey | null {
    return this.#current?.key ?? null;
  }

  /** Numbers of a vector; null until a space is open. */
  get dimension(): number | null {
    return this.#current?.dimension ?? null;
  }

  /** Null until a space is open. */
  get index(): PassageIndex | null {
    return this.#current?.index ?? null;
  }

  /** Loads the vectors of a space; those of every other are left where they are, never compared. */
  async open(space: EmbeddingSpace): Promise<void> {
    const key = spaceKey(space);
    if (this.#current?.key === key) return;
    const late = await latePart('reading');
    this.#catalogue.forgetVectors();
    const index = new late.PassageIndex(key, space.dimension, this.#catalogue);
    // Set before the rows are read, so that a post that leaves meanwhile leaves this index too.
    this.#current = { key, dimension: space.dimension, index };
    const live = (id: number): boolean => this.#catalogue.place(id) !== undefined;
    try {
      await this.#store.vectors.load(key, space.dimension, live, (rows) => index.add(rows));
    } catch (error) {
      this.#current = null;
      throw error;
    }
    index.settle();
  }

  /**
   * Makes new vectors, one an id, searchable; those of passages gone meanwhile are left out.
   * Throws `space-mismatch` when another space is open.
   */
  add(ids: readonly number[], vectors: SpaceVectors): void {
    if (this.#current === null) return;
    refuseOther(vectors, this.#current.key);
    this.#current.index.add(quantiseRows(ids, vectors.rows, this.#current.dimension));
  }

  /** Under their own space, whichever is open. */
  async save(ids: readonly number[], { space, rows }: SpaceVectors): Promise<void> {
    const dimension = rows.length / ids.length;
    await this.#store.vectors.append(space, dimension, quantiseRows(ids, rows, dimension));
  }

  /** Takes what the disk has of these passages into the search: for posts that come back or kept some of their text. */
  async recall(ids: ReadonlySet<number>): Promise<void> {
    const current = this.#current;
    if (current === null || ids.size === 0) return;
    const rows = await this.#store.vectors.read(current.key, current.dimension, ids);
    current.index.add(rows);
  }

  remove(post: PostId): void {
    this.#current?.index.remove(post);
  }
}
