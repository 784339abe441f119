// The inner loop of vector search behind one small interface: WebAssembly SIMD where there is, plain JavaScript elsewhere.
import { SCAN_WASM_BASE64 } from './scanBinary.ts';
import type { QuantisedQueries } from './quantise.ts';

/** Rows in one call: read from memory once for all queries, and their results still cached when they are looked at. */
export const ROWS_AT_ONCE = 1024;

/** Rows that run together, and are found together. */
export const ROWS_FOUND = 4;

/** Of some rows in succession, what is nearest to them among the queries. Good until the next call. */
export interface BestOfRows {
  /** How many rows; there may be room for more. */
  count: number;
  /** Highest cosine of each row with any query, as float32; rounding can carry a near-copy past 1. */
  cosines: Float32Array;
  /** Which query that is, the first of equals. */
  queries: Int32Array;
  /** Every row above the floor is among ROWS_FOUND from one of these on; they ascend, and are `foundCount`. */
  found: Int32Array;
  foundCount: number;
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
  /** Compares rows `first` to `first + count`, at most ROWS_AT_ONCE, with the queries, and finds those above a cosine. */
  best(first: number, count: number, floor: number): BestOfRows;
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

/** The exports of scan.wat, which says what they do. All but units, `floor` and `first` are addresses and counts. */
interface Scan {
  one(
    query: number,
    row: number,
    count: number,
    step: number,
    scales: number,
    out: number,
    floor: number,
    list: number,
    unit: number,
  ): number;
  two(
    query: number,
    row: number,
    count: number,
    step: number,
    scales: number,
    out: number,
    floor: number,
    list: number,
    unit: number,
    nextUnit: number,
    which: number,
    first: number,
  ): number;
}

const PAGE = 65_536;
const WORD = 4;

/** Memory: cosines, queries and found rows of one call, then the rows, then their scales, then the queries up to the end. */
export function createWasmKernel(dimension: number, module: WebAssembly.Module): ScanKernel {
  checkDimension(dimension);
  const whichAt = ROWS_AT_ONCE * WORD;
  const listAt = 2 * whichAt;
  const rowsAt = roundUp(3 * whichAt, PAGE);
  const memory = new WebAssembly.Memory({ initial: rowsAt / PAGE });
  const scan = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Scan;
  let room = 0;
  let units = new Float32Array(0);
  let best = viewBest();
  const scalesAt = (): number => rowsAt + room * dimension;
  const scales = (): Float32Array => new Float32Array(memory.buffer, scalesAt(), room);
  // Rows that run together may be past the last, and their scales too.
  const queriesAt = (): number => roundUp(scalesAt() + room * WORD + ROWS_FOUND * dimension, PAGE);
  const queryAt = (query: number): number => queriesAt() + query * dimension * Int16Array.BYTES_PER_ELEMENT;

  function viewBest(): BestOfRows {
    const [cosines, queries, found] = [
      new Float32Array(memory.buffer, 0, ROWS_AT_ONCE),
      new Int32Array(memory.buffer, whichAt, ROWS_AT_ONCE),
      new Int32Array(memory.buffer, listAt, ROWS_AT_ONCE),
    ];
    return { count: 0, cosines, queries, found, foundCount: 0 };
  }

  /** Views of memory that has grown are of no use any more. */
  function growTo(bytes: number): void {
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return;
    memory.grow(Math.ceil(missing / PAGE));
    best = viewBest();
  }

  /** Cosines of one query with some rows, into the memory for them. */
  function compareOne(first: number, count: number, query: number, floor: number): number {
    const [row, scale] = [rowsAt + first * dimension, scalesAt() + first * WORD];
    return scan.one(queryAt(query), row, count, dimension, scale, 0, floor, listAt, units[query]!);
  }

  return {
    kind: 'wasm-simd',
    reserve(rows) {
      if (rows <= room) return;
      const kept = scales().slice();
      room = roundUp(rows, ROWS_FOUND);
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
      best.queries.fill(0);
    },
    best(first, count, floor) {
      best.count = count;
      if (units.length === 1) {
        best.foundCount = compareOne(first, count, 0, floor);
        return best;
      }
      best.cosines.fill(-Infinity);
      const [row, scale] = [rowsAt + first * dimension, scalesAt() + first * WORD];
      for (let query = 0; query < units.length; query += 2) {
        const [at, unit] = [queryAt(query), units[query]!];
        const next = units[query + 1] ?? unit;
        // Nothing is found before the last two have had their say.
        const above = query + 2 < units.length ? Infinity : floor;
        best.foundCount = scan.two(at, row, count, dimension, scale, 0, above, listAt, unit, next, whichAt, query);
      }
      return best;
    },
    compare(first, count, into, stride) {
      for (let query = 0; query < units.length; query++) {
        compareOne(first, count, query, Infinity);
        into.set(best.cosines.subarray(0, count), query * stride);
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
  const found = new Int32Array(ROWS_AT_ONCE);

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
    best(first, count, floor) {
      let foundCount = 0;
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
        const group = at - (at % ROWS_FOUND);
        if (best > floor && (foundCount === 0 || found[foundCount - 1] !== group)) found[foundCount++] = group;
      }
      return { count, cosines, queries, found, foundCount };
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
