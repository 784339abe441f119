// Quantising loses at most half a step and nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise, quantise, quantiseQueries } from './quantise.ts';

const rows = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4 })).chain(([dimension, count]) =>
  fc.record({
    dimension: fc.constant(dimension),
    vectors: fc
      .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
        minLength: dimension * count,
        maxLength: dimension * count,
      })
      .map((numbers) => Float32Array.from(numbers)),
  }),
);

describe('quantise', () => {
  it('keeps every number to half a scale, and never uses −128', () => {
    fc.assert(
      fc.property(rows, ({ dimension, vectors }) => {
        const quantised = quantise(vectors, dimension);
        const back = dequantise(quantised);
        vectors.forEach((value, at) => {
          const scale = quantised.scales[Math.floor(at / dimension)]!;
          expect(quantised.values[at]).toBeGreaterThanOrEqual(-127);
          // Half a step, and the rounding of the scale itself to float32.
          expect(Math.abs(back[at]! - value)).toBeLessThanOrEqual(scale * 0.5001 + 1e-37);
        });
      }),
    );
  });

  it('rounds as Math.round does, numbers next to nothing and halves too', () => {
    const halves = fc.integer({ min: -254, max: 254 }).map((twice) => twice / 2);
    const numbers = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ max: Math.fround(1e-40), min: 0, noNaN: true }),
      halves,
    );
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 20 }), fc.boolean(), (some, withLargest) => {
        // With 127 among them the scale is 1, and a half is one exactly.
        const vector = Float32Array.from(withLargest ? [...some.map((x) => x % 127), 127] : some);
        const { values, scales } = quantise(vector, vector.length);
        const { values: fine, scales: fineScales } = quantiseQueries(vector, vector.length);
        const rounded = (scale: number, most: number) =>
          Array.from(vector, (x) => (scale === 0 ? 0 : Math.max(-most, Math.min(most, Math.round(x / scale))) + 0));
        expect([...values]).toEqual(rounded(scales[0]!, 127));
        expect([...fine]).toEqual(rounded(fineScales[0]!, 0x7fff));
      }),
      { numRuns: 2000 },
    );
  });

  it('mirrors: the opposite of a vector has the opposite bytes', () => {
    const vector = Float32Array.from([0.3, -0.7, 0.1, 0.02]);
    const opposite = vector.map((value) => -value);
    expect(quantise(opposite, 4).values).toEqual(quantise(vector, 4).values.map((value) => -value));
  });

  it('keeps a row of zeros as zeros with scale 0', () => {
    const { values, scales } = quantise(new Float32Array(16), 16);
    expect([...values].every((value) => value === 0)).toBe(true);
    expect(scales[0]).toBe(0);
  });

  it('refuses numbers that are not finite and rows that are not whole', () => {
    expect(() => quantise(Float32Array.from([1, NaN]), 2)).toThrow(RangeError);
    expect(() => quantise(Float32Array.from([1, Infinity]), 2)).toThrow(RangeError);
    expect(() => quantise(new Float32Array(3), 2)).toThrow(RangeError);
  });
});
