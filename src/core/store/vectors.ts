// Repository of vectors: blocks of one embedding space each, rows named by passage id, dead rows used again.
import type { SpaceKey } from '../embedding.ts';
import type { DamagedBlock } from '../libraryApi.ts';
import type { Backend, Transaction } from './backend.ts';
import { VECTORS, type VectorBlock } from './schema.ts';
import {
  emptyBlock,
  faultOf,
  HOLE,
  isSound,
  pick,
  ROWS_PER_BLOCK,
  sliceRows,
  withoutIds,
  withRows,
  type VectorRows,
} from './vectorBlock.ts';

/** Blocks read at once: enough to be fast, few enough to keep memory flat. */
const BLOCKS_PER_READ = 32;
/** Blocks in one read of a load, while those before are taken in. */
const BLOCKS_AHEAD = 8;
/** Blocks written in one transaction: 6 MB at 384 dimensions. */
const BLOCKS_PER_WRITE = 32;
/** Blocks are written anew, without holes, when at least this share of their rows is dead. */
const COMPACT_SHARE = 0.5;

export interface LoadReport {
  /** Live rows handed out. */
  rows: number;
  /** Blocks dropped because their bytes did not match; what they held is embedded again. */
  damaged: number;
}

export interface VectorRepository {
  /**
   * Hands out every live row of a space, each id once. Rows of ids that are not `live` become holes, to be used again
   * by `append`. Vectors of other spaces are not touched. Call it once for a space before any other method.
   */
  load(
    space: SpaceKey,
    dimension: number,
    live: (id: number) => boolean,
    onRows: (rows: VectorRows) => void,
  ): Promise<LoadReport>;
  /** Stores rows of new ids in holes or at the end, up to 16,384 in one transaction. */
  append(space: SpaceKey, dimension: number, rows: VectorRows): Promise<void>;
  /** Rows of the ids that are stored, in no order; those of ids that had no passage are kept from then on. */
  read(space: SpaceKey, dimension: number, ids: ReadonlySet<number>): Promise<VectorRows>;
  /** Gives the rows of these ids, in every space, up for use by `append`; nothing is written. */
  release(ids: Iterable<number>): void;
  clear(): Promise<void>;
}

/** In place of a block: the row was given up for good. */
const RELEASED = -1;

/** What is known of the blocks of one space. */
interface Shape {
  /** Rows of each block, the dead and the holes included. */
  lengths: number[];
  /** Where each live id stands. */
  blockOf: Map<number, number>;
  /** Of each block, how many rows may be written again. */
  holes: number[];
  /** Where the row of each id stands that is of no passage by now, until another is written over it. */
  dead: Map<number, number>;
}

export function createVectorRepository(
  backend: Backend,
  onDamaged: (block: DamagedBlock) => void = () => undefined,
): VectorRepository {
  const shapes = new Map<SpaceKey, Shape>();

  function shapeOf(space: SpaceKey): Shape {
    const shape = shapes.get(space) ?? { lengths: [], blockOf: new Map(), holes: [], dead: new Map() };
    shapes.set(space, shape);
    return shape;
  }

  function learn(space: SpaceKey, block: VectorBlock): void {
    const shape = shapeOf(space);
    shape.lengths[block.block] = block.ids.length;
    let holes = 0;
    for (const id of block.ids) {
      if (isFree(id, block.block, shape)) holes++;
      else shape.blockOf.set(id, block.block);
    }
    shape.holes[block.block] = holes;
  }

  /** A post has come back, and its row is still there: same id, same text, same vector. False when there is none. */
  function revive({ dead, blockOf, holes }: Shape, id: number): boolean {
    const block = dead.get(id);
    if (block === undefined || block === RELEASED) return false;
    dead.delete(id);
    blockOf.set(id, block);
    holes[block] = (holes[block] ?? 1) - 1;
    return true;
  }

  /** Numbers of the blocks with most room that take `rows` together, as many as are written at once; new ones after those that have any. */
  function roomiest(space: SpaceKey, rows: number): number[] {
    const { lengths, holes } = shapeOf(space);
    const roomOf = (block: number): number => ROWS_PER_BLOCK - (lengths[block] ?? 0) + (holes[block] ?? 0);
    const known = Array.from(lengths.keys())
      .filter((block) => roomOf(block) > 0)
      .sort((a, b) => roomOf(b) - roomOf(a) || a - b);
    const numbers: number[] = [];
    for (let room = 0; room < rows && numbers.length < BLOCKS_PER_WRITE;) {
      const block = known[numbers.length] ?? lengths.length + numbers.length - known.length;
      numbers.push(block);
      room += roomOf(block);
    }
    return numbers;
  }

  async function readBlock(
    transaction: Transaction,
    space: SpaceKey,
    dimension: number,
    block: number,
  ): Promise<VectorBlock> {
    const row = await transaction.get(VECTORS, [space, block]);
    return isSound(row, space, dimension) ? row : emptyBlock(space, block, dimension);
  }

  async function compact(space: SpaceKey, dimension: number): Promise<void> {
    const all = await collect(space, dimension, null);
    const blocks: VectorBlock[] = [];
    for (let from = 0; from < all.ids.length; from += ROWS_PER_BLOCK) {
      const rows = sliceRows(all, dimension, from, Math.min(from + ROWS_PER_BLOCK, all.ids.length));
      blocks.push(withRows(emptyBlock(space, blocks.length, dimension), [...rows.ids.keys()], rows));
    }
    await backend.run([VECTORS], 'readwrite', async (transaction) => {
      for (const key of await transaction.getAllKeys(VECTORS, spaceSpan(space))) await transaction.delete(VECTORS, key);
      for (const block of blocks) await transaction.put(VECTORS, block);
    });
    shapes.delete(space);
    for (const block of blocks) learn(space, block);
  }

  /** Live rows of a space, of the ids given or of all. */
  async function collect(space: SpaceKey, dimension: number, ids: ReadonlySet<number> | null): Promise<VectorRows> {
    const shape = shapeOf(space);
    const { blockOf } = shape;
    const wanted = ids === null ? [...blockOf.keys()] : [...ids].filter((id) => blockOf.has(id) || revive(shape, id));
    const rows = {
      ids: new Uint32Array(wanted.length),
      codes: new Int8Array(wanted.length * dimension),
      scales: new Float32Array(wanted.length),
    };
    const blocks = [...new Set(wanted.map((id) => blockOf.get(id) ?? 0))].sort((a, b) => a - b);
    const left = new Set(wanted);
    let filled = 0;
    for (let from = 0; from < blocks.length; from += BLOCKS_PER_READ) {
      const batch = blocks.slice(from, from + BLOCKS_PER_READ);
      const read = await backend.run([VECTORS], 'readonly', (transaction) =>
        Promise.all(batch.map((block) => readBlock(transaction, space, dimension, block))),
      );
      for (const block of read) {
        block.ids.forEach((id, slot) => {
          if (!left.delete(id)) return;
          rows.ids[filled] = id;
          rows.scales[filled] = block.scales[slot] ?? 0;
          rows.codes.set(block.codes.subarray(slot * dimension, (slot + 1) * dimension), filled * dimension);
          filled++;
        });
      }
    }
    return sliceRows(rows, dimension, 0, filled);
  }

  return {
    async load(space, dimension, live, onRows) {
      shapes.delete(space);
      const report: LoadReport = { rows: 0, damaged: 0 };
      const shape = shapeOf(space);
      let allRows = 0;
      const take = (block: VectorBlock): void => {
        const number = block.block;
        const reason = faultOf(block, space, dimension);
        if (reason !== null) {
          report.damaged++;
          onDamaged({ what: 'vectors', block: number, reason });
          shape.lengths[number] = 0;
          shape.holes[number] = 0;
          return;
        }
        const slots: number[] = [];
        block.ids.forEach((id, slot) => {
          if (id === HOLE) return;
          if (!live(id)) shape.dead.set(id, number);
          else if (!shape.blockOf.has(id)) slots.push(slot);
        });
        learn(space, block);
        allRows += block.ids.length;
        report.rows += slots.length;
        if (slots.length > 0) onRows(pick(block, slots, dimension));
      };
      await backend.run([VECTORS], 'readonly', async (transaction) => {
        let reading: Promise<VectorBlock[]> | null = transaction.getAll(VECTORS, spaceSpan(space), BLOCKS_AHEAD);
        while (reading !== null) {
          const blocks: VectorBlock[] = await reading;
          const last = blocks.at(-1)?.block;
          const { upper } = spaceSpan(space);
          // On their way while these are worked on.
          reading =
            blocks.length < BLOCKS_AHEAD || last === undefined
              ? null
              : transaction.getAll(VECTORS, { lower: [space, last], lowerOpen: true, upper }, BLOCKS_AHEAD);
          blocks.forEach(take);
        }
      });
      if (allRows > ROWS_PER_BLOCK && report.rows < allRows * (1 - COMPACT_SHARE)) await compact(space, dimension);
      return report;
    },

    async append(space, dimension, given) {
      // One id, one text, one vector: a post that changes while its vectors are on their way is embedded twice.
      const shape = shapeOf(space);
      const fresh = new Map<number, number>();
      given.ids.forEach((id, slot) => {
        if (!shape.blockOf.has(id) && !fresh.has(id) && !revive(shape, id)) fresh.set(id, slot);
      });
      const slots = [...fresh.values()];
      const rows = pick(given, slots, dimension);
      for (let from = 0; from < rows.ids.length;) {
        // Read and written in one transaction, so that the rows of a second tab are never overwritten.
        const { blocks, end, lost } = await backend.run([VECTORS], 'readwrite', async (transaction) => {
          const numbers = roomiest(space, rows.ids.length - from);
          const before = await Promise.all(numbers.map((block) => readBlock(transaction, space, dimension, block)));
          const coming = new Set(rows.ids.subarray(from, from + numbers.length * ROWS_PER_BLOCK));
          const lost: number[] = [];
          const puts: Promise<void>[] = [];
          let end = from;
          const blocks = before.map((stored) => {
            const block = withoutIds(stored, coming);
            const slots = freeSlots(block, shape).slice(0, rows.ids.length - end);
            lost.push(...slots.map((slot) => block.ids[slot] ?? HOLE));
            const part = sliceRows(rows, dimension, end, end + slots.length);
            end += slots.length;
            if (block === stored && slots.length === 0) return stored;
            const next = withRows(block, slots, part);
            // Stored by the browser while the next is made here.
            puts.push(transaction.put(VECTORS, next));
            return next;
          });
          await Promise.all(puts);
          return { blocks, end, lost };
        });
        for (const id of [...lost, ...rows.ids.subarray(from, end)]) shape.dead.delete(id);
        from = end;
        for (const block of blocks) learn(space, block);
      }
    },

    read: (space, dimension, ids) => collect(space, dimension, ids),

    release(ids) {
      for (const id of ids) {
        for (const shape of shapes.values()) {
          const block = shape.blockOf.get(id);
          if (block === undefined) continue;
          shape.blockOf.delete(id);
          shape.holes[block] = (shape.holes[block] ?? 0) + 1;
          shape.dead.set(id, RELEASED);
        }
      }
    },

    async clear() {
      await backend.run([VECTORS], 'readwrite', (transaction) => transaction.clear(VECTORS));
      shapes.clear();
    },
  };
}

function spaceSpan(space: SpaceKey) {
  return { lower: [space, 0] as [SpaceKey, number], upper: [space, Number.MAX_SAFE_INTEGER] as [SpaceKey, number] };
}

/** Slots of a block that may be written: holes, rows of dead ids and of ids that stand in another block, then those past its end. */
function freeSlots(block: VectorBlock, shape: Shape): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < ROWS_PER_BLOCK; slot++) {
    const id = block.ids[slot];
    if (id === undefined || isFree(id, block.block, shape)) slots.push(slot);
  }
  return slots;
}

/** An id that is not known may have been stored by another tab. */
const isFree = (id: number, block: number, { dead, blockOf }: Shape): boolean =>
  id === HOLE || dead.has(id) || (blockOf.get(id) ?? block) !== block;
