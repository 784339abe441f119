// Follows the model: opens its embedding space when it is ready, lets the queue work, and stops it when the model is lost.
import { toKindredError } from '../errors.ts';
import type { IngestQueue } from '../ingest/ingestQueue.ts';
import type { OpenOptions } from '../libraryApi.ts';
import type { DevicePlan, ModelState } from '../status.ts';
import type { SettingsRepository } from '../store/settings.ts';
import { readLastSpace, writeLastSpace } from './lastSpace.ts';
import type { ModelListener, ModelPort, ReadyModel } from './modelPort.ts';
import { ruleFor } from './preparePost.ts';
import type { Shelf } from './shelf.ts';
import type { VectorHold } from './vectorHold.ts';

export interface ModelSessionPorts {
  model: ModelPort;
  shelf: Shelf;
  vectors: VectorHold;
  queue: IngestQueue;
  settings: SettingsRepository;
  onChange: () => void;
}

export class ModelSession {
  readonly #ports: ModelSessionPorts;
  #state: ModelState = { state: 'idle' };
  #plan: DevicePlan | null = null;
  #ready: ReadyModel | null = null;
  /** Grows with every model that becomes ready or is lost: what an older one began is dropped. */
  #turn = 0;
  /** Spaces are opened one after the other. */
  #opening: Promise<void> = Promise.resolve();

  constructor(ports: ModelSessionPorts) {
    this.#ports = ports;
  }

  /** Ready only once its vectors are loaded too. */
  get state(): ModelState {
    if (this.#state.state === 'ready' && this.#ready === null) return { state: 'starting', model: this.#state.model };
    return this.#state;
  }

  get plan(): DevicePlan | null {
    return this.#plan;
  }

  /** The model, once its vectors are loaded; null until then and after it was lost. */
  get ready(): ReadyModel | null {
    return this.#ready;
  }

  start(options: OpenOptions): void {
    const { model, onChange } = this.#ports;
    this.#inTurn(() => this.#recall());
    const listener: ModelListener = {
      onState: (state) => {
        this.#state = state;
        if (state.state === 'failed') this.#lose(state.message);
        onChange();
      },
      onPlan: (plan) => {
        this.#plan = plan;
        onChange();
      },
      onReady: (ready) => {
        const turn = ++this.#turn;
        this.#inTurn(() => this.#open(ready, turn));
      },
      onLost: (reason) => this.#lose(reason),
    };
    model.start(listener, options);
  }

  #inTurn(step: () => Promise<void>): void {
    this.#opening = this.#opening
      .then(step)
      .catch((error: unknown) => this.#lose(toKindredError(error, 'storage-failed').message));
  }

  /** What the last visit left, so that only the model is waited for. */
  async #recall(): Promise<void> {
    const { shelf, vectors, settings, onChange } = this.#ports;
    const last = await readLastSpace(settings);
    if (last === null) return;
    await shelf.openPassages(last.rule);
    await vectors.open(last.space);
    shelf.queueWaiting();
    onChange();
  }

  async #open(ready: ReadyModel, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    const { shelf, vectors, queue, settings, onChange } = this.#ports;
    const last = { space: ready.embedder.space, rule: ruleFor(ready) };
    await shelf.openPassages(last.rule);
    await vectors.open(last.space);
    await writeLastSpace(settings, last);
    if (turn !== this.#turn) return;
    this.#ready = ready;
    queue.resume();
    shelf.queueWaiting();
    onChange();
  }

  #lose(reason: string): void {
    this.#turn++;
    this.#ready = null;
    this.#ports.queue.pause(reason);
    this.#ports.onChange();
  }
}
