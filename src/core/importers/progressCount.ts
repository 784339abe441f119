// Counts what an import has done so far.
import type { ImportFile, ImportProgress } from '../libraryApi.ts';
import type { ImportEvent } from './importer.ts';

/** Posts of one large file between two reports. */
const POSTS_PER_REPORT = 64;

export class ProgressCount {
  readonly #report: ((progress: ImportProgress) => void) | undefined;
  readonly #now: () => number;
  readonly #startedMs: number;
  readonly #filesTotal: number;
  readonly #bytesTotal: number;
  #filesDone = 0;
  #bytesOfFilesDone = 0;
  #bytesOfThisFile = 0;
  #postsFound = 0;
  #failed = 0;

  constructor(
    files: readonly ImportFile[],
    options: { onProgress?: (progress: ImportProgress) => void; now?: () => number },
  ) {
    this.#report = options.onProgress;
    this.#now = options.now ?? (() => performance.now());
    this.#startedMs = this.#now();
    this.#filesTotal = files.length;
    this.#bytesTotal = files.reduce((sum, file) => sum + file.blob.size, 0);
  }

  event(event: ImportEvent): void {
    if (event.kind === 'issue') this.#failed++;
    if (event.kind === 'post' && ++this.#postsFound % POSTS_PER_REPORT === 0) this.#tell();
  }

  /** Bytes read of a file still open. */
  bytes(bytes: number): void {
    this.#bytesOfThisFile += bytes;
  }

  fileDone(file: ImportFile): void {
    this.#filesDone++;
    this.#bytesOfFilesDone += file.blob.size;
    this.#bytesOfThisFile = 0;
    this.#tell();
  }

  #tell(): void {
    this.#report?.({
      filesDone: this.#filesDone,
      filesTotal: this.#filesTotal,
      bytesDone: Math.min(this.#bytesTotal, this.#bytesOfFilesDone + this.#bytesOfThisFile),
      bytesTotal: this.#bytesTotal,
      postsFound: this.#postsFound,
      failed: this.#failed,
      elapsedMs: this.#now() - this.#startedMs,
    });
  }
}
