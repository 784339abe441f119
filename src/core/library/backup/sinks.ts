// Where the bytes of a backup or an export go: a file that the author chose, or a Blob that the page offers as a download.
import { KindredError, toKindredError } from '../../errors.ts';

export interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Makes the file whole; before it, there is none. Null for a file that is in its place. */
  close(): Promise<Blob | null>;
  abort(): Promise<void>;
}

export async function openSink(to: FileSystemFileHandle | null): Promise<Sink> {
  return to === null ? blobSink() : fileSink(to);
}

/** The browser writes beside the file, and puts it in its place when it is closed. */
async function fileSink(to: FileSystemFileHandle): Promise<Sink> {
  const file = await to.createWritable().catch((error: unknown) => {
    throw notWritten(to.name, error);
  });
  return {
    write: (bytes) =>
      file.write(bytes).catch((error: unknown) => {
        throw notWritten(to.name, error);
      }),
    close: async () => {
      await file.close().catch((error: unknown) => {
        throw notWritten(to.name, error);
      });
      return null;
    },
    abort: () => file.abort().catch(() => undefined),
  };
}

function notWritten(name: string, error: unknown): KindredError {
  const { message } = toKindredError(error);
  return new KindredError(
    'file-unreadable',
    `${name} could not be written (${message}). Choose another place, or one with more room, and try again.`,
    { item: name, cause: error },
  );
}

/** Of parts, each handed to the browser at once: it keeps large ones on the disk. */
function blobSink(): Sink {
  let parts: Blob[] = [];
  return {
    write: async (bytes) => void parts.push(new Blob([bytes])),
    close: async () => new Blob(parts, { type: 'application/octet-stream' }),
    abort: async () => void (parts = []),
  };
}
