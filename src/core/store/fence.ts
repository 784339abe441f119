// Who may write: whoever has opened the library last. A worker that was stopped for a while and wakes up finds that it may not.
import { isKindredError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { META, type StoreName } from './schema.ts';
import { takenOver } from './storageErrors.ts';

/** Holds the number of the last writer. */
export const WRITER = 'writer';

/**
 * Makes the first transaction take the next number, and lets every later write look whether it still is the last one, in
 * the same transaction: what is written by then was written before another writer has read anything. Rejects with
 * `taken-over` from then on; reading goes on.
 */
export function fenced(disk: Backend): Backend {
  let claim: Promise<number> | null = null;

  function claimed(): Promise<number> {
    claim ??= takeNumber(disk).catch((error: unknown) => {
      claim = null;
      throw error;
    });
    return claim;
  }

  return {
    kind: disk.kind,
    async run(stores, mode, work, durability) {
      const mine = await claimed();
      if (mode === 'readonly') return disk.run(stores, mode, work, durability);
      const withWriter: readonly StoreName[] = stores.includes(META) ? stores : [...stores, META];
      return disk.run(
        withWriter,
        mode,
        async (transaction) => {
          // The work need not wait for the number, as nothing is stored before it was looked at.
          const [last, done] = await Promise.allSettled([transaction.get(META, WRITER), work(transaction)]);
          // What another writer has left behind may be the reason why the work failed.
          if (last.status === 'fulfilled' && numberOf(last.value) !== mine) throw takenOver();
          if (done.status === 'rejected') throw done.reason;
          if (last.status === 'rejected') throw last.reason;
          return done.value;
        },
        durability,
      );
    },
    close: () => disk.close(),
  };
}

async function takeNumber(disk: Backend): Promise<number> {
  try {
    return await disk.run([META], 'readwrite', async (transaction) => {
      const next = numberOf(await transaction.get(META, WRITER)) + 1;
      await transaction.put(META, { key: WRITER, value: next });
      return next;
    });
  } catch (error) {
    if (!isKindredError(error, 'storage-full')) throw error;
    // No room for a number: nobody else can write either, and what was stored can still be read.
    return disk.run([META], 'readonly', async (transaction) => numberOf(await transaction.get(META, WRITER)));
  }
}

const numberOf = (row: { value: unknown } | undefined): number => (typeof row?.value === 'number' ? row.value : 0);
