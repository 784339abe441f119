// The folders of this device, as far as a browser lets a page see them.

export interface FolderPlace {
  /** False where the browser has no such thing. */
  readonly isPossible: boolean;
  /** Null when the author chose none. Must be called while handling what they pressed. */
  choose(): Promise<FileSystemDirectoryHandle | null>;
  /** Asks the author to allow it again; false when they don't. Must be called while handling what they pressed. */
  allow(handle: FileSystemDirectoryHandle): Promise<boolean>;
}

type WithPicker = Window & {
  /** Not in every browser, and not in TypeScript's types. */
  showDirectoryPicker?: (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
};

type WithPermission = FileSystemDirectoryHandle & {
  requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState>;
};

/** Under this the browser remembers where the author looked last. */
const PICKER_ID = 'kindred-posts';

export function createFolderPlace(page: Window): FolderPlace {
  const { showDirectoryPicker } = page as WithPicker;
  return {
    isPossible: showDirectoryPicker !== undefined,
    choose: async () => {
      try {
        return (await showDirectoryPicker?.call(page, { id: PICKER_ID, mode: 'read' })) ?? null;
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') return null;
        throw error;
      }
    },
    allow: async (handle) => {
      const { requestPermission } = handle as WithPermission;
      return requestPermission === undefined || (await requestPermission.call(handle, { mode: 'read' })) === 'granted';
    },
  };
}
