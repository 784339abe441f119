// One import at a time: gathering files, progress, what came of it, and taking it back.
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  isAbort,
  toKindredError,
  type ImportChoices,
  type ImportFile,
  type ImportIssue,
  type ImportProgress,
  type ImportReport,
  type KindredError,
  type LibraryApi,
  type RoomEstimate,
  type UnclearTable,
} from '../core/index.ts';
import { createRoomQuestion } from './askRoom.ts';
import { groupBySource } from './sourceGroups.ts';
import { reopen, type Gathered, type GatherOptions } from './readDropped.ts';

/** Reports of one or several sources, added up. */
export interface ImportResult {
  added: number;
  changed: number;
  unchanged: number;
  /** Files of folders that were left out without being opened. */
  skipped: number;
  issues: ImportIssue[];
  leftOut: ImportReport['leftOut'];
  tables: UnclearTable[];
  cancelled: boolean;
  /** What stopped the import before its end; what came before it stays. */
  error: KindredError | null;
  demo: boolean;
}

export type UndoState = 'none' | 'offered' | 'undoing' | 'undone' | 'failed';

export type ImportState =
  | { state: 'idle' }
  | { state: 'gathering'; found: number }
  /** It is expected not to fit: begin all the same? */
  | { state: 'asking'; room: RoomEstimate }
  | { state: 'importing'; progress: ImportProgress | null; cancelling: boolean }
  | { state: 'done'; result: ImportResult; undo: UndoState };

export interface ImportStore extends StoreApi<ImportState> {
  /**
   * Imports what `gather` finds. `gather` is called at once, in the caller's own turn, because a drop can only be
   * read there. Resolves with null when another import is under way. Never rejects: failure is in the result.
   */
  importGathered(gather: (options: GatherOptions) => Gathered | Promise<Gathered>): Promise<ImportResult | null>;
  /** Reads the files of the last import once more in another way; what they bring in beside goes into the same undo. */
  importAgain(choices: ImportChoices): Promise<ImportResult | null>;
  /** Reads those files once more that something was wrong with, as they are now. */
  retry(): Promise<ImportResult | null>;
  /** With `firstVisit`, nothing comes back that the author took out. */
  importDemo(options?: { firstVisit?: boolean }): Promise<ImportResult | null>;
  /** Begins what was asked about, though it may not fit. Until then `cancel` gives it up. */
  begin(): void;
  cancel(): void;
  /** Takes back what the last import added and changed. */
  undo(): Promise<void>;
  /** Puts the result away; the import can't be undone after it. */
  clear(): void;
  dispose(): void;
}

export interface ImportStoreOptions {
  /** Source name of Markdown files that came without a folder. */
  looseName: string;
  /** Called when posts may have changed. */
  onPostsChanged?: () => void;
}

const noFiles: Gathered = { files: [], skipped: 0, issues: [] };

export function createImportStore(library: LibraryApi, options: ImportStoreOptions): ImportStore {
  const store = createStore<ImportState>(() => ({ state: 'idle' }));
  const set = (state: ImportState): void => store.setState(state, true);
  const question = createRoomQuestion(library, (room) => set({ state: 'asking', room }));
  let running: AbortController | null = null;
  let undoIds: string[] = [];
  let last: { gathered: Gathered; choices: ImportChoices } = { gathered: noFiles, choices: {} };

  async function run(
    work: (signal: AbortSignal) => Promise<ImportResult>,
    { goesOn = false } = {},
  ): Promise<ImportResult | null> {
    if (running !== null) return null;
    running = new AbortController();
    if (!goesOn) undoIds = [];
    const result = await work(running.signal);
    running = null;
    set({
      state: 'done',
      result,
      undo: result.added + result.changed > 0 || (goesOn && undoIds.length > 0) ? 'offered' : 'none',
    });
    options.onPostsChanged?.();
    return result;
  }

  const onProgress = (progress: ImportProgress): void => {
    const current = store.getState();
    if (current.state === 'importing') set({ ...current, progress });
  };

  function count(result: ImportResult, report: ImportReport): void {
    result.added += report.added.length;
    result.changed += report.changed.length;
    result.unchanged += report.unchanged;
    result.issues.push(...report.issues);
    result.tables.push(...report.tables);
    for (const reason of leftOutReasons) result.leftOut[reason] += report.leftOut[reason];
    result.cancelled ||= report.cancelled;
    undoIds.push(report.id);
  }

  async function importGroups(
    gathered: Gathered,
    signal: AbortSignal,
    choices: ImportChoices = {},
  ): Promise<ImportResult> {
    last = { gathered, choices };
    const result = emptyResult(gathered);
    if (gathered.files.length === 0) return result;
    set({ state: 'importing', progress: null, cancelling: false });
    const totals = progressOverGroups(gathered, onProgress);
    try {
      for (const { source, files } of groupBySource(gathered.files, options.looseName)) {
        // Not aborted but cancelled: the report of what was stored, and with it the undo, still comes.
        count(result, await library.importFiles(files, { ...choices, source, onProgress: totals.within }));
        if (signal.aborted) break;
        totals.groupDone();
      }
    } catch (error) {
      stopped(result, error);
    }
    return result;
  }

  async function undo(): Promise<void> {
    const done = store.getState();
    if (done.state !== 'done' || (done.undo !== 'offered' && done.undo !== 'failed')) return;
    const settle = (state: UndoState): void => {
      if (store.getState().state === 'done') set({ ...done, undo: state });
    };
    settle('undoing');
    try {
      // Backwards: a later source may have changed what an earlier one added.
      for (let id = undoIds.at(-1); id !== undefined; id = undoIds.at(-1)) {
        await library.undoImport(id);
        undoIds.pop();
      }
      settle('undone');
    } catch {
      settle('failed');
    }
    options.onPostsChanged?.();
  }

  async function retry(): Promise<ImportResult | null> {
    const done = store.getState();
    if (done.state !== 'done') return null;
    const files = filesWithIssues(last.gathered.files, done.result.issues);
    return run(
      async (signal) => {
        set({ state: 'gathering', found: files.length });
        const { choices } = last;
        const fresh = await Promise.all(files.map((file) => reopen(file).catch(() => file)));
        return importGroups({ files: fresh, skipped: 0, issues: [] }, signal, choices);
      },
      { goesOn: true },
    );
  }

  return Object.assign(store, {
    undo,
    retry,
    importAgain: (choices: ImportChoices) => {
      const { gathered, choices: before } = last;
      const include = [...new Set([...(before.include ?? []), ...(choices.include ?? [])])];
      return run((signal) => importGroups(gathered, signal, { ...before, ...choices, include }), { goesOn: true });
    },
    importGathered: (gather: Parameters<ImportStore['importGathered']>[0]) =>
      run(async (signal) => {
        set({ state: 'gathering', found: 0 });
        const onFound = (found: number): void => set({ state: 'gathering', found });
        try {
          const found = await gather({ signal, onFound });
          if (!(await question.mayBegin(found.files, signal))) return { ...emptyResult(noFiles), cancelled: true };
          return await importGroups(found, signal);
        } catch (error) {
          return stopped(emptyResult(noFiles), error);
        }
      }),
    importDemo: (demoOptions: { firstVisit?: boolean } = {}) =>
      run(async () => {
        set({ state: 'importing', progress: null, cancelling: false });
        const result = { ...emptyResult(noFiles), demo: true };
        try {
          count(result, await library.importDemo({ ...demoOptions, onProgress }));
        } catch (error) {
          stopped(result, error);
        }
        return result;
      }),
    begin: () => question.answer(true),
    cancel: () => {
      const current = store.getState();
      running?.abort();
      if (current.state !== 'importing') return;
      set({ ...current, cancelling: true });
      void library.cancelImport();
    },
    clear: () => {
      if (running === null) set({ state: 'idle' });
    },
    dispose: () => running?.abort(),
  });
}

/** In the order that they are told of. */
export const leftOutReasons = ['draft', 'private', 'reply'] as const;

/** An issue names a file, an item of it, or a file within an archive, which is then read again as a whole. */
function filesWithIssues(files: readonly ImportFile[], issues: readonly ImportIssue[]): ImportFile[] {
  const named = files.filter(({ path }) => issues.some(({ item }) => item === path || item.startsWith(`${path},`)));
  const isNamed = ({ item }: ImportIssue): boolean =>
    named.some(({ path }) => item === path || item.startsWith(`${path},`));
  return issues.every(isNamed) ? named : [...files];
}

function emptyResult(gathered: Gathered): ImportResult {
  return {
    added: 0,
    changed: 0,
    unchanged: 0,
    skipped: gathered.skipped,
    issues: [...gathered.issues],
    leftOut: { draft: 0, private: 0, reply: 0 },
    tables: [],
    cancelled: false,
    error: null,
    demo: false,
  };
}

function stopped(result: ImportResult, error: unknown): ImportResult {
  if (isAbort(error)) result.cancelled = true;
  else result.error = toKindredError(error);
  return result;
}

/** Each source reports its own progress from zero; the author sees one. */
function progressOverGroups(gathered: Gathered, onProgress: (progress: ImportProgress) => void) {
  const whole: ImportProgress = {
    filesDone: 0,
    filesTotal: gathered.files.length,
    bytesDone: 0,
    bytesTotal: gathered.files.reduce((sum, file) => sum + file.blob.size, 0),
    postsFound: 0,
    failed: gathered.issues.length,
    elapsedMs: 0,
  };
  let before = whole;
  let now = whole;
  return {
    within: (progress: ImportProgress): void => {
      now = {
        ...whole,
        filesDone: before.filesDone + progress.filesDone,
        bytesDone: before.bytesDone + progress.bytesDone,
        postsFound: before.postsFound + progress.postsFound,
        failed: before.failed + progress.failed,
        elapsedMs: before.elapsedMs + progress.elapsedMs,
      };
      onProgress(now);
    },
    groupDone: (): void => {
      before = now;
    },
  };
}
