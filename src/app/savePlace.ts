// Where a file goes that the author asks for: a place of their choice, or the browser's folder of downloads.
import type { ExportFormat } from '../core/index.ts';

export interface SaveTarget {
  name: string;
  /** Null: the file comes as a Blob and is then given to `download`. */
  handle: FileSystemFileHandle | null;
}

export interface FilePlace {
  /** Null when the author chose none. Must be called while handling what they pressed. */
  choose(what: 'backup' | ExportFormat): Promise<SaveTarget | null>;
  download(blob: Blob, name: string): void;
}

interface PickerOptions {
  suggestedName: string;
}

type WithPicker = Window & {
  /** Not in every browser, and not in TypeScript's types. */
  showSaveFilePicker?: (options: PickerOptions) => Promise<FileSystemFileHandle>;
};

/** Long enough for the slowest browser to begin the download. */
const REVOKE_AFTER_MS = 60_000;

export function createFilePlace(
  page: Window & typeof globalThis,
  nameOf: (what: 'backup' | ExportFormat, day: string) => string,
): FilePlace {
  return {
    choose: async (what) => {
      const name = nameOf(what, new Date().toISOString().slice(0, 10));
      const { showSaveFilePicker } = page as WithPicker;
      if (showSaveFilePicker === undefined) return { name, handle: null };
      try {
        const handle = await showSaveFilePicker.call(page, { suggestedName: name });
        return { name: handle.name, handle };
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') return null;
        // Refused, as in a frame of another site: a download still works.
        return { name, handle: null };
      }
    },
    download: (blob, name) => {
      const link = page.document.createElement('a');
      const address = page.URL.createObjectURL(blob);
      link.href = address;
      link.download = name;
      link.click();
      page.setTimeout(() => page.URL.revokeObjectURL(address), REVOKE_AFTER_MS);
    },
  };
}
