// Who may write: whoever has opened the library last. A worker that was stopped for a while and wakes up finds that it may not, and
// wherever it was stopped it holds up no other.
import { isKindredError } from '../errors.ts';
import type { Backend, Durability, Transaction } from './backend.ts';
import { HeldWrites } from './heldWrites.ts';
import { readTogether } from './readTogether.ts';
import { WRITER } from './schema.ts';
import { takenOver } from './storageErrors.ts';
import { Turns } from './turns.ts';

/** The browser lets one row of the store have it. */
const SEAT = 'writes';

/**
 * Makes the first transaction take the one seat of the writer. Every later write sits down on it anew, which the browser refuses, in
 * the same transaction, where another has it by now: what is written by then was written before another writer has read anything.
 * Rejects with `taken-over` from then on; reading goes on.
 *
 * A transaction in which this thread had something left to do would keep others from their work for as long as the thread is stopped.
 * So each asks for everything at one go and is ended by the browser: reads by themselves, then all that is written. That nobody
 * writes in between, `Turns` sees to within this worker and the seat beyond it.
 */
export function fenced(disk: Backend): Backend {
  const turns = new Turns();
  let claim: Promise<string> | null = null;

  function claimed(): Promise<string> {
    claim ??= takeSeat(disk).catch((error: unknown) => {
      claim = null;
      throw error;
    });
    return claim;
  }

  async function write(held: HeldWrites, me: string, durability: Durability | undefined): Promise<void> {
    if (held.stores.length === 0) return;
    const withSeat = (sit: (transaction: Transaction) => Promise<void>): Promise<void> =>
      disk.run(
        [...held.stores, WRITER],
        'readwrite',
        async (transaction) => {
          await sit(transaction);
          await held.make(transaction);
        },
        durability,
      );
    try {
      await withSeat((transaction) => transaction.put(WRITER, { id: me, seat: SEAT }));
    } catch (error) {
      if (held.needRoom || !isKindredError(error, 'storage-full')) throw error;
      // What goes makes room, though there is none for sitting down.
      await withSeat(async (transaction) => {
        if ((await sitterIn(transaction)) !== me) throw takenOver();
      });
    }
  }

  return {
    kind: disk.kind,
    run: (stores, mode, work, durability) =>
      turns.take(stores, mode, async () => {
        const me = await claimed();
        const held = new HeldWrites();
        const transaction = held.over(readTogether(disk, stores));
        if (mode === 'readonly') return work(transaction);
        try {
          const result = await work(transaction);
          await write(held, me, durability);
          return result;
        } catch (error) {
          // What another writer has left behind may be the reason why the work failed.
          const sitter = await disk.run([WRITER], 'readonly', sitterIn).catch(() => me);
          throw sitter === me ? error : takenOver();
        }
      }),
    async close() {
      await turns.over();
      await disk.close();
    },
  };
}

/** Gives the name that the seat is held by. */
async function takeSeat(disk: Backend): Promise<string> {
  const me = crypto.randomUUID();
  try {
    await disk.run([WRITER], 'readwrite', async (transaction) => {
      await transaction.clear(WRITER);
      await transaction.put(WRITER, { id: me, seat: SEAT });
    });
    return me;
  } catch (error) {
    if (!isKindredError(error, 'storage-full')) throw error;
    // No room for a name: nobody else can write either, and what was stored can still be read.
    return (await disk.run([WRITER], 'readonly', sitterIn)) ?? me;
  }
}

const sitterIn = async (transaction: Transaction): Promise<string | undefined> =>
  (await transaction.getAll(WRITER))[0]?.id;
