// Files out of a drop, a paste or a picker, folders walked to the bottom, as the import wants them.
import { KindredError, type ImportFile, type ImportIssue } from '../core/index.ts';

/** What a picker, a drop or a paste came to. */
export interface Gathered {
  files: ImportFile[];
  /** Files of folders that are left out: pictures, styles, hidden files. */
  skipped: number;
  issues: ImportIssue[];
}

/** What this file needs of a FileSystemEntry; a browser's own entry fits. */
export interface DroppedEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
}

interface DroppedFile extends DroppedEntry {
  file(onFile: (file: File) => void, onError: (error: unknown) => void): void;
}

interface DroppedFolder extends DroppedEntry {
  createReader(): {
    readEntries(onEntries: (entries: DroppedEntry[]) => void, onError: (error: unknown) => void): void;
  };
}

/** What this file needs of a DataTransfer. */
export interface DroppedItems {
  readonly items: Iterable<{
    readonly kind: string;
    webkitGetAsEntry?(): DroppedEntry | null;
    getAsFile(): File | null;
  }>;
}

export interface GatherOptions {
  signal?: AbortSignal;
  /** Called after every folder read, with the files found so far. */
  onFound?: (files: number) => void;
}

/** Endings of the formats that can be imported, as a file picker offers them. */
export const postEndings = (
  'md markdown mdown mkd mdx txt html htm xml rss atom rdf opml json jsonl ndjson jsonlines csv tsv car vtt srt sbv ttml ' +
  'zip tar tgz gz'
).split(' ');

/** Of a folder also the settings from which a site's addresses are read, and the scripts that X keeps posts in. The import decides on each. */
const folderEndings = new Set([...postEndings, ...'toml yaml yml js cjs mjs'.split(' ')]);

/** Where files of a drop came from, to read them once more after the author has mended them. */
const origins = new WeakMap<ImportFile, DroppedFile>();

/** The file as it is now; as it was when it was chosen where the page may not look again. */
export async function reopen(file: ImportFile): Promise<ImportFile> {
  const entry = origins.get(file);
  if (entry === undefined) return file;
  const fresh = { path: file.path, blob: await openFile(entry) };
  origins.set(fresh, entry);
  return fresh;
}

const isFile = (entry: DroppedEntry): entry is DroppedFile => entry.isFile;
const isFolder = (entry: DroppedEntry): entry is DroppedFolder => entry.isDirectory;

const skippedFolder = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** Whether a file of a folder is worth handing to the import: a known ending, and nothing on its path hidden or installed. */
export function mayHoldPosts(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  if (name.startsWith('.') || parts.some(skippedFolder)) return false;
  return name.includes('.') && folderEndings.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

/**
 * Files and folders of a drop or paste. Call it in the event's own turn: the browser empties the items when the
 * handler returns, so the entries are taken before the first await. A file dropped by itself is always kept, so
 * that the import can say why it can't be read; of a folder only what `mayHoldPosts`.
 */
export function readDropped(transfer: DroppedItems, options: GatherOptions = {}): Promise<Gathered> {
  const entries: DroppedEntry[] = [];
  const loose: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.() ?? null;
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    else if (file !== null) loose.push(file);
  }
  return walk(entries, loose, options);
}

/** Files of an `<input type="file">`, with their folder path when the whole folder was chosen. */
export function readChosen(files: Iterable<File>): Gathered {
  const gathered: Gathered = { files: [], skipped: 0, issues: [] };
  for (const file of files) {
    const path = file.webkitRelativePath;
    if (path === '') gathered.files.push({ path: file.name, blob: file });
    else if (mayHoldPosts(path)) gathered.files.push({ path, blob: file });
    else gathered.skipped += 1;
  }
  return gathered;
}

async function walk(entries: DroppedEntry[], loose: File[], { signal, onFound }: GatherOptions): Promise<Gathered> {
  const gathered: Gathered = {
    files: loose.map((file) => ({ path: file.name, blob: file })),
    skipped: 0,
    issues: [],
  };
  const folders: { folder: DroppedFolder; path: string }[] = [];

  async function take(entry: DroppedEntry, parent: string): Promise<void> {
    const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
    if (isFolder(entry)) {
      if (parent !== '' && skippedFolder(entry.name)) gathered.skipped += 1;
      else folders.push({ folder: entry, path });
    } else if (parent !== '' && !mayHoldPosts(entry.name)) {
      gathered.skipped += 1;
    } else if (isFile(entry)) {
      try {
        const file = { path, blob: await openFile(entry) };
        origins.set(file, entry);
        gathered.files.push(file);
      } catch (error) {
        gathered.issues.push(unreadable(path, error));
      }
    }
  }

  for (const entry of entries) await take(entry, '');
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const { folder, path } = next;
    try {
      const inside = await readFolder(folder, signal);
      await Promise.all(inside.map((entry) => take(entry, path)));
    } catch (error) {
      signal?.throwIfAborted();
      gathered.issues.push(unreadable(path, error));
    }
    signal?.throwIfAborted();
    onFound?.(gathered.files.length);
  }
  // A folder's entries come in the file system's order, which differs from one machine to the next.
  gathered.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return gathered;
}

const openFile = (entry: DroppedFile): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** `readEntries` gives at most 100 entries a call in Chromium and has to be asked until it gives none. */
async function readFolder(folder: DroppedFolder, signal: AbortSignal | undefined): Promise<DroppedEntry[]> {
  const reader = folder.createReader();
  const all: DroppedEntry[] = [];
  for (;;) {
    signal?.throwIfAborted();
    const batch = await new Promise<DroppedEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

function unreadable(path: string, cause: unknown): ImportIssue {
  const why = cause instanceof Error ? cause.message : String(cause);
  const error = new KindredError(
    'file-unreadable',
    `The browser could not open it (${why}). Check that it still exists and that you may read it, then add it again.`,
    { item: path, cause },
  );
  return { item: path, code: error.code, message: error.message };
}
