// Whether a device gives several texts that run together the vectors that each has alone.
import { KindredError } from '../errors.ts';
import type { BatchBudget } from './batchBudget.ts';

/** Least cosine of a vector from a batch with that of the same text alone: what rounding in another order may change. */
export const BATCH_TOLERANCE = 0.99999;

/** Rows of equally many token ids in, row after row of unit vectors out. */
export type RunRows = (rows: readonly (readonly number[])[]) => Promise<Float32Array>;

/**
 * Runs the tokens of the probes alone and together, in larger and larger batches as long as the budget lets them grow, since a
 * kernel may be another one for a larger batch; and once more in another length, since it may be another one where rows are no
 * multiples of four. Returns the tokens of the largest batch; 0 where the probes are too few or too short to make one.
 * Throws `probes-disagree` when a row of a batch is not the one of its text alone; rejects with what a run rejects with.
 */
export async function proveBatches(
  probes: readonly (readonly number[])[],
  run: RunRows,
  budget: BatchBudget,
): Promise<number> {
  const length = commonLength(probes);
  const other = length % 4 === 0 ? length - 1 : length - (length % 4);
  const [rows, others] = [rowsOf(probes, length), rowsOf(probes, other)];
  if (rows.length < 2 || other < 2) return 0;
  const alone: Float32Array[] = [];
  let proved = 0;
  for (;;) {
    const count = Math.max(2, budget.texts(length, Infinity));
    if (count * length <= proved) break;
    await compare(rows, count, run, alone);
    proved = count * length;
  }
  await compare(others, Math.max(2, Math.floor(proved / other)), run, []);
  return proved;
}

/** `alone` has the vectors of the first rows, and gets those that are missing. */
async function compare(rows: number[][], count: number, run: RunRows, alone: Float32Array[]): Promise<void> {
  const used = rows.slice(0, count);
  for (const row of used.slice(alone.length)) alone.push(await run([row]));
  const batch = await run(Array.from({ length: count }, (_, at) => used[at % used.length] ?? []));
  const worst = worstCosine(batch, alone);
  if (worst >= BATCH_TOLERANCE) return;
  const found = `of ${count} texts at once one has the cosine ${worst.toFixed(6)} with itself alone, at least ${BATCH_TOLERANCE} is needed`;
  throw new KindredError('probes-disagree', `This device computes several texts at once wrongly: ${found}.`);
}

/** The one that most probes have; of several the shortest, which costs least. */
function commonLength(probes: readonly (readonly number[])[]): number {
  const sharing = (length: number): number => probes.filter((ids) => ids.length === length).length;
  const lengths = probes.map((ids) => ids.length).sort((a, b) => sharing(b) - sharing(a) || a - b);
  return lengths[0] ?? 0;
}

/** The probes of this length, and longer ones cut to it; the last id closes a text. */
function rowsOf(probes: readonly (readonly number[])[], length: number): number[][] {
  const whole = probes.filter((ids) => ids.length === length).map((ids) => [...ids]);
  const longer = probes.filter((ids) => ids.length > length);
  return [...whole, ...longer.map((ids) => [...ids.slice(0, length - 1), ...ids.slice(-1)])];
}

/** A batch repeats its rows in their order. Not a number where one is missing. */
function worstCosine(batch: Float32Array, alone: readonly Float32Array[]): number {
  const width = alone[0]?.length ?? 0;
  const cosines = Array.from({ length: batch.length / width }, (_, row) => {
    const own = batch.subarray(row * width, (row + 1) * width);
    return own.reduce((sum, value, at) => sum + value * (alone[row % alone.length]?.[at] ?? NaN), 0);
  });
  // A NaN is the worst of all, and Math.min passes it on.
  return Math.min(...cosines);
}
