// The terms of a block of posts as bytes: differences of ascending numbers, seven bits a byte.
import type { TermBlock } from '../text/termBlock.ts';

/** What is known of the terms beside their bytes. */
export interface TermSizes {
  posts: number;
  /** Terms of all posts. */
  total: number;
  /** Distinct terms. */
  known: number;
}

/** A 32-bit number takes no more. */
const MOST_BYTES = 5;
const LARGEST_COUNT = 255;

/**
 * Distinct ids, then of each post how many terms it has and their places; a place is doubled, and one more where a count
 * other than 1 follows. `distinct` and the places of each post must be ascending, as `packTerms` gives them. Counts saturate at 255.
 */
export function encodeTerms({ distinct, starts, places, counts }: Omit<TermBlock, 'lengths'>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MOST_BYTES * (distinct.length + starts.length + 2 * places.length));
  let at = 0;
  const write = (number: number): void => {
    for (; number > 0x7f; number >>>= 7) bytes[at++] = (number & 0x7f) | 0x80;
    bytes[at++] = number;
  };
  let last = 0;
  for (const id of distinct) {
    write(id - last);
    last = id;
  }
  for (let post = 0; post + 1 < starts.length; post++) {
    const [from, to] = [starts[post] ?? 0, starts[post + 1] ?? 0];
    write(to - from);
    last = 0;
    for (let nth = from; nth < to; nth++) {
      const count = Math.min(counts[nth] ?? 1, LARGEST_COUNT);
      const place = places[nth] ?? 0;
      write((place - last) * 2 + (count === 1 ? 0 : 1));
      if (count !== 1) write(count);
      last = place;
    }
  }
  return bytes.slice(0, at);
}

/** The terms that were encoded. */
export function decodeTerms(bytes: Uint8Array, { posts, total, known }: TermSizes): Omit<TermBlock, 'lengths'> {
  let at = 0;
  const read = (): number => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
  };
  const distinct = new Uint32Array(known);
  for (let nth = 0, last = 0; nth < known; nth++) distinct[nth] = last += read();
  const starts = new Uint32Array(posts + 1);
  const places = known > 0x10000 ? new Uint32Array(total) : new Uint16Array(total);
  const counts = new Uint8Array(total);
  for (let post = 0, nth = 0; post < posts; post++) {
    const end = (starts[post + 1] = nth + read());
    for (let last = 0; nth < end; nth++) {
      const number = read();
      places[nth] = last += number >>> 1;
      counts[nth] = number & 1 ? read() : 1;
    }
  }
  return { distinct, starts, places, counts };
}
