// What a restore left that never came to its end is taken out. Apart from the rest, since every opening asks for it.
import type { Store } from '../../store/openStore.ts';
import { unlessRunning } from './restoreLock.ts';

/** Before anything of the library is read. */
export async function recoverRestore({ restores }: Pick<Store, 'restores'>): Promise<void> {
  await unlessRunning(
    () => restores.rollback(),
    () => false,
  );
}
