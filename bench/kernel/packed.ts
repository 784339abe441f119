// Matrices in the order in which the kernel reads them, and their product by definition.
import { depthOf, TILE_ROWS, type GemmKind } from './gemmSource.ts';

/** Numbers row after row. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Int32Array;
}

/** Activations, rows × depth: tiles of four rows; in a tile, of each row as many numbers of the depth as one step takes. */
export function packActivations({ rows, columns: depth, values }: Matrix, kind: GemmKind): Uint8Array {
  const step = depthOf(kind);
  const packed = kind.dot === 'plain' ? new Int16Array(rows * depth) : new Int8Array(rows * depth);
  let at = 0;
  for (let tile = 0; tile < rows; tile += TILE_ROWS) {
    for (let from = 0; from < depth; from += step) {
      for (let row = tile; row < tile + TILE_ROWS; row++) {
        for (let one = from; one < from + step; one++) packed[at++] = values[row * depth + one]!;
      }
    }
  }
  return new Uint8Array(packed.buffer);
}

/** Weights, depth × columns, of 8 bits: panels of the tile's columns; in a panel, of each column the numbers of one step. */
export function packWeights({ rows: depth, columns, values }: Matrix, kind: GemmKind): Uint8Array {
  const step = depthOf(kind);
  const width = 4 * kind.vectors;
  const packed = new Int8Array(depth * columns);
  let at = 0;
  for (let panel = 0; panel < columns; panel += width) {
    for (let from = 0; from < depth; from += step) {
      for (let column = panel; column < panel + width; column++) {
        for (let one = from; one < from + step; one++) packed[at++] = values[one * columns + column]!;
      }
    }
  }
  return new Uint8Array(packed.buffer);
}

/** int32, row after row. */
export function product(left: Matrix, right: Matrix): Int32Array {
  const sums = new Int32Array(left.rows * right.columns);
  for (let row = 0; row < left.rows; row++) {
    for (let one = 0; one < left.columns; one++) {
      const value = left.values[row * left.columns + one]!;
      const from = one * right.columns;
      for (let column = 0; column < right.columns; column++) {
        sums[row * right.columns + column]! += value * right.values[from + column]!;
      }
    }
  }
  return sums;
}

/** Whole numbers from `least` to `most`, made from a random source of 0 to 1. */
export function randomMatrix(
  rows: number,
  columns: number,
  [least, most]: [number, number],
  random: () => number,
): Matrix {
  const values = Int32Array.from({ length: rows * columns }, () => least + Math.floor(random() * (most - least + 1)));
  return { rows, columns, values };
}
