// Vectors of posts that went, and came back after the library was opened anew.
import { describe, expect, it } from 'vitest';
import { DIMENSION, rowsOf, spaceNamed } from '../../testing/storeRows.ts';
import { createMemoryBackend } from './memoryBackend.ts';
import { createVectorRepository } from './vectors.ts';

const space = spaceNamed('a');
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

const all = range(1, 1001);
const gone = new Set(range(100, 200));
const nothing = (): void => undefined;

/** Two blocks of vectors, opened while some are of no passage. */
async function opened() {
  const backend = createMemoryBackend();
  await createVectorRepository(backend).append(space, DIMENSION, rowsOf(all));
  const vectors = createVectorRepository(backend);
  await vectors.load(space, DIMENSION, (id) => !gone.has(id), nothing);
  return { backend, vectors };
}

/** Every row on the disk, as the ids say. */
async function stored({ backend }: Awaited<ReturnType<typeof opened>>): Promise<number[]> {
  const blocks = await backend.run(['vectors'], 'readonly', (transaction) => transaction.getAll('vectors'));
  return blocks.flatMap(({ ids, codes }) => {
    expect([...codes]).toEqual([...ids].flatMap((id) => [...rowsOf([id]).codes]));
    return [...ids];
  });
}

const sorted = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);

describe('rows of posts that were gone when the library was opened', () => {
  it('are found again when the posts come back, so that nothing is embedded twice', async () => {
    const library = await opened();
    const read = await library.vectors.read(space, DIMENSION, gone);
    expect(sorted(read.ids)).toEqual([...gone]);
    // Nothing that is stored later takes their place.
    const later = range(2000, 2200);
    for (const id of later) await library.vectors.append(space, DIMENSION, rowsOf([id]));
    expect(sorted(await stored(library))).toEqual([...all, ...later]);
  });

  it('are there once when they are handed over anew', async () => {
    const library = await opened();
    await library.vectors.append(space, DIMENSION, rowsOf([...gone, 1001]));
    for (const id of range(2000, 2050)) await library.vectors.append(space, DIMENSION, rowsOf([id]));
    expect(sorted(await stored(library))).toEqual([...all, 1001, ...range(2000, 2050)]);
  });

  it('are written anew where others have taken their place meanwhile', async () => {
    const library = await opened();
    const later = range(2000, 2060);
    await library.vectors.append(space, DIMENSION, rowsOf(later));
    await library.vectors.append(space, DIMENSION, rowsOf([...gone]));
    const read = await library.vectors.read(space, DIMENSION, gone);
    expect(sorted(read.ids)).toEqual([...gone]);
    expect(sorted(await stored(library))).toEqual([...all, ...later]);
  });
});
