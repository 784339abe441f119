// Unit vectors as bytes: symmetric int8 with one scale per vector.

/** Vectors row after row: `values` holds count × dimension bytes in −127…127, `scales` one factor a row. */
export interface QuantisedVectors {
  dimension: number;
  values: Int8Array;
  /** A row's numbers are its bytes times its scale; 0 for a row of zeros. */
  scales: Float32Array;
}

/** Largest magnitude of a byte: −128 is left out so that a vector and its opposite are mirror images. */
const LARGEST = 127;
/** What a byte can hold all the same. */
const LOWEST_BYTE = -128;

/**
 * Quantises rows of `dimension` numbers. The scale is the largest magnitude of the row divided by 127, so that each
 * number is off by at most half a scale. Throws a RangeError when the length isn't whole rows or a number isn't finite.
 */
export function quantise(vectors: Float32Array, dimension: number): QuantisedVectors {
  const count = rowCount(vectors, dimension);
  const values = new Int8Array(vectors.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) scales[row] = quantiseRow(vectors, row * dimension, dimension, LARGEST, values);
  return { dimension, values, scales };
}

function rowCount(vectors: Float32Array, dimension: number): number {
  const count = vectors.length / dimension;
  if (!Number.isInteger(count)) throw new RangeError(`${vectors.length} numbers are no whole rows of ${dimension}.`);
  return count;
}

/** Writes one row as numbers of at most `most` and returns its scale. */
function quantiseRow(
  vectors: Float32Array,
  from: number,
  dimension: number,
  most: number,
  values: Int8Array | Int16Array,
): number {
  const to = from + dimension;
  let largest = 0;
  for (let at = from; at < to; at++) {
    const magnitude = Math.abs(vectors[at]!);
    // Negated, so that NaN is caught as well.
    if (!(magnitude <= Number.MAX_VALUE)) {
      throw new RangeError(`Row ${from / dimension} holds a number that is not finite.`);
    }
    if (magnitude > largest) largest = magnitude;
  }
  const scale = Math.fround(largest / most);
  // A scale too small for float32 makes the row zero, which it is for every comparison.
  if (scale === 0) return 0;
  // As Math.round does it, two and a half times as fast: what is shifted above 0 is rounded down by cutting it off. A quotient of
  // two float32 is never so close to a half that the sum, in 53 bits, would fall on the other side.
  const shift = most + 1;
  for (let at = from; at < to; at++) {
    const whole = ((vectors[at]! / scale + (shift + 0.5)) | 0) - shift;
    // The scale itself is rounded, which counts only where it is next to nothing.
    values[at] = whole > most ? most : whole < -most ? -most : whole;
  }
  return scale;
}

/** Queries row after row, in 16 bits: finer than what they are compared with, at no cost. */
export interface QuantisedQueries {
  dimension: number;
  values: Int16Array;
  scales: Float32Array;
}

/**
 * As `quantise`, with numbers of 16 bits, or as large as a sum over `dimension` products with bytes stays below 2^31.
 */
export function quantiseQueries(vectors: Float32Array, dimension: number): QuantisedQueries {
  const count = rowCount(vectors, dimension);
  const values = new Int16Array(vectors.length);
  const scales = new Float32Array(count);
  const largest = Math.min(0x7fff, Math.floor(0x7fffffff / (-LOWEST_BYTE * dimension)));
  for (let row = 0; row < count; row++) scales[row] = quantiseRow(vectors, row * dimension, dimension, largest, values);
  return { dimension, values, scales };
}

/** The numbers that quantised rows stand for. */
export function dequantise({ dimension, values, scales }: QuantisedVectors): Float32Array {
  const vectors = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) vectors[at] = values[at]! * scales[Math.floor(at / dimension)]!;
  return vectors;
}
