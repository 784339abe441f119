// A change of the model under way: another embedding space, filled in the background by the model that will take over.
import type { Embedder, SpaceVectors } from '../embedding.ts';
import { embedRows, spaceKey } from '../embedding.ts';
import { toKindredError } from '../errors.ts';
import type { ModelChange } from '../modelChoice.ts';
import type { Catalogue } from './catalogue.ts';
import type { Foreground } from './foreground.ts';
import type { ModelPort } from './modelPort.ts';
import { Space, type SpacePorts } from './space.ts';

export interface ChangeOptions {
  to: string;
  port: ModelPort;
  /** Of the space that answers: its posts are read. */
  catalogue: Catalogue;
  spacePorts: SpacePorts;
  /** Lets the space take over. What it rejects with is the state of the change. */
  handOver: (change: RunningChange) => Promise<void>;
}

export class RunningChange {
  readonly to: string;
  readonly space: Space;
  readonly #options: ChangeOptions;
  #finishing = false;
  #failure: string | null = null;

  constructor(options: ChangeOptions) {
    this.to = options.to;
    this.#options = options;
    this.space = new Space(options.spacePorts, options.catalogue.copyOfPosts());
  }

  start(): void {
    this.space.session.start(this.#options.port);
  }

  status(): ModelChange {
    const { session, queue, catalogue } = this.space;
    const { posts } = catalogue.counts;
    const { waiting, msPerPost, state, reason } = queue.state();
    // Nothing is queued before the model is ready for the first time.
    const left = session.ready === null && waiting === 0 ? posts : waiting;
    const base = { to: this.to, model: session.state, posts, waiting: left, msPerPost };
    if (this.#failure !== null) return { ...base, state: 'failed', reason: this.#failure };
    if (session.state.state === 'failed') return { ...base, state: 'failed', reason: session.state.message };
    if (session.ready === null) return { ...base, state: 'waiting-for-model', reason: null };
    if (state === 'failed' || state === 'paused') return { ...base, state, reason };
    return { ...base, state: 'reading', reason };
  }

  retry(): void {
    const { session } = this.space;
    if (this.#failure === null || session.ready === null) {
      session.retry();
      return;
    }
    this.#failure = null;
    this.space.work();
  }

  /** Gives up; what was embedded is saved. */
  async close(): Promise<void> {
    await this.space.close();
  }

  /** Every post is read. */
  async complete(): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#failure = null;
    try {
      await this.#options.handOver(this);
    } catch (error) {
      this.#failure = toKindredError(error, 'storage-failed').message;
    } finally {
      this.#finishing = false;
      this.#options.spacePorts.onChange();
    }
  }
}

/** Texts in one call: few, as the next one waits while the author waits for something. */
const TEXTS_PER_CALL = 4;

export async function embedInBackground(
  foreground: Foreground,
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<SpaceVectors> {
  const { dimension } = embedder.space;
  const rows = new Float32Array(texts.length * dimension);
  for (let from = 0; from < texts.length; from += TEXTS_PER_CALL) {
    await foreground.idle(signal);
    const part = await embedRows(embedder, texts.slice(from, from + TEXTS_PER_CALL), { lane: 'queue', signal });
    rows.set(part.rows, from * dimension);
  }
  return { space: spaceKey(embedder.space), rows };
}
