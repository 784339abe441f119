// The kernel and its plain twin agree to the last bit, both with exact arithmetic, and the bytes that ship are those of the source.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildScan } from '../../../scripts/buildScan.js';
import type { QuantisedQueries } from './quantise.ts';
import {
  compileScan,
  createPlainKernel,
  createScanKernel,
  createWasmKernel,
  ROWS_AT_ONCE,
  ROWS_FOUND,
  type ScanKernel,
} from './scanKernel.ts';

const wasm = (dimension: number): ScanKernel => {
  const module = compileScan();
  if (module === null) throw new Error('This engine has no WebAssembly SIMD.');
  return createWasmKernel(dimension, module);
};

/** The sum as a 64-bit integer, where nothing overflows or rounds, times both factors. */
function exact({ rows, scales, queries }: Case, row: number, query: number): number {
  const { dimension } = queries;
  let sum = 0n;
  for (let at = 0; at < dimension; at++) {
    sum += BigInt(rows[row * dimension + at]!) * BigInt(queries.values[query * dimension + at]!);
  }
  return Number(sum) * queries.scales[query]! * scales[row]!;
}

interface Case {
  rows: Int8Array;
  scales: Float32Array;
  queries: QuantisedQueries;
  /** Row to begin with. */
  first: number;
}

/** What a query's numbers may be at most so that no sum of 384 products overflows, as `quantiseQueries` keeps them. */
const LARGEST = Math.min(0x7fff, Math.floor(0x7fffffff / (128 * 384)));

/** Any numbers, and all at once at an end of their range. */
const integers = (most: number, least: number, count: number): fc.Arbitrary<number[]> =>
  fc.oneof(
    fc.array(fc.integer({ min: least, max: most }), { minLength: count, maxLength: count }),
    fc.constantFrom(least, most).map((value) => new Array<number>(count).fill(value)),
  );

const factors = (count: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.double({ min: 0, max: 0.01, noNaN: true }), { minLength: count, maxLength: count })
    .map((values) => Float32Array.from(values));

const cases: fc.Arbitrary<Case> = fc
  .record({
    sixteens: fc.integer({ min: 4, max: 24 }),
    count: fc.integer({ min: 1, max: 9 }),
    asked: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ sixteens, count, asked }) => {
    const dimension = sixteens * 16;
    return fc.record({
      first: fc.integer({ min: 0, max: count - 1 }),
      rows: integers(127, -128, count * dimension).map((values) => Int8Array.from(values)),
      scales: factors(count),
      queries: fc.record({
        dimension: fc.constant(dimension),
        values: integers(LARGEST, -LARGEST, asked * dimension).map((values) => Int16Array.from(values)),
        scales: factors(asked),
      }),
    });
  });

function filled({ rows, scales, queries }: Case, create: (dimension: number) => ScanKernel): ScanKernel {
  const kernel = create(queries.dimension);
  kernel.reserve(scales.length);
  kernel.bytes().set(rows);
  kernel.scales().set(scales);
  kernel.setQueries(queries);
  return kernel;
}

/** With one zero instead of two. */
const unsigned = (numbers: Float32Array): Float32Array => numbers.map((number) => number + 0);

function compared(kernel: ScanKernel, { first, scales, queries }: Case): Float32Array {
  const into = new Float32Array(queries.scales.length * (scales.length - first));
  kernel.compare(first, scales.length - first, into, scales.length - first);
  return unsigned(into);
}

/** One to some queries of one row. */
const ask = (...values: Int8Array[]): QuantisedQueries => ({
  dimension: values[0]!.length,
  values: Int16Array.from(values.flatMap((row) => [...row])),
  scales: new Float32Array(values.length).fill(1),
});

describe('the scan kernel', () => {
  it('compares exactly, for 64 to 384 dimensions and one to nine queries', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const cosines = compared(filled(one, wasm), one);
        const count = one.scales.length - one.first;
        cosines.forEach((cosine, at) => {
          const wanted = exact(one, one.first + (at % count), Math.floor(at / count));
          // Three roundings to float32.
          expect(Math.abs(cosine - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * 2 ** -22 + 1e-40);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('finds the best query of each row, the first of equals, as comparing all with all does', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const kernel = filled(one, wasm);
        const cosines = compared(kernel, one);
        const count = one.scales.length - one.first;
        const best = kernel.best(one.first, count, -Infinity);
        for (let at = 0; at < count; at++) {
          const own = [...cosines].filter((_, index) => index % count === at);
          expect(best.cosines[at]! + 0).toBe(Math.max(...own));
          expect(best.queries[at]).toBe(own.indexOf(Math.max(...own)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds every row above a floor, and with it none but its neighbours', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (one, place) => {
        const count = one.scales.length - one.first;
        for (const create of [wasm, createPlainKernel]) {
          const kernel = filled(one, create);
          const floor = kernel.best(one.first, count, Infinity).cosines[place % count]!;
          const { cosines, found, foundCount } = kernel.best(one.first, count, floor);
          for (let group = 0; group < count; group += ROWS_FOUND) {
            const own = cosines.subarray(group, Math.min(count, group + ROWS_FOUND));
            // Rows past the end may bring the last few along.
            if (group + ROWS_FOUND > count && !own.some((cosine) => cosine > floor)) continue;
            expect(found.subarray(0, foundCount).includes(group)).toBe(own.some((cosine) => cosine > floor));
          }
          expect(kernel.best(one.first, count, Infinity).foundCount).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives bit for bit what plain JavaScript gives', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [kernel, plain] = [filled(one, wasm), filled(one, createPlainKernel)];
        expect(compared(kernel, one)).toEqual(compared(plain, one));
        const count = one.scales.length - one.first;
        const [best, twin] = [kernel, plain].map((each) => each.best(one.first, count, -Infinity));
        expect(unsigned(best!.cosines.subarray(0, count))).toEqual(unsigned(twin!.cosines.subarray(0, count)));
        expect(best!.queries.subarray(0, count)).toEqual(twin!.queries.subarray(0, count));
        expect(best!.found.subarray(0, best!.foundCount)).toEqual(twin!.found.subarray(0, twin!.foundCount));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its rows and their scales when it grows, over many pages', () => {
    const kernel = wasm(64);
    const row = Int8Array.from({ length: 64 }, (_, at) => at - 32);
    kernel.reserve(1);
    kernel.bytes().set(row);
    kernel.scales()[0] = 0.5;
    const last = ROWS_AT_ONCE * 3 - 1;
    kernel.reserve(last + 1);
    kernel.bytes().set(row, last * 64);
    kernel.scales()[last] = 0.25;
    kernel.setQueries(ask(row));
    const norm = row.reduce((sum, value) => sum + value * value, 0);
    expect(kernel.best(0, 1, 0).cosines[0]).toBe(norm * 0.5);
    expect(kernel.best(last + 1 - ROWS_AT_ONCE, ROWS_AT_ONCE, 0).cosines[ROWS_AT_ONCE - 1]).toBe(norm * 0.25);
  });

  it('is WebAssembly where SIMD is there', () => {
    expect(createScanKernel(384).kind).toBe('wasm-simd');
  });

  it.each([0, 8, 100])('refuses %d dimensions', (dimension) => {
    expect(() => createScanKernel(dimension)).toThrow(RangeError);
    expect(() => createPlainKernel(dimension)).toThrow(RangeError);
  });

  it('refuses no query, and queries of another dimension', () => {
    for (const kernel of [wasm(64), createPlainKernel(64)]) {
      const none = { dimension: 64, values: new Int16Array(0), scales: new Float32Array(0) };
      expect(() => kernel.setQueries(none)).toThrow(RangeError);
      expect(() => kernel.setQueries(ask(new Int8Array(128)))).toThrow(RangeError);
    }
  });

  it('ships exactly what its source compiles to', async () => {
    const shipped = readFileSync(new URL('./scanBinary.ts', import.meta.url), 'utf8');
    expect(shipped, 'run node scripts/buildScan.js').toBe(await buildScan());
  });
});
