// Hears of changes in a folder as they happen, in browsers that tell of them.

interface FolderObserver {
  observe(handle: FileSystemDirectoryHandle, options: { recursive: boolean }): Promise<void>;
  disconnect(): void;
}

/** Not in every browser, and not in TypeScript's types. */
type WithObserver = { FileSystemObserver?: new (onChange: () => void) => FolderObserver };

/** Returns what ends it. Where the browser tells nothing, as of a folder of some network disks, nothing is heard. */
export function observeFolder(handle: FileSystemDirectoryHandle, onChange: () => void): () => void {
  const { FileSystemObserver } = globalThis as WithObserver;
  if (FileSystemObserver === undefined) return () => undefined;
  const observer = new FileSystemObserver(onChange);
  observer.observe(handle, { recursive: true }).catch(() => undefined);
  return () => observer.disconnect();
}
