// Model files in the browser's Cache API: in parts as they arrive, so that a download goes on after the tab was closed.
//
// A file's parts lie beside its index, which is written last, once the whole was verified: with it the file is kept, without it
// begun. The index has the hash of each part, by which the file is verified again when it is read, a part at a time.
import type { ModelFile } from './manifest.ts';
import { sha256 } from './modelFiles.ts';
import type { NotKept } from './modelFiles.ts';

/** What an interruption may cost at most. */
export const PART_BYTES = 1 << 20;
/** Parts read at once: enough that hashing one and reading the next overlap. */
const READ_AT_ONCE = 4;
const VALIDATOR = 'kindred-validator';

/** Address of a file's index. Its hash is in it, so another version is another file. */
export function cacheKey(folder: string, { path, sha256: hash }: ModelFile): string {
  return `${new URL(path, folder).href}?sha256=${hash}`;
}

/** How the addresses of a file's parts begin. */
export const partsOf = (key: string): string => `${key}&part=`;
const partKey = (key: string, part: number): string => `${partsOf(key)}${part}`;

/** The whole file, verified, or null. A damaged one is forgotten. `verifyMs`: time spent hashing, over all parts. */
export async function readKept(
  cache: Cache,
  key: string,
  file: ModelFile,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; verifyMs: number } | null> {
  const index = await readIndex(cache, key);
  if (index === null) return null;
  const bytes = new Uint8Array(file.bytes);
  let verifyMs = 0;
  let next = 0;
  let sound = index.length === Math.ceil(file.bytes / PART_BYTES);
  async function readOn(): Promise<void> {
    while (sound && next < (index?.length ?? 0)) {
      const part = next++;
      const response = await cache.match(partKey(key, part));
      const read = response === undefined ? null : new Uint8Array(await response.arrayBuffer());
      const started = performance.now();
      sound &&= read !== null && read.length === partLength(file, part) && (await sha256(read)) === index?.[part];
      verifyMs += performance.now() - started;
      if (sound && read !== null) bytes.set(read, part * PART_BYTES);
    }
  }
  await Promise.all(Array.from({ length: READ_AT_ONCE }, readOn));
  if (sound) return { bytes, verifyMs };
  await forgetFile(cache, key);
  return null;
}

/** The first parts of a file whose download was interrupted, in order, as far as they are of one version. */
export async function* readBegun(
  cache: Cache,
  key: string,
  file: ModelFile,
): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; validator: string | null }> {
  let version: string | null = null;
  for (let part = 0; part * PART_BYTES < file.bytes; part++) {
    const response = await cache.match(partKey(key, part));
    if (response === undefined) return;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const validator = response.headers.get(VALIDATOR);
    if (bytes.length !== partLength(file, part) || (part > 0 && validator !== version)) return;
    version = validator;
    yield { bytes, validator };
  }
}

/** Keeps a file part by part while it arrives, behind the one who writes; a disk that fills up ends that, not the download. */
export class PartWriter {
  readonly #cache: Cache;
  readonly #key: string;
  readonly #file: ModelFile;
  readonly #hashes: string[] = [];
  /** Parts given to it, or there already. */
  #parts: number;
  #work: Promise<void> = Promise.resolve();
  #failure: NotKept | null = null;

  /** @param kept parts that are there already */
  constructor(cache: Cache, key: string, file: ModelFile, kept = 0) {
    this.#cache = cache;
    this.#key = key;
    this.#file = file;
    this.#parts = kept;
  }

  /** Keeps the parts that `received` has grown by. Its bytes must stay as they are until `restart` or `finish`. */
  grow(received: Uint8Array<ArrayBuffer>, validator: string | null): void {
    for (; received.length >= partEnd(this.#file, this.#parts); this.#parts++) {
      const part = this.#parts;
      if (part * PART_BYTES >= this.#file.bytes) return;
      const bytes = received.subarray(part * PART_BYTES, partEnd(this.#file, part));
      const headers = validator === null ? {} : { [VALIDATOR]: validator };
      // Made here, not when its turn comes: it has a copy of the bytes, which may be overwritten by then.
      const response = new Response(bytes, { headers });
      this.#inTurn(() => this.#cache.put(partKey(this.#key, part), response));
    }
  }

  /** What was kept is of no use. */
  restart(): void {
    this.#parts = 0;
    this.#inTurn(() => forgetFile(this.#cache, this.#key));
  }

  /** Once the whole was verified. Resolves with why it is not kept, or null. */
  async finish(whole: Uint8Array<ArrayBuffer>): Promise<NotKept | null> {
    this.#inTurn(async () => {
      for (let part = 0; part * PART_BYTES < whole.length; part++)
        this.#hashes.push(await sha256(whole.subarray(part * PART_BYTES, partEnd(this.#file, part))));
      await this.#cache.put(this.#key, Response.json(this.#hashes));
    });
    await this.#work;
    if (this.#failure !== null) await forgetFile(this.#cache, this.#key).catch(() => undefined);
    return this.#failure;
  }

  /** Resolves when all that was given is kept. */
  async settled(): Promise<void> {
    await this.#work;
  }

  #inTurn(step: () => Promise<unknown>): void {
    this.#work = this.#work.then(async () => {
      if (this.#failure !== null) return;
      try {
        await step();
      } catch (error) {
        this.#failure = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'refused';
      }
    });
  }
}

export async function isKept(cache: Cache, key: string): Promise<boolean> {
  return (await cache.match(key)) !== undefined;
}

/** Whether anything of a file is there. */
export async function hasFirstPart(cache: Cache, key: string): Promise<boolean> {
  return (await cache.match(partKey(key, 0))) !== undefined;
}

/** Forgets a file, kept or begun. */
export async function forgetFile(cache: Cache, key: string): Promise<void> {
  await forgetWhere(cache, (address) => address === key || address.startsWith(partsOf(key)));
}

/** Forgets every entry whose address is told to go. */
export async function forgetWhere(cache: Cache, goes: (address: string) => boolean): Promise<void> {
  for (const { url } of await cache.keys()) if (goes(url)) await cache.delete(url);
}

/** Hashes of the parts; null when the file is not kept. */
async function readIndex(cache: Cache, key: string): Promise<string[] | null> {
  const response = await cache.match(key);
  if (response === undefined) return null;
  const value: unknown = await response.json().catch(() => null);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : [];
}

const partEnd = ({ bytes }: ModelFile, part: number): number => Math.min((part + 1) * PART_BYTES, bytes);
const partLength = (file: ModelFile, part: number): number => partEnd(file, part) - part * PART_BYTES;
