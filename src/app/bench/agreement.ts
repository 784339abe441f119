// How near two sets of vectors are.

export interface Agreement {
  /** Mean and worst cosine over all texts. */
  mean: number;
  worst: number;
  /** Whether every number is the same to the last bit. */
  equal: boolean;
}

/** Both hold rows of `width` numbers, in the same order. Throws when one has more rows than the other. */
export function agreement(some: Float32Array, others: Float32Array, width: number): Agreement {
  if (some.length !== others.length) {
    throw new Error(`${some.length / width} rows can not be compared with ${others.length / width}.`);
  }
  const cosines: number[] = [];
  for (let row = 0; row < some.length; row += width) {
    let [product, left, right] = [0, 0, 0];
    for (let at = row; at < row + width; at++) {
      const [a, b] = [some[at] ?? NaN, others[at] ?? NaN];
      product += a * b;
      left += a * a;
      right += b * b;
    }
    cosines.push(product / Math.sqrt(left * right));
  }
  return {
    mean: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length,
    worst: Math.min(...cosines),
    equal: some.every((value, at) => value === others[at]),
  };
}
