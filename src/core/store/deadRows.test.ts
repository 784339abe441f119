// Vectors of posts that went, and came back after the library was opened anew.
import { expect, it } from 'vitest';
import { DIMENSION, rowsOf, spaceNamed } from '../../testing/storeRows.ts';
import { createMemoryBackend } from './memoryBackend.ts';
import { createVectorRepository } from './vectors.ts';

const space = spaceNamed('a');
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

it('are stored once, and what is stored later does not take their place', async () => {
  const backend = createMemoryBackend();
  const all = range(1, 1001);
  await createVectorRepository(backend).append(space, DIMENSION, rowsOf(all));

  const again = createVectorRepository(backend);
  const gone = new Set(range(100, 200));
  const nothing = (): void => undefined;
  await again.load(space, DIMENSION, (id) => !gone.has(id), nothing);
  // They come back, and are embedded again; then others come.
  await again.append(space, DIMENSION, rowsOf([...gone]));
  const later = range(2000, 2200);
  for (const id of later) await again.append(space, DIMENSION, rowsOf([id]));
  const read = await again.read(space, DIMENSION, gone);
  expect([...read.ids].sort((a, b) => a - b)).toEqual([...gone]);

  const seen: number[] = [];
  await createVectorRepository(backend).load(
    space,
    DIMENSION,
    () => true,
    ({ ids, codes }) => {
      expect(codes).toEqual(rowsOf([...ids]).codes);
      seen.push(...ids);
    },
  );
  expect(seen.sort((a, b) => a - b)).toEqual([...all, ...later]);
});
