// Gathers the best row of every post while the rows go by: numbers by slot, since nearly each row changes one of them at first.
import type { BestRow } from './bestPosts.ts';
import type { BestOfRows } from './scanKernel.ts';

export class BestOfEach {
  /** No row is too far from the queries. */
  readonly floor = -Infinity;
  private readonly keep: (slot: number) => boolean;
  private readonly cosines: Float32Array;
  private readonly queries: Int32Array;
  private readonly rows: Int32Array;
  private slot = 0;

  /** Of so many slots those that `keep` lets in; it is asked once of each that has rows. */
  constructor(slots: number, keep: (slot: number) => boolean) {
    this.keep = keep;
    this.cosines = new Float32Array(slots).fill(-Infinity);
    this.queries = new Int32Array(slots);
    this.rows = new Int32Array(slots);
  }

  /** As BestPosts.take. */
  take({ count, cosines, queries }: BestOfRows, first: number, starts: Int32Array): void {
    let { slot } = this;
    for (let at = 0; at < count; at++) {
      const row = first + at;
      while (row >= starts[slot + 1]!) slot++;
      if (cosines[at]! <= this.cosines[slot]!) continue;
      this.cosines[slot] = cosines[at]!;
      this.queries[slot] = queries[at]!;
      this.rows[slot] = row;
    }
    this.slot = slot;
  }

  /** In the order of their slots; none for a post without rows. */
  hits(): BestRow[] {
    const found: BestRow[] = [];
    for (let slot = 0; slot < this.cosines.length; slot++) {
      const cosine = this.cosines[slot]!;
      if (cosine > -Infinity && this.keep(slot))
        found.push({ slot, cosine, query: this.queries[slot]!, row: this.rows[slot]! });
    }
    return found;
  }
}
