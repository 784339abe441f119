// The calls of the library that keep it elsewhere and bring it back.
import { blobSource } from '../../backup/index.ts';
import type { BackupApi } from '../../backupApi.ts';
import type { Parts } from '../assemble.ts';
import type { DemoImport } from '../demoImport.ts';
import type { LateFollow } from '../follow/lateFollow.ts';
import { inspectBackup } from './inspect.ts';
import { createTeller } from './progress.ts';
import { Restores } from './restore.ts';
import type { UndoOffers } from './undoOffers.ts';
import { exportFile, writeBackupFile } from './writeFiles.ts';

export type BackupParts = Pick<Parts, 'store' | 'spaces' | 'shelf' | 'models' | 'crossPosts'> & {
  demo: Pick<DemoImport, 'noteRemoval'>;
  follow: Pick<LateFollow, 'reload'>;
};

/** All but what every page asks for, which is there before this: see undoOffers.ts. */
export type BackupCalls = Omit<BackupApi, keyof UndoOffers>;

/** Of one library. */
export function backupCalls(parts: BackupParts, now: () => number): BackupCalls {
  const restores = new Restores({ ...parts, now });
  const { demo, crossPosts, follow } = parts;
  return {
    writeBackup: async (options) => writeBackupFile({ ...parts, now }, options, createTeller(options.onProgress, now)),
    exportPosts: async (options) => exportFile({ ...parts, now }, options, createTeller(options.onProgress, now)),
    inspectBackup: async (file, { signal, onProgress } = {}) => {
      const tell = createTeller(onProgress, now);
      const onPosts = (posts: number): void => tell('checking', posts, posts);
      return (await inspectBackup(parts, blobSource(file), { signal, onPosts })).contents;
    },
    restoreBackup: async (file, options) => {
      const report = await restores.run(file, options, createTeller(options.onProgress, now));
      await crossPosts.open();
      await follow.reload();
      await demo.noteRemoval();
      return report;
    },
    undoRestore: async (id) => {
      const page = await restores.undo(id);
      await crossPosts.open();
      await follow.reload();
      await demo.noteRemoval();
      return page;
    },
  };
}
