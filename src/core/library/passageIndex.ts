// Vector search by passage: gathers vectors as they arrive until a post has all of its own, and knows which passage each is of.
import type { SpaceKey, SpaceVectors } from '../embedding.ts';
import type { PostId } from '../post.ts';
import { VectorIndex, type SearchOptions, type SemanticHit } from '../search/vectorIndex.ts';
import type { VectorRows } from '../store/vectorBlock.ts';
import type { Catalogue } from './catalogue.ts';
import { refuseOther } from './spaceRows.ts';

/** Vectors of a post that has not all of them yet, by the position of the passage. */
interface Gathered {
  /** positions × dimension; those of passages that are still to come are 0. */
  codes: Int8Array;
  scales: Float32Array;
  /** 1 for each passage whose vector has come. */
  there: Uint8Array;
  count: number;
  /** How many of them the index has. */
  searchable: number;
}

export class PassageIndex {
  readonly space: SpaceKey;
  readonly #index: VectorIndex;
  readonly #catalogue: Catalogue;
  readonly #gathered = new Map<PostId, Gathered>();
  /** Passage of each row of posts that are in the index incompletely. */
  readonly #positions = new Map<PostId, number[]>();

  constructor(space: SpaceKey, dimension: number, catalogue: Catalogue) {
    this.space = space;
    this.#index = new VectorIndex(dimension);
    this.#catalogue = catalogue;
  }

  /** Takes rows of passages that the catalogue knows; others are passed over. */
  add({ ids, codes, scales }: VectorRows): void {
    const { dimension } = this.#index;
    const touched = new Set<PostId>();
    ids.forEach((id, row) => {
      const place = this.#catalogue.found(id);
      if (place === undefined) return;
      // Copied: the rows given may be a view into a block that is large and soon forgotten.
      const gathered = this.#gatheredOf(place.post, place.index);
      gathered.codes.set(codes.subarray(row * dimension, (row + 1) * dimension), place.index * dimension);
      gathered.scales[place.index] = scales[row] ?? 0;
      if (gathered.there[place.index] === 0) gathered.count++;
      gathered.there[place.index] = 1;
      touched.add(place.post);
    });
    for (const post of touched) {
      const gathered = this.#gathered.get(post);
      const passages = this.#catalogue.get(post)?.summary.passages ?? 0;
      // A long post becomes searchable in steps, each twice the one before, so that its rows are moved few times.
      const enough = Math.min(passages, (gathered?.searchable ?? 0) * 2 || FIRST_STEP);
      if (gathered !== undefined && gathered.count >= enough) this.#show(post, gathered, passages);
    }
  }

  /** Makes searchable what was gathered of posts that are not complete. */
  settle(): void {
    for (const [post, gathered] of this.#gathered) {
      this.#show(post, gathered, this.#catalogue.get(post)?.summary.passages ?? 0);
    }
  }

  remove(post: PostId): void {
    this.#index.remove(post);
    this.#gathered.delete(post);
    this.#positions.delete(post);
  }

  /**
   * As VectorIndex.search; `passage` of a hit is the position among the post's passages.
   * Throws `space-mismatch` for vectors of another space.
   */
  search(queries: SpaceVectors, options?: SearchOptions): SemanticHit[] {
    refuseOther(queries, this.space);
    const hits = this.#index.search(queries.rows, options);
    if (this.#positions.size === 0) return hits;
    return hits.map((hit) => ({
      ...hit,
      passage: this.#positions.get(hit.post as PostId)?.[hit.passage] ?? hit.passage,
    }));
  }

  /** As VectorIndex.compare. Throws `space-mismatch` for vectors of another space. */
  compare(queries: SpaceVectors, posts: Iterable<string>): Map<string, Float32Array> {
    refuseOther(queries, this.space);
    return this.#index.compare(queries.rows, posts);
  }

  /** Vectors of the first passages of a post that are searchable, at most `most`; null while it has none. */
  rowsOf(post: string, most?: number): SpaceVectors | null {
    const rows = this.#index.rowsOf(post, most);
    return rows === null ? null : { space: this.space, rows };
  }

  /** All vectors of a post, as they are held; null until it has every one of its passages. */
  allOf(post: PostId): { codes: Int8Array; scales: Float32Array } | null {
    if (this.#gathered.has(post)) return null;
    const rows = this.#index.quantisedRowsOf(post);
    return rows === null ? null : { codes: rows.values, scales: rows.scales };
  }

  /** With room for this position, and for all passages of the post. */
  #gatheredOf(post: PostId, position: number): Gathered {
    const { dimension } = this.#index;
    const known = this.#gathered.get(post);
    if (known !== undefined && position < known.there.length) return known;
    const room = Math.max(this.#catalogue.get(post)?.summary.passages ?? 0, position + 1);
    const gathered: Gathered = {
      codes: new Int8Array(room * dimension),
      scales: new Float32Array(room),
      there: new Uint8Array(room),
      count: known?.count ?? 0,
      searchable: known?.searchable ?? 0,
    };
    if (known !== undefined) {
      gathered.codes.set(known.codes);
      gathered.scales.set(known.scales);
      gathered.there.set(known.there);
    }
    this.#gathered.set(post, gathered);
    return gathered;
  }

  #show(post: PostId, gathered: Gathered, passages: number): void {
    const { codes, scales, there, count } = gathered;
    const { dimension } = this.#index;
    gathered.searchable = count;
    if (count >= passages) this.#gathered.delete(post);
    if (count === there.length) {
      this.#index.add(post, { dimension, values: codes, scales });
      this.#positions.delete(post);
      return;
    }
    const positions = [...there.keys()].filter((position) => there[position] === 1);
    const values = new Int8Array(count * dimension);
    positions.forEach((position, row) =>
      values.set(codes.subarray(position * dimension, (position + 1) * dimension), row * dimension),
    );
    this.#index.add(post, {
      dimension,
      values,
      scales: Float32Array.from(positions, (position) => scales[position] ?? 0),
    });
    this.#positions.set(post, positions);
  }
}

/** Passages of a long post that are searchable first. */
const FIRST_STEP = 16;
