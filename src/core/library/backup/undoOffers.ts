// Whether the last restore can still be taken back. Apart from the rest, since every page asks for it.
import type { BackupApi } from '../../backupApi.ts';
import type { Store } from '../../store/openStore.ts';

type Restores = Pick<Store, 'restores'>;

/** What takes a restore back is kept so long, in milliseconds: a week. */
const UNDO_KEPT_MS = 7 * 24 * 3_600_000;

export type UndoOffers = Pick<BackupApi, 'restoreToUndo' | 'forgetRestore'>;

export function undoOffers(opened: () => Promise<{ store: Restores }>): UndoOffers {
  return {
    restoreToUndo: async () => {
      const last = await (await opened()).store.restores.lastNote();
      return last === null || last.undone ? null : last.report;
    },
    forgetRestore: async (id) => {
      const { restores } = (await opened()).store;
      if ((await restores.lastNote())?.id === id) await restores.forgetUndo();
    },
  };
}

/** When the library is opened. */
export async function forgetOldUndo({ restores }: Restores, now: number): Promise<void> {
  const last = await restores.lastNote();
  if (last !== null && now - last.at > UNDO_KEPT_MS) await restores.forgetUndo();
}
