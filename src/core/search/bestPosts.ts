// Gathers the best row of each post while the rows go by, and knows which are no longer worth a look.
import { firstAtLeast } from '../text/firstAtLeast.ts';
import { ROWS_FOUND, type BestOfRows } from './scanKernel.ts';

/** A post by its place among all, and its best row. */
export interface BestRow {
  slot: number;
  cosine: number;
  query: number;
  row: number;
}

/** Times as many are held as are wanted, and some, so that the worst of them is looked for once in a while. */
const HELD = 3;
const HELD_AT_LEAST = 32;

export class BestPosts {
  private readonly most: number;
  private readonly keep: (slot: number) => boolean;
  private held: BestRow[] = [];
  /** The post whose rows go by, its last row and one; null when it may not be found. */
  private own: BestRow | null = null;
  private slot = -1;
  private end = 0;
  /** Cosine that a row must be above to change anything. */
  floor = -Infinity;

  /** Gathers the best `most` of the posts that `keep` lets in. */
  constructor(most: number, keep: (slot: number) => boolean) {
    this.most = most;
    this.keep = keep;
  }

  /**
   * Takes in rows from `first` on, all of them in order once. The post in slot s has those from `starts[s]` to before
   * `starts[s + 1]`.
   */
  take({ count, cosines, queries, found, foundCount }: BestOfRows, first: number, starts: Int32Array): void {
    for (let group = 0; group < foundCount; group++) {
      const from = found[group]!;
      for (let at = from; at < Math.min(from + ROWS_FOUND, count); at++) {
        const cosine = cosines[at]!;
        if (cosine <= this.floor) continue;
        const row = first + at;
        if (row >= this.end) this.begin(row, starts);
        const { own } = this;
        if (own === null || cosine <= own.cosine) continue;
        own.cosine = cosine;
        own.query = queries[at]!;
        own.row = row;
      }
    }
  }

  /** The best, highest cosine first and of equals the one with the lower slot. */
  hits(): BestRow[] {
    return [...this.held].sort((a, b) => b.cosine - a.cosine || a.slot - b.slot).slice(0, this.most);
  }

  /** Goes on to the post that has the row. */
  private begin(row: number, starts: Int32Array): void {
    const next = this.slot + 1;
    this.slot = starts[next + 1]! > row ? next : firstAtLeast(starts, row + 1) - 1;
    this.end = starts[this.slot + 1]!;
    this.own = null;
    if (!this.keep(this.slot)) return;
    if (this.held.length >= Math.max(HELD_AT_LEAST, this.most * HELD)) this.prune();
    this.own = { slot: this.slot, cosine: -Infinity, query: 0, row };
    this.held.push(this.own);
  }

  private prune(): void {
    this.held = this.hits();
    this.floor = this.held.at(-1)?.cosine ?? -Infinity;
  }
}
