// Made vectors are what they are said to be.
import { describe, expect, it } from 'vitest';
import { SyntheticEmbeddings } from './syntheticEmbeddings.ts';

function cosine(rows: Float32Array, dimension: number, a: number, b: number): number {
  let sum = 0;
  for (let at = 0; at < dimension; at++) sum += rows[a * dimension + at]! * rows[b * dimension + at]!;
  return sum;
}

describe('synthetic embeddings', () => {
  it.each([64, 256, 384])('are of unit length and near their post, in %d dimensions', (dimension) => {
    const rows = new SyntheticEmbeddings(dimension, 1).rows(800);
    const [own, strange]: [number[], number[]] = [[], []];
    for (let row = 0; row < 800; row++) {
      expect(cosine(rows, dimension, row, row)).toBeCloseTo(1, 5);
      if (row % 8 !== 0) own.push(cosine(rows, dimension, row, row - 1));
      strange.push(cosine(rows, dimension, row, (row + 333) % 800));
    }
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(own)).toBeGreaterThan(0.55);
    expect(mean(own)).toBeLessThan(0.75);
    expect(mean(strange)).toBeGreaterThan(0.1);
    expect(mean(strange)).toBeLessThan(0.35);
  });

  it('are the same for the same seed, and others for another', () => {
    const rows = new SyntheticEmbeddings(64, 5).rows(20);
    expect(new SyntheticEmbeddings(64, 5).rows(20)).toEqual(rows);
    expect(new SyntheticEmbeddings(64, 6).rows(20)).not.toEqual(rows);
  });

  it('carry no more in a prefix than in any other part', () => {
    const rows = new SyntheticEmbeddings(64, 2).rows(400);
    let prefix = 0;
    for (let row = 0; row < 400; row++) for (let at = 0; at < 16; at++) prefix += rows[row * 64 + at]! ** 2;
    expect(prefix / 400).toBeGreaterThan(0.15);
    expect(prefix / 400).toBeLessThan(0.35);
  });
});
