// The calls for backups before their code is there: the first of them loads it.
import type { BackupApi } from '../../backupApi.ts';
import { latePart } from '../lateParts.ts';
import type { BackupCalls, BackupParts } from './index.ts';
import { undoOffers } from './undoOffers.ts';

export function lateBackupCalls(opened: () => Promise<BackupParts>, now: () => number): BackupApi {
  let made: BackupCalls | null = null;
  const calls = async (): Promise<BackupCalls> => {
    const [late, parts] = await Promise.all([latePart('backup'), opened()]);
    return (made ??= late.backupCalls(parts, now));
  };
  return {
    writeBackup: async (options) => (await calls()).writeBackup(options),
    exportPosts: async (options) => (await calls()).exportPosts(options),
    inspectBackup: async (file, options) => (await calls()).inspectBackup(file, options),
    restoreBackup: async (file, options) => (await calls()).restoreBackup(file, options),
    undoRestore: async (id) => (await calls()).undoRestore(id),
    // Asked for at every start.
    ...undoOffers(opened),
  };
}
