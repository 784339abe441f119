// What lies in a watched folder, and what of it is new, changed or gone since it was read last.
import { sha256 } from '../../model/modelFiles.ts';
import type { KnownFiles } from './followRows.ts';
import type { FileReading } from './ports.ts';

export interface Listing {
  /** By path, the folder's own name first. */
  files: Map<string, File>;
  /** Folders and files that could not be read just now: of what lies below, nothing is known. */
  unreadable: string[];
}

export interface FolderChanges {
  fresh: string[];
  /** Of another size or time. */
  altered: string[];
  missing: string[];
}

/** Whether a browser lets the folder be read. Where it has no say in it, as over the site's own files, it does. */
export async function isAllowed(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const { queryPermission } = handle as { queryPermission?: (options: { mode: 'read' }) => Promise<PermissionState> };
  return queryPermission === undefined || (await queryPermission.call(handle, { mode: 'read' })) === 'granted';
}

/** Files that may hold posts, or say how the site's addresses are made; archives are left alone. Rejects when the folder itself can't be read. */
export async function listFolder(
  handle: FileSystemDirectoryHandle,
  name: string,
  reading: FileReading,
  signal: AbortSignal,
): Promise<Listing> {
  const listing: Listing = { files: new Map(), unreadable: [] };
  const waiting = [{ folder: handle, path: name }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    try {
      for await (const entry of next.folder.values()) {
        signal.throwIfAborted();
        const path = `${next.path}/${entry.name}`;
        if (entry.kind === 'directory') {
          if (reading.isFolderOfPosts(entry.name)) waiting.push({ folder: entry, path });
        } else if (reading.isPostFile(path) || reading.isConfigFile(path)) {
          await openInto(listing, entry, path);
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      if (next.folder === handle) throw error;
      listing.unreadable.push(next.path);
    }
  }
  // Handles come in the file system's order, which differs from one machine to the next.
  listing.files = new Map([...listing.files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return listing;
}

async function openInto({ files, unreadable }: Listing, handle: FileSystemFileHandle, path: string): Promise<void> {
  try {
    files.set(path, await handle.getFile());
  } catch {
    unreadable.push(path);
  }
}

export function changesOf({ files, unreadable }: Listing, known: KnownFiles): FolderChanges {
  const changes: FolderChanges = { fresh: [], altered: [], missing: [] };
  for (const [path, { size, lastModified }] of files) {
    const before = known.get(path);
    if (before === undefined) changes.fresh.push(path);
    else if (before.size !== size || before.modified !== lastModified) changes.altered.push(path);
  }
  const isHidden = (path: string): boolean => unreadable.some((one) => path === one || path.startsWith(`${one}/`));
  for (const path of known.keys()) if (!files.has(path) && !isHidden(path)) changes.missing.push(path);
  return changes;
}

/** Looks for a file once more: programs that save take it away for a moment. False unless it is certainly not there. */
export async function isGone(root: FileSystemDirectoryHandle, path: string): Promise<boolean> {
  const [, ...below] = path.split('/');
  const name = below.pop() ?? '';
  try {
    let folder = root;
    for (const part of below) folder = await folder.getDirectoryHandle(part);
    await folder.getFileHandle(name);
    return false;
  } catch (error) {
    return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');
  }
}

/** SHA-256 in hexadecimal, or null for a file that can't be read now. */
export async function hashOf(file: Blob): Promise<string | null> {
  try {
    return await sha256(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return null;
  }
}
