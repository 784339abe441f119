// Counts what an import has done so far.
import type { ImportFile, ImportProgress } from '../libraryApi.ts';
import type { ImportEvent } from './importer.ts';

/** Posts of one large file between two reports. */
const POSTS_PER_REPORT = 64;

export class ProgressCount {
  readonly #report: ((progress: ImportProgress) => void) | undefined;
  readonly #now: () => number;
  readonly #startedMs: number;
  #filesTotal: number;
  readonly #bytesTotal: number;
  #filesDone = 0;
  #bytesOfFilesDone = 0;
  /** Already told of while the open file is read, and how much that may be. */
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

  /** An archive holds so many files: it counts as they, not as itself. */
  filesFound(files: number): void {
    this.#filesTotal += files - 1;
    this.#tell();
  }

  /** So many of the bytes chosen were read, in looking for the files of an archive. */
  read(bytes: number): void {
    this.#bytesOfFilesDone += bytes;
    this.#tell();
  }

  /** So many of the bytes chosen were read of the file that is open, of at most `most` in all. */
  readInFile(bytes: number, most: number): void {
    this.#bytesOfThisFile = Math.min(most, this.#bytesOfThisFile + bytes);
    this.#tell();
  }

  fileDone(weight: number): void {
    this.#filesDone++;
    this.#bytesOfFilesDone += weight;
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
