// Which embedding space the library is read with: making it so, and clearing what others left, is one transaction.
import type { SpaceKey } from '../embedding.ts';
import type { Backend } from './backend.ts';
import { META, PASSAGES, VECTORS, type MetaRow } from './schema.ts';

export interface KeptSpace {
  key: SpaceKey;
  /** Rule that its passages are cut by. */
  rule: string;
}

export interface SettleOptions {
  /** Written with it. */
  settings?: readonly MetaRow[];
  /** Looks at a setting as stored now; false leaves everything as it is: another tab may have moved on. */
  provided?: { key: string; holds: (value: unknown) => boolean };
}

export interface SpaceRepository {
  /** Deletes the vectors of every other space and the passages of every other rule. False when `provided` does not hold. */
  settle(kept: KeptSpace, options?: SettleOptions): Promise<boolean>;
}

export function createSpaceRepository(backend: Backend): SpaceRepository {
  return {
    settle: ({ key, rule }, { settings = [], provided } = {}) =>
      // Strict: a reader of a torn change would find the old space named and its vectors gone.
      backend.run(
        [VECTORS, PASSAGES, META],
        'readwrite',
        async (transaction) => {
          if (provided !== undefined) {
            const row = await transaction.get(META, provided.key);
            if (!provided.holds(row?.value)) return false;
          }
          for (const row of settings) await transaction.put(META, row);
          for (const block of await transaction.getAllKeys(VECTORS)) {
            if (block[0] !== key) await transaction.delete(VECTORS, block);
          }
          for (const passages of await transaction.getAllKeys(PASSAGES)) {
            if (passages[1] !== rule) await transaction.delete(PASSAGES, passages);
          }
          return true;
        },
        'strict',
      ),
  };
}
