// Exact vector search over the passages of all posts, grouped by post, changed one post at a time.
import { BestOfEach } from './bestOfEach.ts';
import { BestPosts } from './bestPosts.ts';
import { dequantise, quantiseQueries, type QuantisedVectors } from './quantise.ts';
import { createScanKernel, ROWS_AT_ONCE, type ScanKernel } from './scanKernel.ts';

/** How the vectors of a query compare with one post. */
export interface SemanticHit {
  post: string;
  /** Highest cosine of any query vector with any passage, −1 to 1. */
  cosine: number;
  /** Which query vector and which passage of the post (as given to `add`) that is. */
  query: number;
  passage: number;
}

export interface SearchOptions {
  /** Most hits; without it there is one for each post. */
  most?: number;
  /** Whether a post may be found; asked of those that would be. All without it. */
  keep?: (post: string) => boolean;
}

/** Rows of removed posts are left until they are this share of all; then everything moves together. */
const WASTE_LIMIT = 0.25;
const GROWTH = 1.25;
const FIRST_ROWS = 1024;

export class VectorIndex {
  readonly dimension: number;
  private readonly kernel: ScanKernel;
  /** Where each post stands in `slots`. */
  private readonly posts = new Map<string, number>();
  /** Posts in the order of their rows; null for one that was removed. */
  private slots: (string | null)[] = [];
  /** First row of each slot, and after the last slot the first row that is free. */
  private starts = new Int32Array(1);
  private room = 0;
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

  /** Rows in use, those of removed posts included. */
  private get used(): number {
    return this.starts[this.slots.length]!;
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
    const first = this.used;
    this.reserve(first + count);
    this.kernel.bytes().set(vectors.values, first * this.dimension);
    this.kernel.scales().set(vectors.scales, first);
    this.posts.set(post, this.slots.length);
    this.slots.push(post);
    if (this.slots.length === this.starts.length) this.starts = grown(this.starts);
    this.starts[this.slots.length] = first + count;
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(post: string): void {
    const slot = this.posts.get(post);
    if (slot === undefined) return;
    this.posts.delete(post);
    this.slots[slot] = null;
    this.wasted += this.starts[slot + 1]! - this.starts[slot]!;
    const emptySlots = this.slots.length - this.posts.size;
    if (this.wasted > this.used * WASTE_LIMIT || emptySlots > this.posts.size + FIRST_ROWS) this.compact();
  }

  /**
   * Compares query vectors (unit length, row after row) with every passage of every post, exactly but for the rounding
   * to bytes. One hit for each post, in no particular order, or for the best `most` of them, best first; none for an empty
   * query. A NaN or infinite number throws a RangeError.
   */
  search(queries: Float32Array, { most = Infinity, keep = () => true }: SearchOptions = {}): SemanticHit[] {
    const { slots, used } = this;
    const starts = this.starts.subarray(0, slots.length + 1);
    const isKept = (slot: number): boolean => {
      const post = slots[slot];
      return typeof post === 'string' && keep(post);
    };
    const best = most === Infinity ? new BestOfEach(slots.length, isKept) : new BestPosts(most, isKept);
    const asked = quantiseQueries(queries, this.dimension);
    if (asked.scales.length === 0 || most <= 0) return [];
    this.kernel.setQueries(asked);
    for (let first = 0; first < used; first += ROWS_AT_ONCE) {
      best.take(this.kernel.best(first, Math.min(ROWS_AT_ONCE, used - first), best.floor), first, starts);
    }
    return best.hits().map(({ slot, cosine, query, row }) => ({
      post: slots[slot]!,
      // Rounding to bytes can carry a near-copy past 1.
      cosine: Math.min(1, cosine),
      query,
      passage: row - starts[slot]!,
    }));
  }

  /**
   * Cosines of query vectors with every passage of some posts: of query q with passage p at q × passages + p. Posts that
   * have no vectors here are left out. A NaN or infinite number throws a RangeError.
   */
  compare(queries: Float32Array, posts: Iterable<string>): Map<string, Float32Array> {
    const asked = quantiseQueries(queries, this.dimension);
    const total = asked.scales.length;
    const found = new Map<string, Float32Array>();
    if (total === 0) return found;
    this.kernel.setQueries(asked);
    for (const post of posts) {
      const slot = this.posts.get(post);
      if (slot === undefined) continue;
      const [first, end] = [this.starts[slot]!, this.starts[slot + 1]!];
      const cosines = new Float32Array(total * (end - first));
      for (let row = first; row < end; row += ROWS_AT_ONCE) {
        this.kernel.compare(row, Math.min(ROWS_AT_ONCE, end - row), cosines.subarray(row - first), end - first);
      }
      for (let at = 0; at < cosines.length; at++) cosines[at] = Math.min(1, cosines[at]!);
      found.set(post, cosines);
    }
    return found;
  }

  /** The first vectors of a post, as the rounding left them, at most `most`; null for one that isn't there. */
  rowsOf(post: string, most = Infinity): Float32Array | null {
    const rows = this.quantisedRowsOf(post, most);
    return rows === null ? null : dequantise(rows);
  }

  /** As `rowsOf`, as they are held. */
  quantisedRowsOf(post: string, most = Infinity): QuantisedVectors | null {
    const slot = this.posts.get(post);
    if (slot === undefined) return null;
    const { dimension, kernel } = this;
    const first = this.starts[slot]!;
    const last = Math.min(this.starts[slot + 1]!, first + most);
    const values = kernel.bytes().slice(first * dimension, last * dimension);
    return { dimension, values, scales: kernel.scales().slice(first, last) };
  }

  private reserve(rows: number): void {
    if (rows <= this.room) return;
    this.room = Math.max(FIRST_ROWS, rows, Math.ceil(this.room * GROWTH));
    this.kernel.reserve(this.room);
  }

  /** Closes the gaps. Rows only move down, so that none is overwritten before it has moved. */
  private compact(): void {
    const { dimension, starts } = this;
    const bytes = this.kernel.bytes();
    const scales = this.kernel.scales();
    const posts: string[] = [];
    let to = 0;
    for (const [slot, post] of this.slots.entries()) {
      if (post === null) continue;
      const [first, end] = [starts[slot]!, starts[slot + 1]!];
      bytes.copyWithin(to * dimension, first * dimension, end * dimension);
      scales.copyWithin(to, first, end);
      this.posts.set(post, posts.length);
      starts[posts.length] = to;
      posts.push(post);
      to += end - first;
    }
    starts[posts.length] = to;
    this.slots = posts;
    this.wasted = 0;
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
