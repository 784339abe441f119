// Exact vector search over the passages of all posts, grouped by post, changed one post at a time.
import { dequantise, quantise, type QuantisedVectors } from './quantise.ts';
import { createScanKernel, QUERIES_AT_ONCE, ROWS_AT_ONCE, type ScanKernel } from './scanKernel.ts';

/** How the vectors of a query compare with one post. */
export interface SemanticHit {
  post: string;
  /** Highest cosine of any query vector with any passage, −1 to 1. */
  cosine: number;
  /** Which query vector and which passage of the post (as given to `add`) that is. */
  query: number;
  passage: number;
}

interface Rows {
  first: number;
  count: number;
}

/** Rows of removed posts are left until they are this share of all; then everything moves together. */
const WASTE_LIMIT = 0.25;
const GROWTH = 1.25;
const FIRST_ROWS = 1024;
/** Below any cosine: no passage has been compared. */
const NONE = -Infinity;

export class VectorIndex {
  readonly dimension: number;
  private readonly kernel: ScanKernel;
  /** Posts in the order of their rows. */
  private readonly posts = new Map<string, Rows>();
  private scales = new Float32Array(0);
  /** Rows in use, those of removed posts included. */
  private used = 0;
  private wasted = 0;

  /** `dimension` is a multiple of 16. The kernel may be given for tests. */
  constructor(dimension: number, kernel: ScanKernel = createScanKernel(dimension)) {
    this.dimension = dimension;
    this.kernel = kernel;
  }

  /** What runs the scan here. */
  get kind(): ScanKernel['kind'] {
    return this.kernel.kind;
  }

  /** Posts with vectors. */
  get size(): number {
    return this.posts.size;
  }

  /** Vectors of all posts. */
  get rows(): number {
    return this.used - this.wasted;
  }

  has(post: string): boolean {
    return this.posts.has(post);
  }

  /** Adds the vectors of a post's passages, in place of what was there. Throws a RangeError for another dimension. */
  add(post: string, vectors: QuantisedVectors): void {
    if (vectors.dimension !== this.dimension || vectors.values.length !== vectors.scales.length * this.dimension) {
      throw new RangeError(`Vectors of ${post} have ${vectors.dimension} numbers, the index holds ${this.dimension}.`);
    }
    this.remove(post);
    const count = vectors.scales.length;
    this.reserve(this.used + count);
    this.kernel.bytes().set(vectors.values, this.used * this.dimension);
    this.scales.set(vectors.scales, this.used);
    this.posts.set(post, { first: this.used, count });
    this.used += count;
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(post: string): void {
    const rows = this.posts.get(post);
    if (rows === undefined) return;
    this.posts.delete(post);
    this.wasted += rows.count;
    if (this.wasted > this.used * WASTE_LIMIT) this.compact();
  }

  /**
   * Compares query vectors (unit length, row after row) with every passage of every post, exactly but for the rounding
   * to bytes. One hit for each post, in no particular order; none for an empty query. A NaN or infinite number throws.
   */
  search(queries: Float32Array): SemanticHit[] {
    const asked = quantise(queries, this.dimension);
    const total = asked.scales.length;
    if (total === 0) return [];
    const hits = Array.from(this.posts.keys(), (post): SemanticHit => ({ post, cosine: NONE, query: 0, passage: 0 }));
    for (let from = 0; from < total; from += QUERIES_AT_ONCE) this.scan(asked, from, hits);
    return hits.filter((hit) => hit.cosine !== NONE);
  }

  /**
   * Cosines of query vectors with every passage of some posts: of query q with passage p at q × passages + p. Posts that
   * have no vectors here are left out. A NaN or infinite number throws.
   */
  compare(queries: Float32Array, posts: Iterable<string>): Map<string, Float32Array> {
    const asked = quantise(queries, this.dimension);
    const total = asked.scales.length;
    const found = new Map<string, Float32Array>();
    for (const post of posts) {
      const rows = this.posts.get(post);
      if (rows !== undefined && total > 0) found.set(post, new Float32Array(total * rows.count));
    }
    for (let from = 0; from < total; from += QUERIES_AT_ONCE) {
      const count = Math.min(QUERIES_AT_ONCE, total - from);
      this.kernel.setQueries(asked.values.subarray(from * this.dimension, (from + count) * this.dimension));
      for (const [post, cosines] of found) this.compareOne(post, asked, from, count, cosines);
    }
    return found;
  }

  /** The first vectors of a post, as the rounding left them, at most `most`; null for one that isn't there. */
  rowsOf(post: string, most = Infinity): Float32Array | null {
    const rows = this.posts.get(post);
    if (rows === undefined) return null;
    const { dimension } = this;
    const last = rows.first + Math.min(rows.count, most);
    const values = this.kernel.bytes().slice(rows.first * dimension, last * dimension);
    return dequantise({ dimension, values, scales: this.scales.slice(rows.first, last) });
  }

  /** Fills in the cosines of `count` queries from `from` on, which the kernel has. */
  private compareOne(
    post: string,
    { scales }: QuantisedVectors,
    from: number,
    count: number,
    cosines: Float32Array,
  ): void {
    const { first, count: passages } = this.posts.get(post) ?? { first: 0, count: 0 };
    for (let start = 0; start < passages; start += ROWS_AT_ONCE) {
      const rows = Math.min(ROWS_AT_ONCE, passages - start);
      const dots = this.kernel.dots(first + start, rows);
      for (let row = 0; row < rows; row++) {
        const scale = this.scales[first + start + row]!;
        for (let query = 0; query < count; query++) {
          const cosine = dots[row * QUERIES_AT_ONCE + query]! * scale * scales[from + query]!;
          cosines[(from + query) * passages + start + row] = Math.min(1, cosine);
        }
      }
    }
  }

  private scan(asked: QuantisedVectors, from: number, hits: SemanticHit[]): void {
    const count = Math.min(QUERIES_AT_ONCE, asked.scales.length - from);
    this.kernel.setQueries(asked.values.subarray(from * this.dimension, (from + count) * this.dimension));
    let dots: Int32Array = new Int32Array(0);
    let chunkFrom = 0;
    let chunkTo = 0;
    let at = 0;
    for (const { first, count: rows } of this.posts.values()) {
      const hit = hits[at++]!;
      for (let row = first; row < first + rows; row++) {
        if (row >= chunkTo) {
          chunkFrom = row;
          chunkTo = Math.min(this.used, row + ROWS_AT_ONCE);
          dots = this.kernel.dots(chunkFrom, chunkTo - chunkFrom);
        }
        const scale = this.scales[row]!;
        const place = (row - chunkFrom) * QUERIES_AT_ONCE;
        for (let query = 0; query < count; query++) {
          // Rounding to bytes can carry a near-copy past 1.
          const cosine = Math.min(1, dots[place + query]! * scale * asked.scales[from + query]!);
          if (cosine > hit.cosine) {
            hit.cosine = cosine;
            hit.query = from + query;
            hit.passage = row - first;
          }
        }
      }
    }
  }

  private reserve(rows: number): void {
    if (rows <= this.scales.length) return;
    const room = Math.max(FIRST_ROWS, rows, Math.ceil(this.scales.length * GROWTH));
    this.kernel.reserve(room);
    const scales = new Float32Array(room);
    scales.set(this.scales);
    this.scales = scales;
  }

  /** Closes the gaps. Rows only move down, so that none is overwritten before it has moved. */
  private compact(): void {
    const bytes = this.kernel.bytes();
    let to = 0;
    for (const rows of this.posts.values()) {
      bytes.copyWithin(to * this.dimension, rows.first * this.dimension, (rows.first + rows.count) * this.dimension);
      this.scales.copyWithin(to, rows.first, rows.first + rows.count);
      rows.first = to;
      to += rows.count;
    }
    this.used = to;
    this.wasted = 0;
  }
}
