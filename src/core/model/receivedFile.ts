// A file as it arrives: one buffer of its final length, hashed while it fills, so that nothing is held or read twice.
import { sha256 } from '@noble/hashes/sha2.js';
import type { ModelFile } from './manifest.ts';
import { damaged, hex, truncated } from './modelFiles.ts';

export class ReceivedFile {
  readonly file: ModelFile;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #hash = sha256.create();
  /** Milliseconds spent hashing. */
  verifyMs = 0;

  constructor(file: ModelFile) {
    this.file = file;
    this.#bytes = new Uint8Array(file.bytes);
  }

  /** Bytes received so far. */
  get length(): number {
    return this.#length;
  }

  /** What was received: a view, valid as long as nothing is appended after a `restart`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Throws `model-damaged` when more arrives than the manifest names. */
  append(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#bytes.length) throw damaged(this.file);
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
    this.#timed(() => this.#hash.update(chunk));
  }

  /** Begins anew. */
  restart(): void {
    this.#length = 0;
    this.#hash = sha256.create();
  }

  /** The whole file. Throws `model-truncated` or `model-damaged` unless it is what the manifest names. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#length < this.file.bytes) throw truncated(this.file, this.#length);
    if (this.#timed(() => hex(this.#hash.digest())) !== this.file.sha256) throw damaged(this.file);
    return this.#bytes;
  }

  #timed<T>(work: () => T): T {
    const started = performance.now();
    const result = work();
    this.verifyMs += performance.now() - started;
    return result;
  }
}
