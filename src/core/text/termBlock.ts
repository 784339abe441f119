// The terms of several posts together, by their places in a dictionary: small to store, and quick to make an index of.

/** Terms of a post by their ids, each once. */
export interface TermList {
  ids: ArrayLike<number>;
  /** Occurrences, parallel to `ids`. */
  counts: ArrayLike<number>;
  /** As `DocumentTerms.length`. */
  length: number;
}

/** Terms by id, and the stem of each; undefined where an id is of no term. */
export interface Vocabulary {
  readonly terms: readonly (string | undefined)[];
  readonly stems: readonly (string | undefined)[];
}

export interface TermBlock {
  /** Ids of the terms of all posts, each once. */
  distinct: Uint32Array<ArrayBuffer>;
  /** Where the terms of each post begin in `places` and `counts`, and after the last post where they end. */
  starts: Uint32Array<ArrayBuffer>;
  /** Places in `distinct`. */
  places: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Occurrences, parallel to `places`. */
  counts: Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  /** Of each post, as `DocumentTerms.length`. */
  lengths: Float64Array<ArrayBuffer>;
}

/** Ids are ascending in `distinct`, and so are the places of each post. */
export function packTerms(posts: readonly TermList[]): TermBlock {
  const total = posts.reduce((sum, { ids }) => sum + ids.length, 0);
  const distinct = Uint32Array.from(new Set(posts.flatMap(({ ids }) => Array.from(ids)))).sort();
  const placeOf = new Map(Array.from(distinct, (id, place) => [id, place]));
  const starts = new Uint32Array(posts.length + 1);
  const places = new Uint32Array(total);
  const counts = new Uint32Array(total);
  let at = 0;
  posts.forEach((post, index) => {
    const order = Uint32Array.from({ length: post.ids.length }, (_, nth) => nth);
    for (const nth of order.sort((a, b) => post.ids[a]! - post.ids[b]!)) {
      places[at] = placeOf.get(post.ids[nth]!)!;
      counts[at++] = post.counts[nth]!;
    }
    starts[index + 1] = at;
  });
  const lengths = Float64Array.from(posts, ({ length }) => length);
  return { distinct, starts, places, counts, lengths };
}

/** The terms of one post of a block, by ascending ids. */
export function unpackTerms({ distinct, starts, places, counts, lengths }: TermBlock, post: number): TermList {
  const [from, to] = [starts[post]!, starts[post + 1]!];
  const ids = new Uint32Array(to - from);
  for (let at = from; at < to; at++) ids[at - from] = distinct[places[at]!]!;
  return { ids, counts: counts.slice(from, to), length: lengths[post]! };
}
