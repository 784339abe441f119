// Devices that compute batches rightly and wrongly.
import { describe, expect, test } from 'vitest';
import { BatchBudget, MOST_TOKENS } from './batchBudget.ts';
import { proveBatches } from './batchProof.ts';

const PROBES = [3, 6, 6, 9, 12].map((length, probe) => Array.from({ length }, (_, at) => 100 * probe + at));

function vectorOf(ids: readonly number[]): number[] {
  const raw = [1, ids.length, (ids[0] ?? 0) % 97, (ids[1] ?? 0) % 89];
  const norm = Math.hypot(...raw);
  return raw.map((value) => value / norm);
}

/** A card that takes so long for a run; `spoil` changes what a batch gives. */
function device(
  msPerRun: number,
  spoil: (rows: number[][], ids: readonly (readonly number[])[]) => number[][] = (rows) => rows,
) {
  const budget = new BatchBudget();
  const batches: { count: number; length: number }[] = [];
  const run = (ids: readonly (readonly number[])[]): Promise<Float32Array> => {
    const length = ids[0]?.length ?? 0;
    expect(ids.every((row) => row.length === length)).toBe(true);
    if (ids.length > 1) batches.push({ count: ids.length, length });
    budget.note(ids.length * length, msPerRun);
    const rows = ids.map((row) => vectorOf(row));
    return Promise.resolve(Float32Array.from((ids.length > 1 ? spoil(rows, ids) : rows).flat()));
  };
  return { budget, run, batches };
}

describe('the proof of batches', () => {
  test('goes on to ever larger ones on a fast card, in two lengths, and returns how far it got', async () => {
    const { budget, run, batches } = device(2);
    const proved = await proveBatches(PROBES, run, budget);
    expect(proved).toBe(Math.floor(MOST_TOKENS / 6) * 6);
    expect(
      batches
        .slice(0, -1)
        .every(
          ({ length }, at, all) => length === 6 && (at === 0 || (all[at - 1]?.count ?? 0) < (all[at]?.count ?? 0)),
        ),
    ).toBe(true);
    expect(batches.at(-1)).toEqual({ count: Math.floor(proved / 4), length: 4 });
  });

  test('stops at two texts on a slow one', async () => {
    const { budget, run, batches } = device(400);
    expect(await proveBatches(PROBES, run, budget)).toBe(12);
    expect(batches).toEqual([
      { count: 2, length: 6 },
      { count: 3, length: 4 },
    ]);
  });

  test.each<[string, Parameters<typeof device>[1]]>([
    ['exchanges the rows', (rows) => [...rows.slice(1), ...rows.slice(0, 1)]],
    ['gives every text the first one’s vector', (rows) => rows.map(() => rows[0] ?? [])],
    ['gives what is no number', (rows) => rows.map((row, at) => (at === 1 ? row.map(() => NaN) : row))],
    ['gives a row too few', (rows) => rows.slice(1)],
    ['turns one vector a little', (rows) => rows.map((row, at) => (at === 1 ? turned(row, 0.01) : row))],
    ['is wrong in large batches alone', (rows) => (rows.length > 40 ? [...rows].reverse() : rows)],
    ['is wrong in one length alone', (rows, [ids]) => (ids?.length === 4 ? [...rows].reverse() : rows)],
  ])('tells a device that %s', async (_what, spoil) => {
    const { budget, run } = device(2, spoil);
    await expect(proveBatches(PROBES, run, budget)).rejects.toMatchObject({
      code: 'probes-disagree',
      message: expect.stringMatching(/several texts at once wrongly: of \d+ texts at once one/) as string,
    });
  });

  test('lets pass what rounding in another order changes', async () => {
    const { budget, run } = device(2, (rows) => rows.map((row) => turned(row, 0.001)));
    await expect(proveBatches(PROBES, run, budget)).resolves.toBeGreaterThan(0);
  });

  test('proves nothing with probes that make no batch', async () => {
    const { budget, run, batches } = device(2);
    expect(await proveBatches([[1, 2, 3, 4, 5]], run, budget)).toBe(0);
    expect(await proveBatches([], run, budget)).toBe(0);
    expect(batches).toEqual([]);
  });
});

/** By so many radians, in the plane of the first two numbers of a unit vector. */
function turned([x = 0, y = 0, ...rest]: number[], angle: number): number[] {
  const norm = Math.hypot(x, y);
  const at = Math.atan2(y, x) + angle / norm;
  return [norm * Math.cos(at), norm * Math.sin(at), ...rest];
}
