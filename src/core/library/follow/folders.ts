// Watched folders: what is new or changed in them is read again, and posts go with their files, but never many of them unasked.
import { toKindredError } from '../../errors.ts';
import type { FollowedFolder, Unfollowed } from '../../followApi.ts';
import { InTurn } from '../inTurn.ts';
import type { ImportReport, RequestOptions } from '../../libraryApi.ts';
import { pause } from '../../pause.ts';
import type { PostId } from '../../post.ts';
import { changesOf, isAllowed, isGone, listFolder, type Listing } from './folderListing.ts';
import { readFolder } from './readFolder.ts';
import { filesKey, FOLDERS_KEY } from './followKeys.ts';
import {
  filesRow,
  newFolder,
  parseFiles,
  parseFolders,
  postsOf,
  type FolderRow,
  type KnownFiles,
} from './followRows.ts';
import { isEmpty, isLost } from './folderProblems.ts';
import { isStopped } from './isStopped.ts';
import { Looks } from './looks.ts';
import type { FollowPorts } from './ports.ts';

/** While Kindred is open a folder is looked at so often, or a twentieth of the time where a look takes long. */
const LOOK_EVERY_MS = 60_000;
const SHARE_OF_TIME = 20;
/** After the browser has told of a change: what saves a file changes it several times. */
const SETTLED_AFTER_MS = 1_000;
/** A program that saves a file may take it away for less than this. */
const SAVED_WITHIN_MS = 1_000;
/** Of the files of a folder, so many may go together with their posts without a question. */
const SHARE_UNASKED = 0.1;
const MOST_UNASKED = 20;

/** What `addAgain` takes back. */
interface RemovedFolder {
  kind: 'folder';
  folder: FolderRow;
  files: unknown;
  removal: string | null;
}

type Settle = { posts: 'keep' | 'delete' } & RequestOptions;

export class Folders {
  readonly #ports: FollowPorts;
  readonly #looks: Looks;
  readonly #turn = new InTurn();
  readonly #saving = new InTurn();
  readonly #files = new Map<string, KnownFiles>();
  /** Folders that the browser wants the author to allow again. */
  readonly #shut = new Set<string>();
  readonly #nextAt = new Map<string, number>();
  /** What ends the watch over each folder. */
  readonly #observed = new Map<string, () => void>();
  /** Changed since the last look began. */
  readonly #stirred = new Set<string>();
  readonly #onStirred: () => void;
  #rows: FolderRow[] = [];

  /** @param onStirred `nextAt` is sooner than it was */
  constructor(ports: FollowPorts, onStirred: () => void) {
    this.#ports = ports;
    this.#onStirred = onStirred;
    this.#looks = new Looks(() => ports.onChange());
  }

  async open(): Promise<void> {
    const { settings } = this.#ports;
    this.#rows = (await settings.get(FOLDERS_KEY, parseFolders)) ?? [];
    this.#files.clear();
    for (const { id } of this.#rows) this.#files.set(id, (await settings.get(filesKey(id), parseFiles)) ?? noFiles());
  }

  state(whileOpen: boolean): FollowedFolder[] {
    return this.#rows.map((folder) => {
      const { id, name, handle, deleted } = folder;
      const files = this.#filesOf(id);
      return {
        ...this.#looks.state(id, folder, whileOpen ? (this.#nextAt.get(id) ?? null) : null),
        id,
        name,
        handle,
        allowed: !this.#shut.has(id),
        files: files.size,
        posts: this.#there([...files.keys()], files).length,
        missing: this.#there(folder.missing, files).length,
        deleted,
      };
    });
  }

  /** Those that are to be looked at by then, and were not looked at since; or all. */
  ids({ dueAt = Infinity, lookedBefore = Infinity } = {}): string[] {
    return this.#rows
      .filter(({ id, lookedAt }) => (this.#nextAt.get(id) ?? 0) <= dueAt && (lookedAt ?? 0) <= lookedBefore)
      .map(({ id }) => id);
  }

  /** A folder that may not be read waits for its author. */
  nextAt(): number {
    return Math.min(...this.#rows.map(({ id }) => (this.#shut.has(id) ? Infinity : (this.#nextAt.get(id) ?? 0))));
  }

  /** Its id, new or known. */
  async add(handle: FileSystemDirectoryHandle): Promise<string> {
    for (const { id, handle: known } of this.#rows) if (await known.isSameEntry(handle)) return id;
    const id = this.#ports.newId();
    this.#rows = [...this.#rows, newFolder(id, this.#freeName(handle.name), handle)];
    this.#files.set(id, new Map());
    await this.#save();
    return id;
  }

  /** Resolves when all were looked at; never rejects. */
  async look(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const looks = ids.map((id) => this.#looks.at(id, () => this.#turn.run(() => this.#lookOrSay(id, signal))));
    await Promise.all(looks);
  }

  remove(id: string, { posts, id: request }: Settle): Promise<Unfollowed | null> {
    return this.#turn.run(async () => {
      const folder = this.#find(id);
      if (folder === undefined) return null;
      const files = this.#filesOf(id);
      const there = this.#there([...files.keys()], files);
      const removal = posts === 'delete' ? await this.#ports.remove(there, request) : null;
      this.#rows = this.#rows.filter((row) => row.id !== id);
      this.#looks.forget(id);
      this.#leave(id);
      await this.#save();
      const undo: RemovedFolder = { kind: 'folder', folder, files: filesRow(files), removal: removal?.id ?? null };
      return { deleted: removal?.count ?? 0, undo };
    });
  }

  /** False for what is no folder. */
  async addAgain(undo: unknown): Promise<boolean> {
    if (!isRemovedFolder(undo)) return false;
    const { folder, files, removal } = undo;
    if (removal !== null) await this.#ports.restore(removal);
    if (this.#find(folder.id) === undefined) {
      this.#rows = [...this.#rows, folder];
      this.#files.set(folder.id, parseFiles(files) ?? noFiles());
      await this.#save(folder.id);
    }
    return true;
  }

  /** See FollowApi. */
  settleMissing(id: string, settle: Settle): Promise<void> {
    return this.#turn.run(async () => {
      const folder = this.#find(id);
      if (folder !== undefined) await this.#settle(folder, folder.missing, settle);
    });
  }

  /** See FollowApi. */
  restoreMissing(id: string): Promise<void> {
    return this.#turn.run(async () => {
      const folder = this.#find(id);
      if (folder === undefined || folder.deleted === null) return;
      await this.#ports.restore(folder.deleted.id);
      await this.#change(id, { deleted: null });
    });
  }

  settled(): Promise<void> {
    return this.#looks.settled();
  }

  close(): void {
    for (const id of [...this.#observed.keys()]) this.#leave(id);
  }

  #observe({ id, handle }: FolderRow): void {
    if (this.#observed.has(id)) return;
    const onChange = (): void => {
      this.#stirred.add(id);
      this.#nextAt.set(id, Math.min(this.#nextAt.get(id) ?? 0, this.#ports.now() + SETTLED_AFTER_MS));
      this.#onStirred();
    };
    this.#observed.set(id, this.#ports.observe(handle, onChange));
  }

  #leave(id: string): void {
    this.#observed.get(id)?.();
    this.#observed.delete(id);
  }

  async #lookOrSay(id: string, signal: AbortSignal): Promise<void> {
    const { now } = this.#ports;
    const folder = this.#find(id);
    if (folder === undefined || signal.aborted) return;
    const began = now();
    this.#stirred.delete(id);
    try {
      await this.#look(folder, signal);
    } catch (error) {
      if (isStopped(signal)) return;
      const { code, message } = toKindredError(error);
      await this.#change(id, { problem: { code, message } }).catch(() => undefined);
    } finally {
      const took = now() - began;
      const soon = this.#stirred.has(id) ? SETTLED_AFTER_MS + took : Math.max(LOOK_EVERY_MS, took * SHARE_OF_TIME);
      this.#nextAt.set(id, now() + soon);
    }
  }

  async #look(folder: FolderRow, signal: AbortSignal): Promise<void> {
    const { now } = this.#ports;
    const { id } = folder;
    const files = this.#filesOf(id);
    const listing = await this.#list(folder, signal);
    if (listing === null) {
      this.#leave(id);
      return;
    }
    this.#observe(folder);
    if (listing.files.size === 0 && files.size > 0) {
      await this.#change(id, { problem: isEmpty(folder.name) });
      return;
    }
    const changes = changesOf(listing, files);
    const report = await readFolder({
      reading: this.#ports.reading,
      name: folder.name,
      files,
      listing,
      changes,
      has: (post) => this.#ports.has(post),
      arrive: (run) =>
        this.#ports.arrive({ ...run, signal, onProgress: (progress) => this.#looks.progress(id, progress) }),
    });
    if (report !== null) this.#looks.found(id, report.issues);
    await this.#change(id, { lookedAt: now(), problem: null, ...foundIn(report, now()) }, { files: true });
    await this.#part(id, changes.missing, signal);
  }

  /** Null where the folder may not be read, or is not there. Which, is noted. */
  async #list({ id, name, handle }: FolderRow, signal: AbortSignal): Promise<Listing | null> {
    const wasShut = this.#shut.delete(id);
    try {
      if (await isAllowed(handle)) return await listFolder(handle, name, this.#ports.reading, signal);
      this.#shut.add(id);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#shut.add(id);
      else await this.#change(id, { problem: isLost(name) });
    }
    if (wasShut !== this.#shut.has(id)) this.#ports.onChange();
    return null;
  }

  /** What becomes of the posts of files that are gone: a few go too, for more the author is asked. */
  async #part(id: string, missing: readonly string[], signal: AbortSignal): Promise<void> {
    const folder = this.#find(id);
    if (folder === undefined || (missing.length === 0 && folder.missing.length === 0)) return;
    const gone: string[] = [];
    if (missing.length > 0) await pause(SAVED_WITHIN_MS, signal);
    for (const path of missing) if (await isGone(folder.handle, path)) gone.push(path);
    const files = this.#filesOf(id);
    const unasked = Math.min(MOST_UNASKED, Math.max(1, Math.floor(files.size * SHARE_UNASKED)));
    if (gone.length > unasked) await this.#change(id, { missing: gone });
    else await this.#settle(folder, gone, { posts: 'delete' });
  }

  async #settle({ id }: FolderRow, paths: readonly string[], { posts, id: request }: Settle): Promise<void> {
    const files = this.#filesOf(id);
    const there = this.#there(paths, files);
    const removal =
      posts === 'delete' && (there.length > 0 || request !== undefined)
        ? await this.#ports.remove(there, request)
        : null;
    for (const path of paths) files.delete(path);
    const deleted = removal === null || removal.count === 0 ? {} : { deleted: removal };
    await this.#change(id, { missing: [], ...deleted }, { files: true });
  }

  #there(paths: readonly string[], files: KnownFiles): PostId[] {
    return postsOf(paths, files).filter((post) => this.#ports.has(post));
  }

  #filesOf(id: string): KnownFiles {
    return this.#files.get(id) ?? noFiles();
  }

  #find(id: string): FolderRow | undefined {
    return this.#rows.find((folder) => folder.id === id);
  }

  /** Two folders of one name would give their posts the same ids. */
  #freeName(name: string): string {
    const taken = new Set(this.#rows.map((folder) => folder.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
    return free;
  }

  async #change(id: string, change: Partial<FolderRow>, { files = false } = {}): Promise<void> {
    this.#rows = this.#rows.map((folder) => (folder.id === id ? { ...folder, ...change } : folder));
    await this.#save(files ? id : null);
  }

  #save(files: string | null = null): Promise<void> {
    this.#ports.onChange();
    return this.#saving.run(async () => {
      const { settings } = this.#ports;
      if (files !== null) await settings.put(filesKey(files), filesRow(this.#filesOf(files)));
      await settings.put(FOLDERS_KEY, this.#rows);
    });
  }
}

const noFiles = (): KnownFiles => new Map();

const foundIn = (report: ImportReport | null, at: number): Partial<FolderRow> => {
  const added = report?.added.length ?? 0;
  const changed = report?.changed.length ?? 0;
  return added + changed === 0 ? {} : { found: { at, added, changed } };
};

function isRemovedFolder(undo: unknown): undo is RemovedFolder {
  return (undo as Partial<RemovedFolder> | null)?.kind === 'folder';
}
