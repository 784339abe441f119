// What the repositories stand on: transactions over the stores, the same over IndexedDB, over memory and over both.
import type { KindredSchema, POSTS, StoredPost, StoreName } from './schema.ts';

export type KeyOf<S extends StoreName> = KindredSchema[S]['key'];
export type RowOf<S extends StoreName> = S extends typeof POSTS ? StoredPost : KindredSchema[S]['value'];

/** Keys from `lower` to `upper`; a missing end is open. */
export interface KeySpan<K> {
  lower?: K;
  /** True leaves `lower` itself out. */
  lowerOpen?: boolean;
  upper?: K;
}

/**
 * One transaction. Rows are copied out; one that was put is not changed until the transaction is over. What changes rows resolves before
 * it is done; it is seen by whatever is asked after it, and fails the transaction if it fails.
 */
export interface Transaction {
  get<S extends StoreName>(store: S, key: KeyOf<S>): Promise<RowOf<S> | undefined>;
  /** In the order of their keys, at most `count`. */
  getAll<S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>, count?: number): Promise<RowOf<S>[]>;
  getAllKeys<S extends StoreName>(store: S, span?: KeySpan<KeyOf<S>>): Promise<KeyOf<S>[]>;
  count(store: StoreName): Promise<number>;
  put<S extends StoreName>(store: S, row: RowOf<S>): Promise<void>;
  delete<S extends StoreName>(store: S, key: KeyOf<S>): Promise<void>;
  clear(store: StoreName): Promise<void>;
  /** Nothing more is asked: the transaction ends though this thread should hear of nothing any more. Absent where that is all the same. */
  end?(): void;
}

export type Mode = 'readonly' | 'readwrite';

/** `strict` waits until the disk has it: for what cannot be made again, such as a draft. */
export type Durability = 'relaxed' | 'strict';

export interface Backend {
  readonly kind: 'indexeddb' | 'memory';
  /**
   * Runs `work` in one transaction: all of it is stored, or nothing of it when it rejects.
   * `work` awaits nothing but the transaction, and may be run a second time from its beginning.
   * Rejects with `storage-full`, `storage-blocked` or `storage-failed`, or with what `work` throws.
   */
  run<T>(
    stores: readonly StoreName[],
    mode: Mode,
    work: (transaction: Transaction) => Promise<T>,
    durability?: Durability,
  ): Promise<T>;
  /** Waits for the transactions under way. */
  close(): Promise<void>;
}
