// Backups, restores and exports, one at a time: choosing the place, progress, the question before a restore, what came of it, undo.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAbort, toKindredError } from '../core/index.ts';
import type {
  BackupApi,
  BackupContents,
  BackupProgress,
  ExportFormat,
  KindredError,
  RestoreMode,
  RestoreReport,
  WrittenFile,
} from '../core/index.ts';
import type { DraftsStore } from './drafts.ts';
import type { PreferencesStore } from './preferences.ts';
import { mergedPreferences, pagePreferences } from './pagePreferences.ts';
import type { FilePlace } from './savePlace.ts';

export type BackupTask = 'write' | 'export' | 'check' | 'restore';

export type BackupState =
  | { state: 'idle' }
  | { state: 'working'; task: BackupTask; progress: BackupProgress | null }
  | { state: 'written'; task: 'write' | 'export'; file: WrittenFile }
  | { state: 'asking'; file: File; contents: BackupContents }
  | { state: 'restored'; report: RestoreReport; undo: 'offered' | 'undoing' | 'undone' | 'failed' }
  | { state: 'failed'; task: BackupTask; error: KindredError };

export interface BackupStore extends StoreApi<BackupState> {
  /** Each asks for a place first and does nothing when the author changes their mind. Never rejects: failure is a state. */
  write(): Promise<void>;
  export(format: ExportFormat): Promise<void>;
  /** Reads the file to its end, then asks how it is to be restored. */
  check(file: File): Promise<void>;
  restore(options: { mode: RestoreMode; vectors: boolean }): Promise<void>;
  undo(): Promise<void>;
  /** Offers once more to take back the last restore, of an earlier visit or another tab. */
  recall(): Promise<void>;
  cancel(): void;
  /** Puts a result, a question or a failure away. */
  close(): void;
  dispose(): void;
}

export interface BackupStoreOptions {
  library: BackupApi;
  drafts: Pick<DraftsStore, 'flush' | 'load'>;
  preferences: PreferencesStore;
  place: FilePlace;
  /** Called when posts may have changed. */
  onPostsChanged: () => void;
}

export function createBackupStore(options: BackupStoreOptions): BackupStore {
  const { library, drafts, preferences, place } = options;
  const store = createStore<BackupState>(() => ({ state: 'idle' }));
  const set = (state: BackupState): void => store.setState(state, true);
  let running: AbortController | null = null;

  async function run(
    task: BackupTask,
    work: (reporting: { signal: AbortSignal; onProgress: (progress: BackupProgress) => void }) => Promise<BackupState>,
  ): Promise<void> {
    if (running !== null) return;
    const mine = new AbortController();
    running = mine;
    set({ state: 'working', task, progress: null });
    try {
      const onProgress = (progress: BackupProgress): void => {
        if (running === mine) set({ state: 'working', task, progress });
      };
      set(await work({ signal: mine.signal, onProgress }));
    } catch (error) {
      set(isAbort(error) ? { state: 'idle' } : { state: 'failed', task, error: toKindredError(error) });
    } finally {
      running = null;
    }
  }

  /** The drafts and the page's own memory are part of what changed. */
  async function showAnew(page: unknown, mode: RestoreMode): Promise<void> {
    await drafts.load();
    const next = mergedPreferences(preferences.getState(), page, mode);
    if (next !== null) preferences.setState(next);
    options.onPostsChanged();
  }

  async function undo(): Promise<void> {
    const done = store.getState();
    if (done.state !== 'restored' || (done.undo !== 'offered' && done.undo !== 'failed')) return;
    set({ ...done, undo: 'undoing' });
    try {
      await drafts.flush();
      await showAnew(await library.undoRestore(done.report.id), 'replace');
      set({ ...done, undo: 'undone' });
    } catch {
      set({ ...done, undo: 'failed' });
    }
  }

  async function recall(): Promise<void> {
    const report = await library.restoreToUndo().catch(() => null);
    if (report !== null && store.getState().state === 'idle') set({ state: 'restored', report, undo: 'offered' });
  }

  return Object.assign(store, {
    undo,
    write: async () => {
      const target = await place.choose('backup');
      if (target === null) return;
      await run('write', async (reporting) => {
        await drafts.flush();
        const page = pagePreferences(preferences.getState());
        const file = await library.writeBackup({ vectors: true, page, to: target.handle, ...reporting });
        if (file.blob !== null) place.download(file.blob, target.name);
        return { state: 'written', task: 'write', file };
      });
    },
    export: async (format: ExportFormat) => {
      const target = await place.choose(format);
      if (target === null) return;
      await run('export', async (reporting) => {
        const file = await library.exportPosts({ format, to: target.handle, ...reporting });
        if (file.blob !== null) place.download(file.blob, target.name);
        return { state: 'written', task: 'export', file };
      });
    },
    check: (file: File) =>
      run('check', async (reporting) => ({
        state: 'asking',
        file,
        contents: await library.inspectBackup(file, reporting),
      })),
    restore: async (chosen: { mode: RestoreMode; vectors: boolean }) => {
      const asking = store.getState();
      if (asking.state !== 'asking') return;
      await run('restore', async (reporting) => {
        await drafts.flush();
        const page = pagePreferences(preferences.getState());
        const report = await library.restoreBackup(asking.file, { ...chosen, page, ...reporting });
        await showAnew(report.page, chosen.mode);
        return { state: 'restored', report, undo: 'offered' };
      });
    },
    cancel: () => running?.abort(),
    recall,
    close: () => {
      if (running !== null) return;
      const put = store.getState();
      set({ state: 'idle' });
      // What takes a restore back takes room: it goes with the offer.
      if (put.state === 'restored') void library.forgetRestore(put.report.id).catch(() => undefined);
      else void recall();
    },
    dispose: () => running?.abort(),
  });
}
