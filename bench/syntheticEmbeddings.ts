// Vectors that lie as embeddings of passages do: near one common direction, in topics of unequal size, a post's own together.
import { bell, randomOf } from './random.ts';

/** Length of each part of a vector; their squares make about 1. */
const PARTS = { common: 0.45, topic: 0.45, post: 0.5, passage: 0.6 };
const TOPICS = 200;
const PASSAGES_OF_A_POST = 8;
/** The n-th direction varies as n to this power: real embeddings use some directions much more than others. */
const DECAY = -0.35;

/**
 * Gives unit vectors, row after row: cosines are about 0.2 between strangers, 0.4 within a topic, 0.65 within a post. The
 * n-th most frequent topic has one post in n. Directions of more and of less variance are mixed over all numbers, so that
 * no prefix of a vector says more than another.
 */
export class SyntheticEmbeddings {
  readonly dimension: number;
  private readonly random: () => number;
  private readonly spread: Float64Array;
  private readonly signs: Float64Array;
  private readonly common: Float64Array;
  private readonly topics: Float64Array[];

  /** `dimension` is a multiple of 16. */
  constructor(dimension: number, seed: number) {
    this.dimension = dimension;
    this.random = randomOf(seed);
    const shares = Float64Array.from({ length: dimension }, (_, at) => (at + 1) ** DECAY);
    const whole = Math.hypot(...shares);
    this.spread = shares.map((share) => share / whole);
    this.signs = Float64Array.from({ length: dimension }, () => (this.random() < 0.5 ? -1 : 1));
    this.common = this.part(PARTS.common);
    this.topics = Array.from({ length: TOPICS }, () => this.part(PARTS.topic));
  }

  /** Passages of posts that were not there before, by default eight of each post. */
  rows(count: number, ofAPost = PASSAGES_OF_A_POST): Float32Array<ArrayBuffer> {
    const { dimension, common } = this;
    const vectors = new Float32Array(count * dimension);
    const row = new Float64Array(dimension);
    let post = new Float64Array(dimension);
    let topic = common;
    for (let index = 0; index < count; index++) {
      if (index % ofAPost === 0) {
        topic = this.topics[Math.floor(TOPICS ** this.random()) - 1] ?? common;
        post = this.part(PARTS.post);
      }
      const own = this.part(PARTS.passage);
      for (let at = 0; at < dimension; at++) row[at] = common[at]! + topic[at]! + post[at]! + own[at]!;
      mix(row, this.signs);
      vectors.set(unit(row), index * dimension);
    }
    return vectors;
  }

  /** Something random of about this length. */
  private part(length: number): Float64Array<ArrayBuffer> {
    const { spread, random } = this;
    return Float64Array.from(spread, (share) => length * share * bell(random));
  }
}

/** Turns the space: random signs, then a Walsh–Hadamard transform over blocks of the largest power of two that fits. */
function mix(row: Float64Array, signs: Float64Array): void {
  const block = row.length & -row.length;
  for (let at = 0; at < row.length; at++) row[at]! *= signs[at]!;
  for (let half = 1; half < block; half *= 2) {
    for (let at = 0; at < row.length; at++) {
      if ((at & half) !== 0) continue;
      const [a, b] = [row[at]!, row[at + half]!];
      row[at] = a + b;
      row[at + half] = a - b;
    }
  }
}

function unit(row: Float64Array): Float64Array {
  let norm = 0;
  for (const value of row) norm += value * value;
  const length = Math.sqrt(norm);
  return row.map((value) => value / length);
}
