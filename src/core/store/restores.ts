// Repository of what restores leave behind: the journal of one that is under way, and the note of the last.
//
// A backup goes in so that, wherever it stops, the library is either as it was or as it shall be (restoreChanges.ts). A journal that is
// found at opening is of a restore that never got there: what it names is taken out again.
import type { PostId } from '../post.ts';
import type { Backend } from './backend.ts';
import type { PostChanges } from './postChanges.ts';
import { takeOut } from './posts.ts';
import { forgetUndoIn, readHeadIn, type KeptUndo, type UndoNote } from './restoreUndo.ts';
import { META, type MetaRow, type PassageRecord, type StoredPost } from './schema.ts';

export interface RestoreRepository {
  /** Takes out what was staged and never committed; true when there was any. Can itself be interrupted and done again. */
  rollback(): Promise<boolean>;
  /** What is known of the last restore that may be taken back; null where there is none any more. */
  lastNote(): Promise<(UndoNote & Pick<KeptUndo, 'undone'>) | null>;
  forgetUndo(): Promise<void>;
}

export interface JournalEntry {
  added: PostId[];
  changed: { stored: StoredPost; record: PassageRecord | null }[];
}

export const JOURNAL = 'restore under way/';
export const journalSpan = { lower: JOURNAL, upper: `${JOURNAL}\uffff` };

export function createRestoreRepository(backend: Backend, changes: PostChanges): RestoreRepository {
  return {
    async rollback() {
      const keys = await backend.run([META], 'readonly', (transaction) => transaction.getAllKeys(META, journalSpan));
      for (const key of keys) {
        await changes.run(async (transaction) => {
          const row = await transaction.get(META, key);
          const remove = row === undefined ? [] : entryOf(row).added;
          await takeOut(transaction, remove);
          await transaction.delete(META, key);
          return { result: undefined, digests: { remove } };
        });
      }
      return keys.length > 0;
    },

    lastNote: () => backend.run([META], 'readonly', readHeadIn),
    forgetUndo: () => backend.run([META], 'readwrite', forgetUndoIn),
  };
}

/** Rows of the journal are written by restores alone. */
export const entryOf = (row: MetaRow): JournalEntry => row.value as JournalEntry;
