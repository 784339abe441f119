// The terms of several posts together, each distinct term once: small to store, and quick to make an index of.
import type { DocumentTerms } from './documentTerms.ts';
import { stemOf } from './terms.ts';

export interface TermBlock {
  /** Distinct, in the order in which they were met. */
  terms: readonly string[];
  /** Of each term. */
  stems: readonly string[];
  /** Where the terms of each post begin in `places` and `counts`, and after the last post where they end. */
  starts: Uint32Array<ArrayBuffer>;
  /** Places in `terms`. */
  places: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Occurrences, parallel to `places`. */
  counts: Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  /** Of each post, as `DocumentTerms.length`. */
  lengths: Float64Array<ArrayBuffer>;
}

export function packTerms(posts: readonly DocumentTerms[]): TermBlock {
  const total = posts.reduce((sum, { terms }) => sum + terms.length, 0);
  const starts = new Uint32Array(posts.length + 1);
  const places = new Uint32Array(total);
  const counts = new Uint32Array(total);
  const known = new Map<string, number>();
  let at = 0;
  posts.forEach((post, index) => {
    post.terms.forEach((term, nth) => {
      let place = known.get(term);
      if (place === undefined) known.set(term, (place = known.size));
      places[at] = place;
      counts[at++] = post.counts[nth] ?? 1;
    });
    starts[index + 1] = at;
  });
  const terms = [...known.keys()];
  const lengths = Float64Array.from(posts, ({ length }) => length);
  return { terms, stems: terms.map(stemOf), starts, places, counts, lengths };
}

/** The terms of one post of a block, as they were packed. */
export function unpackTerms({ terms, starts, places, counts, lengths }: TermBlock, post: number): DocumentTerms {
  const [from, to] = [starts[post]!, starts[post + 1]!];
  return {
    terms: [...places.subarray(from, to)].map((place) => terms[place]!),
    counts: [...counts.subarray(from, to)],
    length: lengths[post]!,
  };
}
