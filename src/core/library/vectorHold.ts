// The vectors of the current embedding space: in memory for search, in blocks on the disk, and in step with the catalogue.
import { spaceKey, type EmbeddingSpace, type SpaceKey } from '../embedding.ts';
import type { Store } from '../store/openStore.ts';
import type { VectorRows } from '../store/vectorBlock.ts';
import type { Catalogue } from './catalogue.ts';

/** Search over int8 rows by passage id. */
export interface SearchableVectors {
  /** Adds rows, each in place of what was there under its id. */
  add(rows: VectorRows): void;
  remove(ids: Iterable<number>): void;
}

export interface VectorHoldPorts<Index extends SearchableVectors> {
  store: Store;
  catalogue: Catalogue;
  createIndex: (dimension: number) => Index;
  /** Unit vectors, ids.length × dimension, as int8 rows. */
  quantise: (ids: readonly number[], vectors: Float32Array, dimension: number) => VectorRows;
}

export class VectorHold<Index extends SearchableVectors> {
  readonly #ports: VectorHoldPorts<Index>;
  #current: { key: SpaceKey; dimension: number; index: Index } | null = null;

  constructor(ports: VectorHoldPorts<Index>) {
    this.#ports = ports;
  }

  /** Null until a space is open. */
  get index(): Index | null {
    return this.#current?.index ?? null;
  }

  /** Loads the vectors of a space; those of every other are left where they are, never compared. */
  async open(space: EmbeddingSpace): Promise<void> {
    const { store, catalogue, createIndex } = this.#ports;
    const key = spaceKey(space);
    if (this.#current?.key === key) return;
    catalogue.forgetVectors();
    this.#current = null;
    const index = createIndex(space.dimension);
    const seen: number[] = [];
    const live = (id: number): boolean => catalogue.place(id) !== undefined;
    await store.vectors.load(key, space.dimension, live, (rows) => {
      index.add(rows);
      seen.push(...rows.ids);
    });
    this.#current = { key, dimension: space.dimension, index };
    // A post may have left while its rows were read.
    index.remove(seen.filter((id) => !catalogue.found(id)));
  }

  /** Makes new vectors searchable; those of passages that are gone meanwhile are left out. */
  add(ids: readonly number[], vectors: Float32Array): void {
    if (this.#current === null) return;
    const rows = this.#ports.quantise(ids, vectors, this.#current.dimension);
    this.#take(rows);
  }

  async save(ids: readonly number[], vectors: Float32Array): Promise<void> {
    if (this.#current === null) return;
    const { key, dimension } = this.#current;
    await this.#ports.store.vectors.append(key, dimension, this.#ports.quantise(ids, vectors, dimension));
  }

  /** Takes what the disk has of these passages into the search: for posts that come back or kept some of their text. */
  async recall(ids: ReadonlySet<number>): Promise<void> {
    if (this.#current === null || ids.size === 0) return;
    const { key, dimension } = this.#current;
    const rows = await this.#ports.store.vectors.read(key, dimension, ids);
    if (this.#current.key === key) this.#take(rows);
  }

  remove(ids: Iterable<number>): void {
    this.#current?.index.remove(ids);
  }

  /** Deletes what other spaces left behind. */
  async dropOthers(): Promise<void> {
    if (this.#current !== null) await this.#ports.store.vectors.dropOthers(this.#current.key);
  }

  #take(rows: VectorRows): void {
    const index = this.#current?.index;
    if (rows.ids.length === 0) return;
    index?.add(rows);
    index?.remove([...rows.ids].filter((id) => !this.#ports.catalogue.found(id)));
  }
}
