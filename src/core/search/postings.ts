// Occurrences of terms, and how those of posts that came together in a block wait there until somebody asks for them.
import type { TermBlock, Vocabulary } from '../text/termBlock.ts';

export const COUNT_BITS = 8;
export const SLOT_STEP = 1 << COUNT_BITS;
export const COUNT_LIMIT = SLOT_STEP - 1;

/**
 * Occurrences of one term, ordered by slot; each is `slot × 256 + count`, a small integer that engines store in four
 * or eight bytes. Counts saturate at 255, where BM25 has long stopped to care.
 */
export interface Posting {
  term: string;
  /** Those that were gathered. */
  entries: number[];
  /** Posts that have the term. */
  size: number;
  /** The last block that has the term and was not gathered yet, by its number, and the term's place there. */
  block: number;
  place: number;
}

/** In place of the number of a block. */
export const NO_BLOCK = -1;

/** Postings by the ids of the vocabulary that blocks came with. */
export interface NamedPostings {
  vocabulary: Vocabulary;
  postings: (Posting | undefined)[];
}

/** Posts that came together: most of their terms are never asked for. Numbers alone, so that none of it is looked at when memory is cleaned up. */
export interface Block {
  /** Slot of its first post; the others follow. */
  slot: number;
  /** Where the terms of each post begin in `places`. */
  starts: Uint32Array;
  /** Of the terms of each post, in `distinct`. */
  places: Uint32Array | Uint16Array;
  /** Ids of the terms, and whose postings they are. */
  distinct: Uint32Array;
  named: NamedPostings;
  /** Occurrences by term, and where those of each begin. */
  entries: Uint32Array;
  runs: Uint32Array;
  /** Of each term, the number of the block before this one that has it, and its place there. */
  before: Int32Array;
  placeBefore: Uint32Array;
}

/** Sorts the occurrences of a block's posts by term; `slot` is that of the first. Nothing is known of other blocks yet. */
export function sortBlock(slot: number, posts: number, terms: TermBlock, named: NamedPostings): Block {
  const { distinct, starts, places, counts } = terms;
  const runs = new Uint32Array(distinct.length + 1);
  for (let at = 0; at < places.length; at++) runs[places[at]! + 1]!++;
  for (let place = 0; place < distinct.length; place++) runs[place + 1]! += runs[place]!;
  const next = runs.slice();
  const entries = new Uint32Array(places.length);
  for (let index = 0; index < posts; index++) {
    for (let at = starts[index]!; at < starts[index + 1]!; at++) {
      entries[next[places[at]!]!++] = (slot + index) * SLOT_STEP + Math.min(counts[at]!, COUNT_LIMIT);
    }
  }
  const before = new Int32Array(distinct.length);
  const placeBefore = new Uint32Array(distinct.length);
  return { slot, starts, places, distinct, named, entries, runs, before, placeBefore };
}

/** The same posting, with the occurrences of all blocks among its own. */
export function gathered(posting: Posting, blocks: readonly Block[]): Posting {
  if (posting.block === NO_BLOCK) return posting;
  // The last block comes first, so they are filled in from the end.
  let at = (posting.entries.length = posting.size);
  for (let { block: number, place } = posting; number !== NO_BLOCK;) {
    const { entries, runs, before, placeBefore } = blocks[number]!;
    for (let from = runs[place + 1]!; from > runs[place]!;) posting.entries[--at] = entries[--from]!;
    number = before[place]!;
    place = placeBefore[place]!;
  }
  posting.block = NO_BLOCK;
  return posting;
}

/** Of the terms of one post of a block. */
export function postingsOfPost({ slot, starts, places, distinct, named }: Block, at: number): Posting[] {
  const own = places.subarray(starts[at - slot], starts[at - slot + 1]);
  return Array.from(own, (place) => named.postings[distinct[place]!]!);
}
