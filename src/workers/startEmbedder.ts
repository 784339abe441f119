// Owner of the embedder's workers: starts one on the backend that the device deserves, replaces it when it is lost or full, and gives
// a backend up that keeps being lost.
import type { CosineScale, EmbedOptions, EmbeddingSpace, Lane } from '../core/embedding.ts';
import { spaceKey } from '../core/embedding.ts';
import { KindredError, isKindredError, toKindredError } from '../core/errors.ts';
import { createDeviceMemory } from '../core/model/deviceMemory.ts';
import { refuse, type DeviceMemory, type Refusable } from '../core/model/deviceVerdicts.ts';
import { Recovery } from '../core/model/recovery.ts';
import type { DevicePlan, ModelState } from '../core/status.ts';
import { abortable } from './abortable.ts';
import { Crew } from './crew.ts';
import type { Survey } from './embedderService.ts';
import { causeOf, failed, isBackendFailure, lineOf } from './failures.ts';
import { openBest, openProved } from './openBest.ts';
import type { Session } from './openSession.ts';
import { Recycling } from './recycling.ts';
import type { RunningEmbedder, StartEmbedderOptions } from './runningEmbedder.ts';

export type { RunningEmbedder, StartEmbedderOptions, Survey } from './runningEmbedder.ts';

/**
 * Rejects with what `loadModel` rejects with, or `worker-crashed`.
 *
 * A backend that fails at its start is refused, remembered, and the next one tried in a fresh worker, unless it was asked for by name.
 * When the worker is lost later (it crashed, hangs, ran out of memory, or its graphics card went), calls of the queue reject
 * with `worker-crashed`, those of the draft are asked once more, and later ones wait for a fresh worker of the same embedding space. A
 * backend that is lost again and again is given up: many threads for one, WebGPU for WASM, which ends this embedder as `replaceable`.
 */
export async function startEmbedder(options: StartEmbedderOptions): Promise<RunningEmbedder> {
  const memory =
    options.memory ?? createDeviceMemory({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
  // What one of several says of itself is not how things stand.
  let crew: Crew | null = null;
  const files = { kept: true };
  const heard = {
    ...options,
    onState: (state: ModelState) => {
      if (state.state === 'ready') files.kept = state.notKept === null;
      if (crew === null || crew.size === 1) options.onState?.(state);
    },
    onPlan: (plan: DevicePlan) => options.onPlan?.(crew?.plan ?? plan),
  };
  const session = await openBest(heard, memory);
  const first = new Supervisor(heard, memory, session);
  const { workers, key } = session.model.plan;
  if (workers < 2) return first;
  crew = new Crew(first, {
    startAnother: () =>
      startEmbedder({ ...withoutListeners(options), memory, provider: 'wasm', threads: 1, workers: 1 }),
    onPlan: (plan) => options.onPlan?.(plan),
    onLess: () => void memory.note(key, (verdict) => ({ ...verdict, workers: 1 })),
  });
  // Asked for by number, all are there before it is ready; else the first begins, and works alone where no other starts, or
  // where another would fetch the model again.
  const grown = crew;
  const others = () => Promise.all(Array.from({ length: workers - 1 }, () => grown.grow()));
  if (options.workers !== undefined) await others().catch((error: unknown) => giveUp(crew, error));
  else if (files.kept) others().catch(() => undefined);
  return crew;
}

function withoutListeners(options: StartEmbedderOptions): StartEmbedderOptions {
  const quiet = { ...options };
  delete quiet.onState;
  delete quiet.onPlan;
  delete quiet.signal;
  return quiet;
}

function giveUp(crew: Crew | null, error: unknown): never {
  crew?.dispose();
  throw error;
}

class Supervisor implements RunningEmbedder {
  readonly closed: Promise<KindredError>;
  replaceable = false;
  readonly #options: StartEmbedderOptions;
  readonly #memory: DeviceMemory;
  readonly #recycling: Recycling;
  #recovery = new Recovery();
  /** The last that was opened; lost, perhaps. */
  #session: Session;
  #current: Promise<Session>;
  #losses: DevicePlan['losses'] = { times: 0, last: null };
  #ended: KindredError | null = null;
  #resolveClosed: (error: KindredError) => void = () => undefined;

  constructor(options: StartEmbedderOptions, memory: DeviceMemory, first: Session) {
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    // The signal ended the start, not what runs afterwards.
    const restart = { ...options };
    delete restart.signal;
    this.#options = restart;
    this.#memory = memory;
    this.#recycling = new Recycling(options.recycleAt, (session) => this.#recycle(session));
    this.#session = first;
    this.#current = Promise.resolve(first);
    this.#watch(first);
  }

  get space(): EmbeddingSpace {
    return this.#session.model.space;
  }
  get batches(): boolean {
    return this.#session.model.plan.batched;
  }
  get maxTokens(): number {
    return this.#session.model.maxTokens;
  }
  get cosines(): CosineScale {
    return this.#session.model.cosines;
  }
  get tokensPerSecond(): number | null {
    return this.#session.model.tokensPerSecond;
  }
  get plan(): DevicePlan {
    return { ...this.#session.model.plan, losses: this.#losses };
  }
  get survey(): Survey {
    return this.#session.model.survey;
  }
  get recycled(): number {
    return this.#recycling.times;
  }

  memoryBytes(): number {
    return this.#session.memoryBytes();
  }

  embed(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    return this.#call(given.lane === 'draft' ? 1 : 0, given.signal, async (session) => {
      const began = performance.now();
      const vectors = await session.embed(texts, given);
      this.#recovery.worked(performance.now() - began);
      return vectors;
    });
  }

  /** Asked once more when the worker is lost: it costs little, and a post is not to blame for its own length. */
  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array> {
    return this.#call(1, undefined, (session) => session.countTokens(texts, lane));
  }

  dispose(): void {
    const error = new KindredError('disposed', 'The embedder was closed; start it again.');
    this.#end(error);
    this.#current.then(
      (session) => session.close(error),
      () => undefined,
    );
  }

  async #call<T>(retries: number, signal: AbortSignal | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    for (let left = retries; ;) {
      if (this.#ended !== null) throw this.#ended;
      const session = await abortable(this.#current, signal);
      try {
        return await work(session);
      } catch (error) {
        signal?.throwIfAborted();
        if (isKindredError(error, 'backend-failed')) {
          // Out of memory, or a graphics card that is gone: what failed once in this worker fails again.
          session.close(
            new KindredError('worker-crashed', `${lineOf(error)} A fresh worker takes over.`, { cause: error }),
          );
        } else if (!isKindredError(error, 'worker-crashed')) throw error;
        // Whoever replaces it hears of it first.
        await session.closed;
        if (this.#recycling.retired(session)) continue;
        if (left-- <= 0 || this.#isEnded()) throw error;
      } finally {
        this.#recycling.consider(session);
      }
    }
  }

  #watch(session: Session): void {
    void session.closed.then((error) => {
      if (this.#ended === null && !this.#recycling.retired(session)) this.#replace(error);
    });
  }

  /** Starts a fresh worker in the place of one that was lost. */
  #replace(error: KindredError): void {
    this.#setCurrent(this.#recover(error));
  }

  #recycle(session: Session): void {
    if (this.#ended !== null || session !== this.#session) return;
    session.close(new KindredError('worker-crashed', 'The embedder’s worker was replaced, as its memory had grown.'));
    const quiet = { ...this.#options };
    delete quiet.onState;
    this.#setCurrent(this.#open(quiet).catch((error: unknown) => this.#recover(toKindredError(causeOf(error)))));
  }

  #setCurrent(opening: Promise<Session>): void {
    this.#current = opening.then((session) => {
      if (this.#ended !== null) {
        session.close(this.#ended);
        throw this.#ended;
      }
      if (spaceKey(session.model.space) !== spaceKey(this.#session.model.space)) {
        const error = new KindredError('worker-crashed', 'The model came back in another embedding space.');
        session.close(error);
        this.#end(error, true);
        throw error;
      }
      this.#session = session;
      this.#options.onPlan?.(this.plan);
      this.#watch(session);
      return session;
    });
    this.#current.catch((error: unknown) => this.#end(toKindredError(causeOf(error), 'worker-crashed')));
  }

  /** Tries again, or with less; rejects when this embedder is at its end. */
  async #recover(lost: KindredError): Promise<Session> {
    let error = lost;
    for (;;) {
      if (this.#ended !== null) throw this.#ended;
      this.#losses = { times: this.#losses.times + 1, last: error.message };
      const step = this.#recovery.lost(this.#demotable() !== null);
      if (step.step === 'give-up') await this.#demote(error);
      else await pause(step.pauseMs);
      const began = performance.now();
      try {
        const session = await this.#open(this.#options);
        this.#recovery.recovered(performance.now() - began);
        return session;
      } catch (failure) {
        const cause = causeOf(failure);
        error = toKindredError(cause, 'worker-crashed');
        if (!isBackendFailure(cause)) {
          this.#options.onState?.(failed(error));
          throw error;
        }
      }
    }
  }

  #demotable(): Refusable | null {
    const { plan } = this.#session.model;
    if (plan.provider === 'webgpu') return this.#options.provider === undefined ? 'webgpu' : null;
    return plan.threads > 1 ? 'threads' : null;
  }

  /** Throws when there is nothing left to run this embedding space on. */
  async #demote(error: KindredError): Promise<void> {
    const what = this.#demotable();
    if (what === null) {
      this.#options.onState?.(failed(error));
      throw error;
    }
    const reason = `lost ${this.#losses.times} times, the last time because: ${lineOf(error)}`;
    const refusal = { reason, at: new Date().toISOString(), demoted: true };
    await this.#memory.note(this.#session.model.plan.key, (verdict) => refuse(verdict, what, refusal));
    if (what === 'webgpu') {
      this.#end(error, true);
      throw error;
    }
    delete this.#options.threads;
    this.#recovery = new Recovery();
  }

  async #open(options: StartEmbedderOptions): Promise<Session> {
    const { onPlan } = options;
    const heard =
      onPlan === undefined ? {} : { onPlan: (plan: DevicePlan) => onPlan({ ...plan, losses: this.#losses }) };
    return openProved({ ...options, ...heard }, this.#memory);
  }

  #end(error: KindredError, replaceable = false): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.replaceable = replaceable;
    this.#recycling.close();
    this.#resolveClosed(error);
  }

  /** Asked by a method, as the answer changes while a call awaits. */
  #isEnded(): boolean {
    return this.#ended !== null;
  }
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
