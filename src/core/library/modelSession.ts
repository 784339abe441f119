// Follows the model: opens its embedding space when it is ready, lets the queue work, and stops it when the model is lost.
import { toKindredError } from '../errors.ts';
import type { IngestQueue } from '../ingest/ingestQueue.ts';
import type { OpenOptions } from '../libraryApi.ts';
import type { DevicePlan, ModelState } from '../status.ts';
import type { ModelListener, ModelPort, ReadyModel } from './modelPort.ts';
import { ruleFor } from './preparePost.ts';
import type { Shelf } from './shelf.ts';
import type { VectorHold } from './vectorHold.ts';

export interface ModelSessionPorts {
  model: ModelPort;
  shelf: Shelf;
  vectors: VectorHold;
  queue: IngestQueue;
  onChange: () => void;
}

export class ModelSession {
  readonly #ports: ModelSessionPorts;
  #state: ModelState = { state: 'idle' };
  #plan: DevicePlan | null = null;
  #ready: ReadyModel | null = null;
  /** Grows with every model that becomes ready or is lost: what an older one began is dropped. */
  #turn = 0;

  constructor(ports: ModelSessionPorts) {
    this.#ports = ports;
  }

  get state(): ModelState {
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
      onReady: (ready) => void this.#open(ready),
      onLost: (reason) => this.#lose(reason),
    };
    model.start(listener, options);
  }

  async #open(ready: ReadyModel): Promise<void> {
    const { shelf, vectors, queue, onChange } = this.#ports;
    const turn = ++this.#turn;
    try {
      await shelf.openPassages(ruleFor(ready));
      await vectors.open(ready.embedder.space);
    } catch (error) {
      queue.pause(toKindredError(error, 'storage-failed').message);
      return;
    }
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
