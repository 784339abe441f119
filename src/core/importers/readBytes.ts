// The bytes of a chosen file, which may have gone since it was chosen.
import { KindredError } from '../errors.ts';

/** Rejects with `file-unreadable` when the browser can no longer read it. */
export async function readBytes(blob: Blob, item: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new KindredError(
      'file-unreadable',
      `${item} can no longer be read: it was moved, changed or closed to this page since it was chosen. Choose it again.`,
      { item, cause },
    );
  }
}
