// A backend that goes on in memory once the disk is full: what was stored stays, what comes after lives until the page closes.
import { isKindredError } from '../errors.ts';
import type { Backend, KeyOf, KeySpan, RowOf, Transaction } from './backend.ts';
import { compareKeys } from './keyOrder.ts';
import { createMemoryBackend, keyOf } from './memoryBackend.ts';
import { STORE_NAMES, type StoreName } from './schema.ts';

export interface SpillingBackend extends Backend {
  /** True while rows are kept in memory only. */
  readonly spilled: boolean;
  /** Tries to move what is in memory to the disk; true when nothing is left in memory only. */
  drain(): Promise<boolean>;
}

export function createSpillingBackend(disk: Backend, onSpill: () => void = () => undefined): SpillingBackend {
  let memory = createMemoryBackend();
  let spilled = false;

  function both<T>(
    stores: readonly StoreName[],
    mode: 'readonly' | 'readwrite',
    work: (transaction: Transaction) => Promise<T>,
    puts: 'disk-and-memory' | 'memory',
    durability: 'relaxed' | 'strict',
  ): Promise<T> {
    return memory.run(stores, mode, (above) =>
      disk.run(stores, mode, (below) => work(overlay(above, below, puts)), durability),
    );
  }

  return {
    kind: 'indexeddb',
    get spilled() {
      return spilled;
    },
    async run(stores, mode, work, durability = 'relaxed') {
      try {
        if (!spilled) return await disk.run(stores, mode, work, durability);
        // A small row may still fit, and a draft is worth the try.
        if (durability === 'strict') return await both(stores, mode, work, 'disk-and-memory', durability);
      } catch (error) {
        if (mode === 'readonly' || !isKindredError(error, 'storage-full')) throw error;
        if (!spilled) {
          spilled = true;
          onSpill();
        }
      }
      return both(stores, mode, work, 'memory', 'relaxed');
    },
    async drain() {
      if (!spilled) return true;
      const full = memory;
      try {
        await full.run(STORE_NAMES, 'readonly', (above) =>
          disk.run(STORE_NAMES, 'readwrite', async (below) => {
            for (const store of STORE_NAMES) {
              for (const row of await above.getAll(store)) await below.put(store, row);
            }
          }),
        );
      } catch (error) {
        if (isKindredError(error, 'storage-full')) return false;
        throw error;
      }
      memory = createMemoryBackend();
      spilled = false;
      return true;
    },
    async close() {
      await memory.close();
      await disk.close();
    },
  };
}

/** Memory above disk: a row of memory hides the one with its key below. Deleting reaches both, and so frees the disk. */
function overlay(above: Transaction, below: Transaction, puts: 'disk-and-memory' | 'memory'): Transaction {
  async function rows<S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>, count?: number): Promise<RowOf<S>[]> {
    const [upper, lower] = [await above.getAll(store, span, count), await below.getAll(store, span, count)];
    const merged = new Map([...lower, ...upper].map((row) => [JSON.stringify(keyOf(store, row)), row]));
    return [...merged.values()].sort((a, b) => compareKeys(keyOf(store, a), keyOf(store, b))).slice(0, count);
  }
  async function keys<S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>): Promise<KeyOf<S>[]> {
    const all = [...(await above.getAllKeys(store, span)), ...(await below.getAllKeys(store, span))];
    return [...new Map(all.map((key) => [JSON.stringify(key), key])).values()].sort(compareKeys);
  }
  return {
    get: async (store, key) => (await above.get(store, key)) ?? (await below.get(store, key)),
    getAll: rows,
    getAllKeys: keys,
    count: async (store) => (await keys(store)).length,
    put: async (store, row) => {
      if (puts === 'disk-and-memory') await below.put(store, row);
      await above.put(store, row);
    },
    delete: async (store, key) => {
      await below.delete(store, key);
      await above.delete(store, key);
    },
    clear: async (store) => {
      await below.clear(store);
      await above.clear(store);
    },
  };
}
