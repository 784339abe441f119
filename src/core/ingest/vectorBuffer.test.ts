// Vectors on their way to the disk keep their space, and are kept when the disk is away.
import { describe, expect, it } from 'vitest';
import type { SpaceKey, SpaceVectors } from '../embedding.ts';
import { createVectorBuffer } from './vectorBuffer.ts';

const vectors = (space: string, ...rows: number[]): SpaceVectors => ({
  space: space as SpaceKey,
  rows: Float32Array.from(rows),
});

describe('a vector buffer', () => {
  it('writes the vectors of two models under the space of each', async () => {
    const saved: [string, readonly number[], number[]][] = [];
    const buffer = createVectorBuffer({
      save: async (ids, { space, rows }) => void saved.push([space, ids, [...rows]]),
      now: () => 0,
      onError: () => undefined,
    });
    buffer.add([1], vectors('a', 1, 2));
    buffer.add([1], vectors('b', 3, 4));
    buffer.add([2, 3], vectors('a', 5, 6, 7, 8));
    await buffer.flush();
    expect(saved).toEqual([
      ['a', [1, 2, 3], [1, 2, 5, 6, 7, 8]],
      ['b', [1], [3, 4]],
    ]);
  });

  it('holds what could not be written, and only that', async () => {
    const saved: string[] = [];
    let broken = true;
    const buffer = createVectorBuffer({
      save: async (_ids, { space }) => {
        if (broken && space === ('b' as SpaceKey)) throw new Error('away');
        saved.push(space);
      },
      now: () => 0,
      onError: () => undefined,
    });
    buffer.add([1], vectors('a', 1, 2));
    buffer.add([1], vectors('b', 3, 4));
    await expect(buffer.flush()).rejects.toThrow('away');
    broken = false;
    await buffer.flush();
    expect(saved).toEqual(['a', 'b']);
  });
});
