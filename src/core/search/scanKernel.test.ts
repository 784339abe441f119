// The kernel, its plain twin and exact integer arithmetic agree to the last bit, and the bytes that ship are those of the source.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildScan } from '../../../scripts/buildScan.js';
import {
  compileScan,
  createPlainKernel,
  createScanKernel,
  createWasmKernel,
  QUERIES_AT_ONCE,
  ROWS_AT_ONCE,
  type ScanKernel,
} from './scanKernel.ts';

const wasm = (dimension: number): ScanKernel => {
  const module = compileScan();
  if (module === null) throw new Error('This engine has no WebAssembly SIMD.');
  return createWasmKernel(dimension, module);
};

/** Sums as 64-bit integers: nothing can overflow or round. */
function exact(rows: Int8Array, queries: Int8Array, dimension: number, row: number, query: number): bigint {
  let sum = 0n;
  for (let at = 0; at < dimension; at++) {
    sum += BigInt(rows[row * dimension + at]!) * BigInt(queries[query * dimension + at]!);
  }
  return sum;
}

const cases = fc
  .record({
    sixteens: fc.integer({ min: 4, max: 24 }),
    rows: fc.integer({ min: 1, max: 9 }),
    queries: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ sixteens, rows, queries }) => {
    const dimension = sixteens * 16;
    const bytes = (count: number): fc.Arbitrary<Int8Array> =>
      fc.oneof(
        fc.int8Array({ minLength: count, maxLength: count }),
        fc.constantFrom(-128, 127).map((value) => new Int8Array(count).fill(value)),
      );
    return fc.record({
      dimension: fc.constant(dimension),
      first: fc.integer({ min: 0, max: rows - 1 }),
      rows: bytes(rows * dimension),
      queries: bytes(queries * dimension),
    });
  });

describe('the scan kernel', () => {
  it.each([
    ['WebAssembly', wasm],
    ['plain JavaScript', createPlainKernel],
  ])('multiplies exactly in %s, for 64 to 384 dimensions and one to four queries', (_, create) => {
    fc.assert(
      fc.property(cases, ({ dimension, first, rows, queries }) => {
        const kernel = create(dimension);
        const count = rows.length / dimension;
        kernel.reserve(count);
        kernel.bytes().set(rows);
        kernel.setQueries(queries);
        const dots = kernel.dots(first, count - first);
        for (let row = first; row < count; row++) {
          for (let query = 0; query < queries.length / dimension; query++) {
            const got = dots[(row - first) * QUERIES_AT_ONCE + query]!;
            expect(BigInt(got)).toBe(exact(rows, queries, dimension, row, query));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its rows when it grows, over many pages', () => {
    const kernel = wasm(64);
    const row = Int8Array.from({ length: 64 }, (_, at) => at - 32);
    kernel.reserve(1);
    kernel.bytes().set(row);
    kernel.reserve(ROWS_AT_ONCE * 3);
    kernel.bytes().set(row, (ROWS_AT_ONCE * 3 - 1) * 64);
    kernel.setQueries(row);
    const norm = row.reduce((sum, value) => sum + value * value, 0);
    expect(kernel.dots(0, 1)[0]).toBe(norm);
    expect(kernel.dots(ROWS_AT_ONCE * 2, ROWS_AT_ONCE)[(ROWS_AT_ONCE - 1) * QUERIES_AT_ONCE]).toBe(norm);
  });

  it('is WebAssembly where SIMD is there', () => {
    expect(createScanKernel(384).kind).toBe('wasm-simd');
  });

  it.each([0, 8, 100])('refuses %d dimensions', (dimension) => {
    expect(() => createScanKernel(dimension)).toThrow(RangeError);
    expect(() => createPlainKernel(dimension)).toThrow(RangeError);
  });

  it('refuses no query and more than four', () => {
    const kernel = wasm(64);
    expect(() => kernel.setQueries(new Int8Array(0))).toThrow(RangeError);
    expect(() => kernel.setQueries(new Int8Array(64 * 5))).toThrow(RangeError);
  });

  it('ships exactly what its source compiles to', async () => {
    const shipped = readFileSync(new URL('./scanBinary.ts', import.meta.url), 'utf8');
    expect(shipped, 'run node scripts/buildScan.js').toBe(await buildScan());
  });
});
