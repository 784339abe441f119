// The inner loop of vector search behind one small interface: WebAssembly SIMD where there is, plain JavaScript elsewhere.
import { SCAN_WASM_BASE64 } from './scanBinary.ts';

/** Queries in one scan of the rows. */
export const QUERIES_AT_ONCE = 4;
/** Rows in one call: their results stay in the processor's cache. */
export const ROWS_AT_ONCE = 4096;

/** Owns the rows of all vectors, int8, `dimension` bytes each, and multiplies them with queries. */
export interface ScanKernel {
  readonly kind: 'wasm-simd' | 'javascript';
  /** Makes room for this many rows; what is there stays. */
  reserve(rows: number): void;
  /** All rows as bytes. Only good until the next `reserve`, which may move them. */
  bytes(): Int8Array;
  /** Sets one to four queries, int8, row after row. */
  setQueries(queries: Int8Array): void;
  /**
   * Exact dot products of rows `first` to `first + count` (at most ROWS_AT_ONCE) with the queries that are set: of row
   * r with query q at (r − first) × QUERIES_AT_ONCE + q; the other places are undefined. Good until the next call.
   */
  dots(first: number, count: number): Int32Array;
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

type Dot = (query: number, row: number, count: number, step: number, out: number) => void;

const PAGE = 65_536;
const BYTES_PER_SUM = 4;

/** Memory: the queries as 16-bit numbers, then the results of one call, then the rows up to the end. */
export function createWasmKernel(dimension: number, module: WebAssembly.Module): ScanKernel {
  checkDimension(dimension);
  const outAt = roundUp(dimension * QUERIES_AT_ONCE * 2, PAGE);
  const rowsAt = outAt + ROWS_AT_ONCE * QUERIES_AT_ONCE * BYTES_PER_SUM;
  const memory = new WebAssembly.Memory({ initial: rowsAt / PAGE });
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const dot1 = exports['dot1'] as Dot;
  const dot4 = exports['dot4'] as Dot;
  let dot = dot4;
  return {
    kind: 'wasm-simd',
    reserve(rows) {
      const missing = rowsAt + rows * dimension - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    },
    bytes: () => new Int8Array(memory.buffer, rowsAt),
    setQueries(queries) {
      const count = checkQueries(queries, dimension);
      const width = count === 1 ? 1 : QUERIES_AT_ONCE;
      dot = count === 1 ? dot1 : dot4;
      const widened = new Int16Array(memory.buffer, 0, dimension * QUERIES_AT_ONCE).fill(0);
      for (let query = 0; query < count; query++) {
        for (let at = 0; at < dimension; at++) {
          widened[(at >> 4) * 16 * width + query * 16 + (at & 15)] = queries[query * dimension + at]!;
        }
      }
    },
    dots(first, count) {
      dot(0, rowsAt + first * dimension, count, dimension, outAt);
      return new Int32Array(memory.buffer, outAt, count * QUERIES_AT_ONCE);
    },
  };
}

/** The same in plain JavaScript: the reference of the tests and the way without WebAssembly. */
export function createPlainKernel(dimension: number): ScanKernel {
  checkDimension(dimension);
  let rows = new Int8Array(0);
  let held = new Int8Array(0);
  const out = new Int32Array(ROWS_AT_ONCE * QUERIES_AT_ONCE);
  return {
    kind: 'javascript',
    reserve(count) {
      if (count * dimension <= rows.length) return;
      const grown = new Int8Array(count * dimension);
      grown.set(rows);
      rows = grown;
    },
    bytes: () => rows,
    setQueries(queries) {
      checkQueries(queries, dimension);
      held = queries.slice();
    },
    dots(first, count) {
      for (let row = 0; row < count; row++) {
        const from = (first + row) * dimension;
        for (let start = 0, query = 0; start < held.length; start += dimension, query++) {
          let sum = 0;
          for (let at = 0; at < dimension; at++) sum += rows[from + at]! * held[start + at]!;
          out[row * QUERIES_AT_ONCE + query] = sum;
        }
      }
      return out.subarray(0, count * QUERIES_AT_ONCE);
    },
  };
}

function checkDimension(dimension: number): void {
  if (dimension < 16 || dimension % 16 !== 0) throw new RangeError(`A dimension of ${dimension} is no multiple of 16.`);
}

function checkQueries(queries: Int8Array, dimension: number): number {
  const count = queries.length / dimension;
  if (!Number.isInteger(count) || count < 1 || count > QUERIES_AT_ONCE) {
    throw new RangeError(`${queries.length} bytes are not one to ${QUERIES_AT_ONCE} queries of ${dimension}.`);
  }
  return count;
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
