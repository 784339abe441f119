// Changes that are kept back until all of them are known, and seen meanwhile by whoever makes them.
import type { KeyOf, KeySpan, RowOf, Transaction } from './backend.ts';
import { compareKeys, inSpan, nameOfKey, type Key } from './keyOrder.ts';
import { keyOf } from './memoryBackend.ts';
import type { Reads } from './readTogether.ts';
import type { StoreName } from './schema.ts';

interface Keyed {
  key: Key;
  row: unknown;
}

/** How one store differs from what is on the disk. */
interface Changed {
  cleared: boolean;
  /** By name of the key; a row that is undefined is gone. */
  rows: Map<string, Keyed>;
}

export class HeldWrites {
  readonly #steps: ((disk: Transaction) => Promise<void>)[] = [];
  readonly #changed = new Map<StoreName, Changed>();
  #puts = false;

  /** That are changed. */
  get stores(): StoreName[] {
    return [...this.#changed.keys()];
  }

  /** False where rows only go. */
  get needRoom(): boolean {
    return this.#puts;
  }

  /** Makes the changes, in their order. */
  async make(disk: Transaction): Promise<void> {
    for (const step of this.#steps) await step(disk);
  }

  /** A transaction over what is on the disk with these changes. */
  over(disk: Reads): Transaction {
    const change = (store: StoreName, step: (disk: Transaction) => Promise<void>): Changed => {
      this.#steps.push(step);
      const changed = this.#changed.get(store) ?? { cleared: false, rows: new Map() };
      this.#changed.set(store, changed);
      return changed;
    };
    return {
      get: async (store, key) => {
        const changed = this.#changed.get(store);
        const own = changed?.rows.get(nameOfKey(key));
        if (own !== undefined) return structuredClone(own.row) as RowOf<typeof store> | undefined;
        return changed?.cleared === true ? undefined : disk.get(store, key);
      },
      getAll: async <S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>, count?: number): Promise<RowOf<S>[]> => {
        const changed = this.#changed.get(store);
        if (changed === undefined) return disk.getAll(store, span, count);
        const keyed = (row: unknown) => ({ key: keyOf(store, row), row });
        const merged = await merge(changed, span, async () => (await disk.getAll(store, span)).map(keyed));
        return structuredClone(merged.slice(0, count).map(({ row }) => row)) as RowOf<S>[];
      },
      getAllKeys: async <S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>): Promise<KeyOf<S>[]> => {
        const changed = this.#changed.get(store);
        if (changed === undefined) return disk.getAllKeys(store, span);
        const merged = await merge(changed, span, async () => (await disk.getAllKeys(store, span)).map(keyAlone));
        return merged.map(({ key }) => key as KeyOf<S>);
      },
      count: async (store) => {
        const changed = this.#changed.get(store);
        if (changed === undefined) return disk.count(store);
        return (await merge(changed, {}, async () => (await disk.getAllKeys(store)).map(keyAlone))).length;
      },
      put: async (store, row) => {
        const { rows } = change(store, (below) => below.put(store, row));
        const key = keyOf(store, row);
        rows.set(nameOfKey(key), { key, row });
        this.#puts = true;
      },
      delete: async (store, key) => {
        const { rows } = change(store, (below) => below.delete(store, key));
        rows.set(nameOfKey(key), { key, row: undefined });
      },
      clear: async (store) => {
        const changed = change(store, (below) => below.clear(store));
        changed.cleared = true;
        changed.rows.clear();
      },
    };
  }
}

const keyAlone = (key: Key): Keyed => ({ key, row: key });

/** The changes as they are now over what is stored, in the order of the keys. */
async function merge(changed: Changed, span: KeySpan<Key> = {}, stored: () => Promise<Keyed[]>): Promise<Keyed[]> {
  const own = [...changed.rows].filter(([, { key }]) => inSpan(key, span));
  const below = changed.cleared ? [] : await stored();
  const merged = new Map([...below.map((entry) => [nameOfKey(entry.key), entry] as const), ...own]);
  return [...merged.values()].filter(({ row }) => row !== undefined).sort((a, b) => compareKeys(a.key, b.key));
}
