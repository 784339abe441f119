// The backend over memory: for browsers that give no IndexedDB, and for what no longer fits on the disk.
import { KindredError } from '../errors.ts';
import type { Backend, KeySpan, RowOf, Transaction } from './backend.ts';
import { compareKeys, nameOfKey, type Key } from './keyOrder.ts';
import { KEY_PATHS, STORE_NAMES, type StoreName } from './schema.ts';

export interface MemoryBackend extends Backend {
  /** Rows held, over all stores. */
  readonly size: number;
}

/** Rows of one store by key, and the keys in order. */
class Table {
  readonly rows = new Map<string, { key: Key; row: unknown }>();
  readonly #sorted: Key[] = [];

  keys({ lower, upper, lowerOpen = false }: KeySpan<Key> = {}): Key[] {
    const from = lower === undefined ? 0 : this.#place(lower, lowerOpen);
    return this.#sorted.slice(from, upper === undefined ? undefined : this.#place(upper, true));
  }

  get(key: Key): unknown {
    return this.rows.get(nameOfKey(key))?.row;
  }

  set(key: Key, row: unknown): void {
    const name = nameOfKey(key);
    if (row === undefined) {
      if (this.rows.delete(name)) this.#sorted.splice(this.#place(key, false), 1);
      return;
    }
    if (!this.rows.has(name)) this.#sorted.splice(this.#place(key, false), 0, key);
    this.rows.set(name, { key, row });
  }

  /** How many keys come before this one; with `after`, itself among them. */
  #place(key: Key, after: boolean): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compareKeys(this.#sorted[middle] ?? key, key);
      if (order < 0 || (after && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function createMemoryBackend(): MemoryBackend {
  const tables = Object.fromEntries(STORE_NAMES.map((name) => [name, new Table()])) as Record<StoreName, Table>;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const undo: (() => void)[] = [];
    const write = (store: StoreName, key: Key, row: unknown): void => {
      const table = tables[store];
      const before = table.get(key);
      undo.push(() => table.set(key, before));
      table.set(key, row);
    };
    try {
      return await work({
        get: (store, key) =>
          Promise.resolve(structuredClone(tables[store].get(key)) as RowOf<typeof store> | undefined),
        getAll: <S extends StoreName>(store: S, span?: KeySpan<Key>, count?: number) => {
          const rows = tables[store]
            .keys(span)
            .slice(0, count)
            .map((key) => tables[store].get(key));
          return Promise.resolve(structuredClone(rows) as RowOf<S>[]);
        },
        getAllKeys: (store, span) => Promise.resolve(tables[store].keys(span) as never[]),
        count: (store) => Promise.resolve(tables[store].rows.size),
        put: async (store, row) => write(store, keyOf(store, row), structuredClone(row)),
        delete: async (store, key) => write(store, key, undefined),
        clear: async (store) => tables[store].keys().forEach((key) => write(store, key, undefined)),
      });
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  }

  return {
    kind: 'memory',
    get size() {
      return STORE_NAMES.reduce((sum, name) => sum + tables[name].rows.size, 0);
    },
    async run(_stores, _mode, work) {
      if (closed) throw new KindredError('disposed', 'The library is closed. Reload the page to open it again.');
      // One after the other: nothing ever sees half of another's work.
      const job = last.then(() => attempt(work));
      last = job.catch(() => undefined);
      return job;
    },
    async close() {
      closed = true;
      await last;
    },
  };
}

/** Key of a row, by the key path of its store. */
export function keyOf(store: StoreName, row: unknown): Key {
  const path: string | readonly string[] = KEY_PATHS[store];
  const fields = row as Record<string, Key>;
  return typeof path === 'string' ? (fields[path] as Key) : path.map((name) => fields[name] as Key);
}
