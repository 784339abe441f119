// The calls of the library that keep it elsewhere and bring it back.
import { blobSource } from '../../backup/index.ts';
import type { BackupApi } from '../../backupApi.ts';
import type { Parts } from '../assemble.ts';
import type { DemoImport } from '../demoImport.ts';
import { inspectBackup } from './inspect.ts';
import { createTeller } from './progress.ts';
import type { Restores } from './restore.ts';
import { exportFile, writeBackupFile } from './writeFiles.ts';

export { recoverRestore, Restores } from './restore.ts';

export type BackupParts = Pick<Parts, 'store' | 'spaces' | 'shelf' | 'models' | 'crossPosts'> & {
  restores: Restores;
  demo: Pick<DemoImport, 'noteRemoval'>;
};

export function backupCalls(opened: () => Promise<BackupParts>, now: () => number): BackupApi {
  return {
    writeBackup: async (options) =>
      writeBackupFile({ ...(await opened()), now }, options, createTeller(options.onProgress, now)),
    exportPosts: async (options) =>
      exportFile({ ...(await opened()), now }, options, createTeller(options.onProgress, now)),
    inspectBackup: async (file, { signal, onProgress } = {}) => {
      const tell = createTeller(onProgress, now);
      const onPosts = (posts: number): void => tell('checking', posts, posts);
      return (await inspectBackup(await opened(), blobSource(file), { signal, onPosts })).contents;
    },
    restoreBackup: async (file, options) => {
      const { restores, demo, crossPosts } = await opened();
      const report = await restores.run(file, options, createTeller(options.onProgress, now));
      await crossPosts.open();
      await demo.noteRemoval();
      return report;
    },
    undoRestore: async (id) => {
      const { restores, demo, crossPosts } = await opened();
      await restores.undo(id);
      await crossPosts.open();
      await demo.noteRemoval();
    },
  };
}
