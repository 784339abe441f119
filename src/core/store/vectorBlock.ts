// Blocks of int8 vectors: how rows are put into one, and how damage is noticed.
import type { SpaceKey } from '../embedding.ts';
import { checksum } from './checksum.ts';
import type { VectorBlock } from './schema.ts';

/** 196 KB at 384 dimensions: large enough to read fast, small enough to write again when the tail grows. */
export const ROWS_PER_BLOCK = 512;

/** Id of a row that holds nothing; passage ids start at 1. */
export const HOLE = 0;

/** Vectors row after row: ids.length rows; a component is code × scale of its row. */
export interface VectorRows {
  ids: Uint32Array;
  codes: Int8Array;
  scales: Float32Array;
}

export function emptyBlock(space: SpaceKey, block: number, dimension: number): VectorBlock {
  const bare = {
    space,
    block,
    dimension,
    ids: new Uint32Array(0),
    codes: new Int8Array(0),
    scales: new Float32Array(0),
  };
  return { ...bare, checksum: checksumOf(bare) };
}

/** A block with `rows` in the slots given, as many as there are slots; a slot past the end lengthens the block. */
export function withRows(block: VectorBlock, slots: readonly number[], rows: VectorRows): VectorBlock {
  const { dimension } = block;
  const length = Math.max(block.ids.length, ...slots.map((slot) => slot + 1));
  const next = {
    ...block,
    ids: new Uint32Array(length),
    codes: new Int8Array(length * dimension),
    scales: new Float32Array(length),
  };
  next.ids.set(block.ids);
  next.codes.set(block.codes);
  next.scales.set(block.scales);
  slots.forEach((slot, row) => {
    next.ids[slot] = rows.ids[row] ?? HOLE;
    next.scales[slot] = rows.scales[row] ?? 0;
    next.codes.set(rows.codes.subarray(row * dimension, (row + 1) * dimension), slot * dimension);
  });
  next.checksum = checksumOf(next);
  return next;
}

/** Rows `from` to `to` of a list of rows, without copying. */
export function sliceRows(rows: VectorRows, dimension: number, from: number, to: number): VectorRows {
  return {
    ids: rows.ids.subarray(from, to),
    codes: rows.codes.subarray(from * dimension, to * dimension),
    scales: rows.scales.subarray(from, to),
  };
}

/** A post that came back may have old rows in the blocks that get its new ones: no id has two. Its checksum is another's. */
export function withoutIds(block: VectorBlock, gone: ReadonlySet<number>): VectorBlock {
  return block.ids.some((id) => gone.has(id))
    ? { ...block, ids: block.ids.map((id) => (gone.has(id) ? HOLE : id)) }
    : block;
}

/** The rows in some slots, in their order. */
export function pick(block: VectorRows, slots: readonly number[], dimension: number): VectorRows {
  if (slots.length === block.ids.length) return block;
  const rows = {
    ids: Uint32Array.from(slots, (slot) => block.ids[slot] ?? HOLE),
    codes: new Int8Array(slots.length * dimension),
    scales: Float32Array.from(slots, (slot) => block.scales[slot] ?? 0),
  };
  slots.forEach((slot, row) =>
    rows.codes.set(block.codes.subarray(slot * dimension, (slot + 1) * dimension), row * dimension),
  );
  return rows;
}

/** True when a row read from the disk is a block whose parts fit each other and its checksum. */
export const isSound = (row: unknown, space: SpaceKey, dimension: number): row is VectorBlock =>
  faultOf(row, space, dimension) === null;

/** What is wrong with a row read from the disk; null for a block as it was written. */
export function faultOf(row: unknown, space: SpaceKey, dimension: number): string | null {
  if (typeof row !== 'object' || row === null) return 'it is no block';
  const block = row as Partial<Record<keyof VectorBlock, unknown>>;
  const { ids, codes, scales } = block;
  if (block.space !== space) return 'its vectors are of another space';
  if (block.dimension !== dimension) return 'its vectors are of another length';
  if (!(ids instanceof Uint32Array && codes instanceof Int8Array && scales instanceof Float32Array))
    return 'a part of it is missing';
  const fits = ids.length <= ROWS_PER_BLOCK && codes.length === ids.length * dimension && scales.length === ids.length;
  if (!fits) return 'its parts do not fit each other';
  return block.checksum === checksumOf({ ids, codes, scales }) ? null : 'its bytes are not those that were written';
}

export const checksumOf = ({ ids, codes, scales }: VectorRows): number => checksum([ids, scales, codes]);
