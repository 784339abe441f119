// The inner loop of vector search behind one small interface: WebAssembly SIMD where there is, plain JavaScript elsewhere.
import { SCAN_WASM_BASE64 } from './scanBinary.ts';
import type { QuantisedQueries } from './quantise.ts';

/** Rows in one call: read from memory once for all queries, and their results still cached when they are looked at. */
export const ROWS_AT_ONCE = 1024;

/** Of some rows in succession, what is nearest to them among the queries. Good until the next call. */
export interface BestOfRows {
  /** Highest cosine of each row with any query, as float32; rounding can carry a near-copy past 1. */
  cosines: Float32Array;
  /** Which query that is, the first of equals. */
  queries: Int32Array;
  /** No cosine is above it. */
  highest: number;
}

/** Owns the rows of all vectors, `dimension` bytes and a scale each, and compares them with queries. */
export interface ScanKernel {
  readonly kind: 'wasm-simd' | 'javascript';
  /** Makes room for this many rows; what is there stays. */
  reserve(rows: number): void;
  /** All rows as bytes. Only good until the next `reserve`, which may move them. */
  bytes(): Int8Array;
  /** What the bytes of each row are to be multiplied with. Only good until the next `reserve`. */
  scales(): Float32Array;
  /** Sets the queries, one at least. Good until the next `reserve`. */
  setQueries(queries: QuantisedQueries): void;
  /** Compares rows `first` to `first + count`, at most ROWS_AT_ONCE, with the queries. */
  best(first: number, count: number): BestOfRows;
  /** Cosine of query q with row `first` + r, of at most ROWS_AT_ONCE rows, into q × stride + r. */
  compare(first: number, count: number, into: Float32Array, stride: number): void;
}

/** The fastest kernel that runs here. `dimension` is a multiple of 16. */
export function createScanKernel(dimension: number): ScanKernel {
  checkDimension(dimension);
  const module = compileScan();
  return module === null ? createPlainKernel(dimension) : createWasmKernel(dimension, module);
}

/** The kernel as WebAssembly; null where WebAssembly or its SIMD is missing or forbidden. */
export function compileScan(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(SCAN_WASM_BASE64), (char) => char.charCodeAt(0)));
  } catch {
    // A page whose policy forbids it, or an engine without SIMD: the plain twin gives the same results.
    return null;
  }
}

/** The exports of scan.wat, which says what they do. All but units and `first` are addresses and counts of bytes. */
interface Scan {
  one(query: number, row: number, count: number, step: number, scales: number, out: number, unit: number): number;
  two(
    query: number,
    row: number,
    count: number,
    step: number,
    scales: number,
    out: number,
    unit: number,
    nextUnit: number,
    which: number,
    first: number,
  ): number;
}

const PAGE = 65_536;
/** Rows that run together. */
const ROWS = 4;
const WORD = 4;

/** Memory: cosines and query numbers of one call, then the rows, then their scales, then the queries up to the end. */
export function createWasmKernel(dimension: number, module: WebAssembly.Module): ScanKernel {
  checkDimension(dimension);
  const whichAt = ROWS_AT_ONCE * WORD;
  const rowsAt = roundUp(2 * whichAt, PAGE);
  const memory = new WebAssembly.Memory({ initial: rowsAt / PAGE });
  const scan = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Scan;
  let room = 0;
  let units = new Float32Array(0);
  const scalesAt = (): number => rowsAt + room * dimension;
  const scales = (): Float32Array => new Float32Array(memory.buffer, scalesAt(), room);
  // Rows that run together may be past the last, and their scales too.
  const queriesAt = (): number => roundUp(scalesAt() + room * WORD + ROWS * dimension, PAGE);
  const queryAt = (query: number): number => queriesAt() + query * dimension * Int16Array.BYTES_PER_ELEMENT;

  function growTo(bytes: number): void {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }

  /** Cosines of one query with some rows, into the memory for them. */
  function compareOne(first: number, count: number, query: number): number {
    const row = rowsAt + first * dimension;
    return scan.one(queryAt(query), row, count, dimension, scalesAt() + first * WORD, 0, units[query]!);
  }

  return {
    kind: 'wasm-simd',
    reserve(rows) {
      if (rows <= room) return;
      const kept = scales().slice();
      room = roundUp(rows, ROWS);
      growTo(queriesAt());
      scales().fill(0).set(kept);
    },
    bytes: () => new Int8Array(memory.buffer, rowsAt, room * dimension),
    scales,
    setQueries(queries) {
      checkQueries(queries, dimension);
      // The last has itself after it, to make a pair of an odd number: as an equal it is never the first.
      growTo(queryAt(queries.scales.length + 1));
      const held = new Int16Array(memory.buffer, queriesAt());
      const { length } = queries.values;
      held.set(queries.values);
      held.copyWithin(length, length - dimension, length);
      units = queries.scales.slice();
    },
    best(first, count) {
      const cosines = new Float32Array(memory.buffer, 0, count);
      const queries = new Int32Array(memory.buffer, whichAt, count);
      if (units.length === 1) {
        queries.fill(0);
        return { cosines, queries, highest: compareOne(first, count, 0) };
      }
      new Float32Array(memory.buffer, 0, roundUp(count, ROWS)).fill(-Infinity);
      const row = rowsAt + first * dimension;
      const scale = scalesAt() + first * WORD;
      let highest = -Infinity;
      for (let query = 0; query < units.length; query += 2) {
        const unit = units[query]!;
        const next = units[query + 1] ?? unit;
        highest = scan.two(queryAt(query), row, count, dimension, scale, 0, unit, next, whichAt, query);
      }
      return { cosines, queries, highest };
    },
    compare(first, count, into, stride) {
      const cosines = new Float32Array(memory.buffer, 0, count);
      for (let query = 0; query < units.length; query++) {
        compareOne(first, count, query);
        into.set(cosines, query * stride);
      }
    },
  };
}

/** The same in plain JavaScript: the reference of the tests and the way without WebAssembly. */
export function createPlainKernel(dimension: number): ScanKernel {
  checkDimension(dimension);
  let rows = new Int8Array(0);
  let scales = new Float32Array(0);
  let held: QuantisedQueries = { dimension, values: new Int16Array(0), scales: new Float32Array(0) };
  const cosines = new Float32Array(ROWS_AT_ONCE);
  const queries = new Int32Array(ROWS_AT_ONCE);

  function cosineAt(row: number, query: number): number {
    const { values } = held;
    const [from, start] = [row * dimension, query * dimension];
    let sum = 0;
    for (let at = 0; at < dimension; at++) sum += rows[from + at]! * values[start + at]!;
    return cosineOf(sum, held.scales[query]!, scales[row]!);
  }

  return {
    kind: 'javascript',
    reserve(count) {
      if (count <= scales.length) return;
      const [ownRows, ownScales] = [rows, scales];
      rows = new Int8Array(count * dimension);
      rows.set(ownRows);
      scales = new Float32Array(count);
      scales.set(ownScales);
    },
    bytes: () => rows,
    scales: () => scales,
    setQueries(given) {
      checkQueries(given, dimension);
      held = { dimension, values: given.values.slice(), scales: given.scales.slice() };
    },
    best(first, count) {
      let highest = -Infinity;
      for (let at = 0; at < count; at++) {
        let best = -Infinity;
        for (let query = 0; query < held.scales.length; query++) {
          const cosine = cosineAt(first + at, query);
          if (cosine > best) {
            best = cosine;
            queries[at] = query;
          }
        }
        cosines[at] = best;
        highest = Math.max(highest, best);
      }
      return { cosines: cosines.subarray(0, count), queries: queries.subarray(0, count), highest };
    },
    compare(first, count, into, stride) {
      for (let query = 0; query < held.scales.length; query++) {
        for (let at = 0; at < count; at++) into[query * stride + at] = cosineAt(first + at, query);
      }
    },
  };
}

/** Multiplied as the WebAssembly does, to the last bit. */
const cosineOf = (sum: number, unit: number, scale: number): number =>
  Math.fround(Math.fround(Math.fround(sum) * unit) * scale);

function checkDimension(dimension: number): void {
  if (dimension < 16 || dimension % 16 !== 0) throw new RangeError(`A dimension of ${dimension} is no multiple of 16.`);
}

function checkQueries({ values, scales }: QuantisedQueries, dimension: number): void {
  if (values.length !== scales.length * dimension || scales.length === 0) {
    throw new RangeError(`${values.length} numbers are no queries of ${dimension}.`);
  }
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
