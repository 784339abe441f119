// Bringing posts in: one import at a time, alive while the author visits other views.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { isAbort, toKindredError } from '../core/index.ts';
import type { ImportFile, ImportProgress, ImportReport, KindredError, LibraryApi } from '../core/index.ts';

export type ImportState =
  | { state: 'idle' }
  | { state: 'running'; source: string; progress: ImportProgress | null }
  | { state: 'done'; source: string; report: ImportReport; undone: boolean }
  | { state: 'failed'; source: string; error: KindredError };

export interface ImportsStore extends StoreApi<ImportState> {
  /** Resolves with the report, or null when the import failed or another one is running; failure is a state. */
  importFiles(files: ImportFile[], source: string): Promise<ImportReport | null>;
  importDemo(name: string): Promise<ImportReport | null>;
  cancel(): void;
  /** Takes the last import out again. */
  undo(): Promise<void>;
  /** Puts the report of the last import away. */
  clear(): void;
  dispose(): void;
}

interface RunOptions {
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
}

export function createImports(library: LibraryApi): ImportsStore {
  const store = createStore<ImportState>(() => ({ state: 'idle' }));
  let running: AbortController | null = null;

  async function run(
    source: string,
    work: (options: RunOptions) => Promise<ImportReport>,
  ): Promise<ImportReport | null> {
    if (running !== null) return null;
    const controller = new AbortController();
    running = controller;
    store.setState({ state: 'running', source, progress: null }, true);
    try {
      const onProgress = (progress: ImportProgress): void => {
        if (running === controller) store.setState({ state: 'running', source, progress }, true);
      };
      const report = await work({ signal: controller.signal, onProgress });
      store.setState({ state: 'done', source, report, undone: false }, true);
      return report;
    } catch (error) {
      store.setState(
        isAbort(error) ? { state: 'idle' } : { state: 'failed', source, error: toKindredError(error) },
        true,
      );
      return null;
    } finally {
      running = null;
    }
  }

  return Object.assign(store, {
    importFiles: (files: ImportFile[], source: string) =>
      run(source, (options) => library.importFiles(files, { source, ...options })),
    importDemo: (name: string) => run(name, (options) => library.importDemo(options)),
    cancel: () => running?.abort(),
    undo: async () => {
      const last = store.getState();
      if (last.state !== 'done' || last.undone) return;
      try {
        await library.undoImport(last.report.id);
        store.setState({ ...last, undone: true }, true);
      } catch (error) {
        store.setState({ state: 'failed', source: last.source, error: toKindredError(error) }, true);
      }
    },
    clear: () => {
      if (running === null) store.setState({ state: 'idle' }, true);
    },
    dispose: () => running?.abort(),
  });
}
