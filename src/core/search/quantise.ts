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

/**
 * Quantises rows of `dimension` numbers. The scale is the largest magnitude of the row divided by 127, so that each
 * number is off by at most half a scale. Throws a RangeError when the length isn't whole rows or a number isn't finite.
 */
export function quantise(vectors: Float32Array, dimension: number): QuantisedVectors {
  const count = vectors.length / dimension;
  if (!Number.isInteger(count)) throw new RangeError(`${vectors.length} numbers are no whole rows of ${dimension}.`);
  const values = new Int8Array(vectors.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const from = row * dimension;
    let largest = 0;
    for (let at = from; at < from + dimension; at++) {
      const magnitude = Math.abs(vectors[at]!);
      // Negated, so that NaN is caught as well.
      if (!(magnitude <= Number.MAX_VALUE)) throw new RangeError(`Row ${row} holds a number that is not finite.`);
      if (magnitude > largest) largest = magnitude;
    }
    const scale = Math.fround(largest / LARGEST);
    // A scale too small for float32 makes the row zero, which it is for every comparison.
    if (scale === 0) continue;
    scales[row] = scale;
    for (let at = from; at < from + dimension; at++) {
      values[at] = Math.max(-LARGEST, Math.min(LARGEST, Math.round(vectors[at]! / scale)));
    }
  }
  return { dimension, values, scales };
}

/** The numbers that quantised rows stand for. */
export function dequantise({ dimension, values, scales }: QuantisedVectors): Float32Array {
  const vectors = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) vectors[at] = values[at]! * scales[Math.floor(at / dimension)]!;
  return vectors;
}
