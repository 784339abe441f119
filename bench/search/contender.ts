// What is measured side by side.
import type { DocumentFields } from '../../src/core/text/documentTerms.ts';

/** One question in the forms that libraries want. */
export interface VectorQuestion {
  floats: Float32Array;
  numbers: number[];
}

/** One way to ask what was built: an approximate index has several, from quick to careful. */
export interface Way<Question> {
  /** What is set, `ef 64` for instance; empty where there is nothing to set. */
  setting: string;
  /** Places of the best ten, best first. */
  ask: (question: Question) => number[] | Promise<number[]>;
}

export interface BuiltVectors {
  ways: Way<VectorQuestion>[];
  /** Bytes of its own WebAssembly memory, or typed arrays; null for what lives on the JavaScript heap. */
  memory: number | null;
}

export interface VectorInput {
  /** Unit vectors, row after row. */
  rows: Float32Array<ArrayBuffer>;
  dimension: number;
  count: number;
  /** To be called now and then while building; throws when that has taken too long. */
  check: (done: number) => void;
}

export interface VectorContender {
  name: string;
  /** Finds the true best by its kind, not by luck. */
  exact: boolean;
  /** Most vectors that it is tried with. */
  limit: number;
  build: (input: VectorInput) => BuiltVectors | Promise<BuiltVectors>;
}

/** Results that are asked for. */
export const TOP = 10;

/** A post as every library gets it. */
export interface BenchPost extends DocumentFields {
  id: string;
}

export interface WordQuestion {
  title: string;
  text: string;
}

export interface BuiltWords {
  /** Ids of the best ten, best first. */
  ask: (question: WordQuestion) => string[] | Promise<string[]>;
  add: (post: BenchPost) => unknown;
  remove: (post: BenchPost) => unknown;
  /** Bytes of what it would write to a disk; null for one that is built anew from the posts. */
  storedBytes: () => number | Promise<number> | null;
}

export interface WordContender {
  name: string;
  build: (posts: readonly BenchPost[]) => BuiltWords | Promise<BuiltWords>;
}

/** How many words in the text one in the title counts as, for those that can be told. */
export const TITLE_COUNTS = 3;
