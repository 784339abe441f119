// What is stored side by side: posts whose passages each have a vector.

export interface StoredBenchPost {
  id: string;
  title: string;
  summary: string;
  text: string;
  tags: string[];
  date: string | null;
  url: string | null;
  links: { href: string }[];
  /** [start, end) in `text`, as many for every post. */
  passages: [start: number, end: number][];
}

export interface StoreInput {
  posts: readonly StoredBenchPost[];
  /** Of every passage, in order: unit vectors, row after row. */
  rows: Float32Array<ArrayBuffer>;
  dimension: number;
}

export interface StoreQuestion {
  /** Of the post that should be found first. */
  title: string;
  text: string;
  vector: Float32Array<ArrayBuffer>;
}

/** Milliseconds. */
export interface WriteTimes {
  vectors: number;
  /** Texts, and whatever else is kept. */
  others: number;
}

export interface ReopenTimes {
  /** To an answer by words, where there is one. */
  words: number | null;
  /** To an answer by vectors. */
  vectors: number;
  /** Of the post found first, by words and by vectors. */
  found: { words: string | null; vectors: string };
}

export interface StoreContender {
  name: string;
  /** Most passages that it is tried with. */
  limit: number;
  /** Into an empty profile; everything is on the disk when it resolves. `check` throws when it has taken too long. */
  write: (input: StoreInput, check: (done: number) => void) => Promise<WriteTimes>;
  /** In a new browser: from nothing to an answer. */
  reopen: (question: StoreQuestion, dimension: number) => Promise<ReopenTimes>;
}
