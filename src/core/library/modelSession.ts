// Follows a model: opens its embedding space when it is ready, lets the queue work, and stops it when the model is lost.
import { spaceKey } from '../embedding.ts';
import { toKindredError, type KindredError } from '../errors.ts';
import type { DevicePlan, ModelState } from '../status.ts';
import type { LastSpace } from './lastSpace.ts';
import type { ModelPort, ReadyModel } from './modelPort.ts';
import { ruleFor } from './preparePost.ts';
import type { Space } from './space.ts';

export interface ModelSessionPorts {
  space: Pick<Space, 'catalogue' | 'openPassages' | 'queueWaiting' | 'vectors' | 'queue' | 'opened' | 'work'>;
  onChange: () => void;
  /** Resolves when nobody waits for an answer. */
  atRest: () => Promise<void>;
}

export class ModelSession {
  readonly #ports: ModelSessionPorts;
  #model: ModelPort | null = null;
  #state: ModelState = { state: 'idle' };
  #plan: DevicePlan | null = null;
  #ready: ReadyModel | null = null;
  /** Grows with every model that becomes ready or is lost: what an older one began is dropped. */
  #turn = 0;
  /** What the last visit left is open, and what waits of it is queued. */
  #recalled: LastSpace | null = null;
  /** Spaces are opened one after the other. */
  #opening: Promise<void> = Promise.resolve();
  #settle: () => void = () => undefined;
  /** Resolves when a model is ready, or has failed, for the first time. */
  readonly settled = new Promise<void>((resolve) => (this.#settle = resolve));

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

  /** Opens what the last visit left, so that only the model is waited for; after whoever asks for an answer by words meanwhile. */
  recall(last: LastSpace): void {
    this.#inTurn(async () => {
      await this.#ports.atRest();
      await this.#ports.space.openPassages(last.rule);
      await this.#ports.space.vectors.open(last.space);
      this.#ports.space.queueWaiting();
      this.#recalled = last;
      this.#ports.onChange();
    });
  }

  /** Starts a model, in place of the one before. */
  start(model: ModelPort): void {
    const { onChange } = this.#ports;
    void this.#model?.close();
    if (this.#model !== null) this.#lose('The model is being changed.');
    this.#model = model;
    // The one before may still have something to say.
    const heard =
      <T>(take: (news: T) => void) =>
      (news: T): void => {
        if (this.#model === model) take(news);
      };
    model.start({
      onState: heard((state) => {
        this.#state = state;
        if (state.state === 'failed') this.#lose(state.message);
        if (state.state === 'held') this.#settle();
        onChange();
      }),
      onPlan: heard((plan) => {
        this.#plan = plan;
        onChange();
      }),
      onReady: heard((ready) => {
        const turn = ++this.#turn;
        this.#inTurn(
          () => this.#open(ready, turn),
          (error) => {
            if (turn === this.#turn) this.fail(error);
          },
        );
      }),
      onLost: heard((reason) => this.#lose(reason)),
      reading: () => {
        const { catalogue, queue } = this.#ports.space;
        const { waiting } = queue.state();
        return { done: Math.max(0, catalogue.counts.posts - waiting), waiting };
      },
    });
  }

  /** There is no model to start, or what it needs cannot be opened. */
  fail({ code, message }: KindredError): void {
    this.#state = { state: 'failed', model: null, code, message };
    this.#lose(message);
  }

  retry(): void {
    this.#model?.retry();
  }

  /** Stops fetching the model, until `retry`. */
  hold(): void {
    this.#model?.hold();
  }

  async close(): Promise<void> {
    this.#turn++;
    this.#ready = null;
    const model = this.#model;
    this.#model = null;
    await model?.close();
  }

  /** Does work while no space is being opened: a model that becomes ready meanwhile opens its own afterwards. */
  async between<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#opening.then(work);
    this.#opening = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  #inTurn(step: () => Promise<void>, fail = ({ message }: KindredError): void => this.#lose(message)): void {
    this.#opening = this.#opening.then(step).catch((error: unknown) => fail(toKindredError(error, 'storage-failed')));
  }

  async #open(ready: ReadyModel, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    const { space, onChange } = this.#ports;
    const rule = ruleFor(ready);
    const recalled = this.#recalled;
    this.#recalled = null;
    await space.openPassages(rule);
    await space.vectors.open(ready.embedder.space);
    await space.opened(ready);
    if (turn !== this.#turn) return;
    this.#ready = ready;
    const isQueued = recalled?.rule === rule && spaceKey(recalled.space) === spaceKey(ready.embedder.space);
    space.work({ isQueued });
    this.#settle();
    onChange();
  }

  #lose(reason: string): void {
    this.#turn++;
    this.#ready = null;
    this.#ports.space.queue.pause(reason);
    this.#settle();
    this.#ports.onChange();
  }
}
