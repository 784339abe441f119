// Changes that are kept back must look to whoever makes them as if they were made.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Transaction } from './backend.ts';
import { HeldWrites } from './heldWrites.ts';
import { createMemoryBackend } from './memoryBackend.ts';

type Step =
  | { do: 'put'; key: string; value: number }
  | { do: 'delete'; key: string }
  | { do: 'get'; key: string }
  | { do: 'clear' }
  | { do: 'count' }
  | { do: 'read'; lower: string; lowerOpen: boolean; upper: string; count: number };

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const step: fc.Arbitrary<Step> = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put'), key, value: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.oneof(fc.record({ do: fc.constant('delete'), key }), fc.record({ do: fc.constant('get'), key })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step[]>({ do: 'clear' }, { do: 'count' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read'),
      lower: key,
      lowerOpen: fc.boolean(),
      upper: key,
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
);

/** What each step is told. */
async function take(transaction: Transaction, steps: readonly Step[]): Promise<unknown[]> {
  const told: unknown[] = [];
  for (const one of steps) {
    if (one.do === 'put') await transaction.put('meta', { key: one.key, value: one.value });
    else if (one.do === 'delete') await transaction.delete('meta', one.key);
    else if (one.do === 'clear') await transaction.clear('meta');
    else if (one.do === 'get') told.push(await transaction.get('meta', one.key));
    else if (one.do === 'count') told.push(await transaction.count('meta'));
    else {
      const { lower, lowerOpen, upper, count } = one;
      const span = { lower, lowerOpen, upper };
      told.push(await transaction.getAll('meta', span, count), await transaction.getAllKeys('meta', { lower, upper }));
    }
  }
  return told;
}

it('are seen as a transaction that makes them at once shows them, and leave the same behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step), fc.array(step), async (before, steps) => {
      const [plain, disk] = [createMemoryBackend(), createMemoryBackend()];
      for (const backend of [plain, disk]) await backend.run(['meta'], 'readwrite', (t) => take(t, before));
      const expected = await plain.run(['meta'], 'readwrite', (t) => take(t, steps));
      const held = new HeldWrites();
      const told = await disk.run(['meta'], 'readonly', (t) => take(held.over(t), steps));
      expect(told).toEqual(expected);
      await disk.run(['meta'], 'readwrite', (t) => held.make(t));
      const [left, made] = await Promise.all(
        [plain, disk].map((one) => one.run(['meta'], 'readonly', (t) => t.getAll('meta'))),
      );
      expect(made).toEqual(left);
      expect(held.needRoom).toBe(steps.some((one) => one.do === 'put'));
    }),
  );
});
