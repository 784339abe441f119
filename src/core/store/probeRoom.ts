// How much room there really is, asked of the browser by taking it for a moment. An estimate tells no more than it wants to: Chromium
// names the same ten gigabytes on every device, so that nobody is known again by theirs.
import type { StorageManagerLike } from './quota.ts';

const PROBE = 'kindred-room-probe';
/** In private windows what is taken is memory. */
export const LARGEST_PROBE = 256 * 1024 * 1024;
/** The answer is right to one part in so many of what was asked for. */
const PARTS = 64;

/** What workers may do with a file, as far as it is used here; not every program of this project knows of it. */
interface SyncHandle {
  truncate(bytes: number): void;
  getSize(): number;
  close(): void;
}
type OpenableFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> };

/**
 * The most bytes, up to those wanted and `LARGEST_PROBE`, that can be had now; null where nobody can tell. Only in workers. Takes some
 * milliseconds, and leaves nothing.
 */
export async function probeRoom(manager: StorageManagerLike | undefined, wanted: number): Promise<number | null> {
  if (manager?.getDirectory === undefined) return null;
  try {
    const folder = await manager.getDirectory();
    const file = (await folder.getFileHandle(PROBE, { create: true })) as OpenableFile;
    try {
      const handle = await file.createSyncAccessHandle();
      try {
        return mostOf(handle, Math.min(wanted, LARGEST_PROBE));
      } finally {
        handle.close();
      }
    } finally {
      await folder.removeEntry(PROBE);
    }
  } catch {
    // No such files here, or another tab asks just now.
    return null;
  }
}

function mostOf(handle: SyncHandle, wanted: number): number {
  if (canHave(handle, wanted)) return wanted;
  let [most, tooMuch] = [0, wanted];
  while (tooMuch - most > wanted / PARTS) {
    const between = Math.floor((most + tooMuch) / 2);
    if (canHave(handle, between)) most = between;
    else tooMuch = between;
  }
  return most;
}

/** Some browsers throw where the quota is reached, some leave the file as it is. */
function canHave(handle: SyncHandle, bytes: number): boolean {
  try {
    handle.truncate(0);
    handle.truncate(bytes);
    return handle.getSize() === bytes;
  } catch {
    return false;
  }
}
