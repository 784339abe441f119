/**
 * The container of a backup: sections one after the other, each sealed.
 *
 *     file    = magic section+
 *     magic   = 89 4B 4E 44 0D 0A 1A 0A        "\x89KND\r\n\x1a\n": a copy made as text breaks it, and is told at once
 *     section = kind length payload seal
 *     kind    = 4 ASCII letters
 *     length  = bytes of the payload, unsigned, 32 bits, little-endian; at most 64 MiB
 *     seal    = SHA-256 of: the seal before (32 zero bytes before the first), kind, length, payload
 *
 * As each seal takes in the one before, sections can't be changed, moved, left out or added without notice, and that of the
 * last section vouches for the whole file. The first section is HEAD, the last DONE, and nothing follows it. What the sections
 * hold is in records.ts. Both ends work a section at a time: a file is never in memory as a whole.
 */
import { backupDamaged, backupUnknown } from './backupErrors.ts';

const MAGIC = Uint8Array.of(0x89, 0x4b, 0x4e, 0x44, 0x0d, 0x0a, 0x1a, 0x0a);
const SEAL_BYTES = 32;
/** Of kind and length. */
const FRONT_BYTES = 8;
/** No section is written larger; a length above it is damage, and never an allocation. */
export const LARGEST_PAYLOAD = 64 * 1024 * 1024;

export const KINDS = ['HEAD', 'POST', 'VECS', 'DRFT', 'SETS', 'DONE'] as const;
export type SectionKind = (typeof KINDS)[number];

export interface Section {
  kind: SectionKind;
  /** Where it begins in the file, in bytes: for messages. */
  at: number;
  /** Where the next begins. */
  end: number;
  payload: Uint8Array<ArrayBuffer>;
}

/** What a backup is read from: a Blob in a browser. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` to `end`; fewer where the source is cut short. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

export const blobSource = (blob: Blob): ByteSource => ({
  size: blob.size,
  read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
});

/** Seals sections in order; `start` comes before the first. */
export class SectionWriter {
  #seal: Uint8Array<ArrayBuffer> = new Uint8Array(SEAL_BYTES);

  start(): Uint8Array<ArrayBuffer> {
    return MAGIC.slice();
  }

  /** The bytes of one section. Throws a RangeError for a payload that is too large. */
  async section(kind: SectionKind, payload: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    if (payload.length > LARGEST_PAYLOAD) {
      throw new RangeError(`A section of ${payload.length} bytes is too large; at most ${LARGEST_PAYLOAD} are.`);
    }
    const bytes = new Uint8Array(FRONT_BYTES + payload.length + SEAL_BYTES);
    for (let letter = 0; letter < kind.length; letter++) bytes[letter] = kind.charCodeAt(letter);
    new DataView(bytes.buffer).setUint32(4, payload.length, true);
    bytes.set(payload, FRONT_BYTES);
    const sealed = FRONT_BYTES + payload.length;
    this.#seal = await sealOf(this.#seal, bytes.subarray(0, sealed));
    bytes.set(this.#seal, sealed);
    return bytes;
  }
}

export interface ReadOptions {
  signal?: AbortSignal | undefined;
}

/**
 * The sections of a file in order, each once its seal was found right; ends after DONE.
 * Rejects with `backup-unknown`, `backup-damaged`, or with the signal's reason.
 */
export async function* readSections(source: ByteSource, { signal }: ReadOptions = {}): AsyncGenerator<Section, void> {
  const magic = await source.read(0, MAGIC.length);
  if (magic.length < MAGIC.length || !sameBytes(magic, MAGIC)) throw backupUnknown();
  let seal: Uint8Array<ArrayBuffer> = new Uint8Array(SEAL_BYTES);
  for (let at = MAGIC.length; ;) {
    signal?.throwIfAborted();
    const front = await source.read(at, at + FRONT_BYTES);
    if (front.length < FRONT_BYTES) throw backupDamaged(at, 'the file ends before its end mark; it is cut short');
    const kind = KINDS.find((known) => known === String.fromCharCode(...front.subarray(0, 4)));
    if (kind === undefined) throw backupDamaged(at, 'there is no section that Kindred writes');
    const length = new DataView(front.buffer, front.byteOffset).getUint32(4, true);
    const end = at + FRONT_BYTES + length + SEAL_BYTES;
    if (length > LARGEST_PAYLOAD) throw backupDamaged(at, `a section says that it has ${length} bytes`);
    if (end > source.size) throw backupDamaged(at, 'the file ends within a section; it is cut short');
    const bytes = await source.read(at, end);
    if (bytes.length < end - at) throw backupDamaged(at, 'the file ends within a section; it is cut short');
    const sealed = bytes.length - SEAL_BYTES;
    seal = await sealOf(seal, bytes.subarray(0, sealed));
    if (!sameBytes(seal, bytes.subarray(sealed)))
      throw backupDamaged(at, `the ${kind} section has other bytes than were written`);
    if ((kind === 'HEAD') !== (at === MAGIC.length)) throw backupDamaged(at, `a ${kind} section has no place there`);
    yield { kind, at, end, payload: bytes.subarray(FRONT_BYTES, sealed) };
    if (kind === 'DONE') {
      if (end !== source.size) throw backupDamaged(end, 'something follows the end mark');
      return;
    }
    at = end;
  }
}

async function sealOf(before: Uint8Array, section: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const both = new Uint8Array(before.length + section.length);
  both.set(before);
  both.set(section, before.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', both));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
