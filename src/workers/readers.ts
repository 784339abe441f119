// Workers of one thread each that read posts while many wait, beside the embedder that answers drafts: gone again when nothing waits.
import type { EmbedOptions } from '../core/embedding.ts';
import type { RunningEmbedder } from './runningEmbedder.ts';

/** So many posts are worth starting them for. */
const MANY_POSTS = 40;
/** Without a call for so long they go, and give their memory back. */
const IDLE_MS = 10_000;

export interface ReadersPorts {
  /** Starts so many. */
  start: (workers: number) => Promise<RunningEmbedder>;
  /** Posts that wait. */
  waiting: () => number;
}

export class Readers {
  readonly #ports: ReadersPorts;
  #crew: RunningEmbedder | null = null;
  /** So many worked before. */
  #known = 1;
  #starting = false;
  /** They failed, and are left alone as long as the page is open. */
  #givenUp = false;
  #calls = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: ReadersPorts) {
    this.#ports = ports;
  }

  /** At work or ready for it; null when there are none. */
  get crew(): RunningEmbedder | null {
    return this.#crew;
  }

  /** While they read all cores are theirs: a draft is answered sooner by one of them than beside them. */
  get atWork(): RunningEmbedder | null {
    return this.#calls > 0 ? this.#crew : null;
  }

  /** Bytes that they hold. */
  memoryBytes(): number {
    return this.#crew?.memoryBytes() ?? 0;
  }

  /** Starts as many as were measured to be worth it, where enough posts wait; until they are there, others read. */
  want(measured: number): void {
    const workers = Math.max(measured, this.#known);
    if (workers < 2 || this.#crew !== null || this.#starting || this.#givenUp) return;
    if (this.#ports.waiting() < MANY_POSTS) return;
    this.#starting = true;
    void this.#ports.start(workers).then(
      (crew) => {
        this.#starting = false;
        if (this.#givenUp) crew.dispose();
        else this.take(crew);
      },
      () => (this.#givenUp = true),
    );
  }

  /** Takes what was started elsewhere. */
  take(crew: RunningEmbedder): void {
    this.#crew = crew;
    this.#known = crew.workers ?? 1;
    this.#rest();
    void crew.closed.then(() => {
      if (this.#crew !== crew) return;
      this.#crew = null;
      this.#givenUp = true;
    });
  }

  /** A call of the queue, by them; null when there are none. */
  read(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> | null {
    const crew = this.#crew;
    return crew === null ? null : this.#counted(() => crew.embed(texts, given));
  }

  async #counted<T>(call: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#calls++;
    try {
      return await call();
    } finally {
      this.#calls--;
      if (this.#calls === 0) this.#rest();
    }
  }

  /** For good. */
  dispose(): void {
    this.#givenUp = true;
    this.#dismiss();
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#dismiss(), IDLE_MS);
  }

  #dismiss(): void {
    clearTimeout(this.#idle);
    const crew = this.#crew;
    this.#crew = null;
    crew?.dispose();
  }
}
