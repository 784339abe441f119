// Vectors to measure with.

/** Random vectors of unit length, row after row. */
export function unitRows(rows: number, dimension: number): Float32Array {
  const vectors = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const from = row * dimension;
    let norm = 0;
    for (let at = from; at < from + dimension; at++) {
      const value = Math.random() + Math.random() + Math.random() - 1.5;
      vectors[at] = value;
      norm += value * value;
    }
    for (let at = from; at < from + dimension; at++) vectors[at]! /= Math.sqrt(norm);
  }
  return vectors;
}
