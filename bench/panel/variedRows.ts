// Vectors for more passages than can be embedded in the time of a bench: each lies around that of a real one.
import { bell, randomOf } from '../random.ts';

/** Length of what is added to a unit vector: two around the same one have a cosine of about 0.6. */
const SPREAD = 0.8;

/** `count` unit vectors, row after row, around the rows of `base` (unit vectors too) in turn. */
export function variedRows(
  base: Float32Array,
  count: number,
  dimension: number,
  seed: number,
): Float32Array<ArrayBuffer> {
  const random = randomOf(seed);
  const step = SPREAD / Math.sqrt(dimension);
  // The variance of `bell` is one.
  const rows = new Float32Array(count * dimension);
  for (let row = 0; row < count; row++) {
    const from = (row * dimension) % base.length;
    let norm = 0;
    for (let at = 0; at < dimension; at++) {
      const value = base[from + at]! + step * bell(random);
      rows[row * dimension + at] = value;
      norm += value * value;
    }
    const scale = 1 / Math.sqrt(norm);
    for (let at = 0; at < dimension; at++) rows[row * dimension + at]! *= scale;
  }
  return rows;
}
