// A file as an import finds it: chosen by itself, in a folder, or in an archive.
import type { ImportFile } from '../libraryApi.ts';
import { readBytes } from './readBytes.ts';

/** Enough to see the first element of a feed behind a licence in a comment, or the first line of most JSON. In bytes. */
export const HEAD_BYTES = 8192;

export interface FoundFile {
  /** As chosen, with forward slashes; of a member of an archive, below the archive's name. */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** How much of the bytes that were chosen it stands for, for progress. */
  readonly weight: number;
  /** Media type that came with the file, or ''. */
  readonly type: string;
  /** What it lies in as a whole, where it does: a zip is read at any place of it. */
  readonly blob?: Blob;
  /** The first bytes, at most HEAD_BYTES. Rejects as `whole`. */
  head(): Promise<Uint8Array>;
  /** All of it. Rejects with `file-unreadable`, or `archive-broken` in an archive. */
  whole(): Promise<Uint8Array<ArrayBuffer>>;
  /** All of it in pieces; errors as `whole`. */
  stream(): ReadableStream<Uint8Array>;
}

/** Files up to this size are read once, for their head and their text. In bytes. */
const HELD_WHOLE = 256 * 1024;

export function fileOfBlob({ path, blob }: ImportFile): FoundFile {
  const isSmall = blob.size <= HELD_WHOLE;
  // Kept only until it is read as a whole.
  let held: Promise<Uint8Array<ArrayBuffer>> | null = null;
  return {
    path,
    size: blob.size,
    weight: blob.size,
    type: blob.type,
    blob,
    head: async () =>
      isSmall
        ? (await (held ??= readBytes(blob, path))).subarray(0, HEAD_BYTES)
        : readBytes(blob.slice(0, HEAD_BYTES), path),
    whole: async () => {
      const bytes = await (held ?? readBytes(blob, path));
      held = null;
      return bytes;
    },
    stream: () => blob.stream(),
  };
}

export function fileOfBytes(path: string, bytes: Uint8Array<ArrayBuffer>, weight: number): FoundFile {
  return {
    path,
    size: bytes.length,
    weight,
    type: '',
    head: async () => bytes.subarray(0, HEAD_BYTES),
    whole: async () => bytes,
    stream: () => new Blob([bytes]).stream(),
  };
}

/** A file that comes as a stream which can be read once: its head is kept for whoever reads on. */
export function fileOfStream(
  place: Pick<FoundFile, 'path' | 'size' | 'weight'>,
  open: () => ReadableStream<Uint8Array>,
): FoundFile {
  const kept: Uint8Array[] = [];
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  async function next(): Promise<Uint8Array | null> {
    reader ??= open().getReader();
    const { done, value } = await reader.read();
    return done ? null : value;
  }
  const stream = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull: async (controller) => {
        const value = kept.shift() ?? (await next());
        if (value === null) controller.close();
        else controller.enqueue(value);
      },
      cancel: async (reason) => (reader ??= open().getReader()).cancel(reason),
    });
  return {
    ...place,
    type: '',
    head: async () => {
      let length = kept.reduce((sum, { length: bytes }) => sum + bytes, 0);
      while (length < HEAD_BYTES) {
        const value = await next();
        if (value === null) break;
        kept.push(value);
        length += value.length;
      }
      return joinBytes(kept).subarray(0, HEAD_BYTES);
    },
    whole: () => gather(stream()),
    stream,
  };
}

/** Pieces of a stream; an early end of the loop lets go of it. Rejects with the signal's reason. */
export async function* chunksOf<T = Uint8Array>(stream: ReadableStream<T>, signal?: AbortSignal): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Throws what `tooMany` makes when more than `most` bytes come. */
export async function gather(
  stream: ReadableStream<Uint8Array>,
  most = Infinity,
  tooMany: () => Error = () => new RangeError(`More than ${most} bytes.`),
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunksOf(stream)) {
    length += part.length;
    if (length > most) throw tooMany();
    parts.push(part);
  }
  return joinBytes(parts);
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
