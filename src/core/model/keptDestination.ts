// What a download fills: the file in memory, and its parts in the browser's cache behind it.
import type { Destination } from './download.ts';
import type { PartWriter } from './modelCache.ts';
import type { ReadFile } from './modelFiles.ts';
import type { ReceivedFile } from './receivedFile.ts';

export class KeptDestination implements Destination {
  readonly #received: ReceivedFile;
  /** Null where nothing can be kept. */
  readonly #writer: PartWriter | null;
  validator: string | null;
  joined: boolean;

  constructor(received: ReceivedFile, writer: PartWriter | null, validator: string | null) {
    this.#received = received;
    this.#writer = writer;
    this.validator = validator;
    this.joined = received.length > 0;
  }

  get length(): number {
    return this.#received.length;
  }

  get expected(): number {
    return this.#received.file.bytes;
  }

  append(chunk: Uint8Array): void {
    this.#received.append(chunk);
    this.#writer?.grow(this.#received.bytes, this.validator);
  }

  restart(): void {
    this.joined = false;
    this.#received.restart();
    this.discard();
  }

  /** Keeps nothing of it. */
  discard(): void {
    this.#writer?.restart();
  }

  /** Resolves when what arrived is kept. */
  async settled(): Promise<void> {
    await this.#writer?.settled();
  }

  /** Throws `model-truncated` or `model-damaged` unless the file is whole and the one that its manifest names. */
  async finish(): Promise<ReadFile> {
    const bytes = this.#received.finish();
    const notKept = this.#writer === null ? 'refused' : await this.#writer.finish(bytes);
    return { bytes, fromCache: false, verifyMs: this.#received.verifyMs, notKept };
  }
}
