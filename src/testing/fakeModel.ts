// Models that become ready, are lost and fail when a test says so.
import type { Embedder } from '../core/embedding.ts';
import type { ModelListener, ModelPort, ModelSupply } from '../core/library/modelPort.ts';
import type { ListedModel } from '../core/model/modelList.ts';
import type { DevicePlan } from '../core/status.ts';
import { START_TIMES } from './startTimes.ts';
import { COSINES } from './cosines.ts';

export interface FakeModel extends ModelPort {
  /** Tells the library that the model is ready with this embedder. */
  ready(embedder: Embedder, measured?: { tokensPerSecond?: number | null; maxTokens?: number }): void;
  /** Tells where it would run; of the plan what a test needs. */
  plan(plan: Partial<DevicePlan>): void;
  lose(reason: string): void;
  fail(message: string): void;
  readonly retries: number;
  /** Started and not closed. */
  readonly running: boolean;
}

export function fakeModel(first?: Embedder): FakeModel {
  let listener: ModelListener | null = null;
  let retries = 0;
  const model: FakeModel = {
    start(given) {
      listener = given;
      if (first !== undefined) model.ready(first);
    },
    retry: () => {
      retries++;
    },
    hold: () => undefined,
    close() {
      listener = null;
      return Promise.resolve();
    },
    ready(embedder, { tokensPerSecond = null, maxTokens = 128 } = {}) {
      const { dimension, model: name } = embedder.space;
      listener?.onState({
        state: 'ready',
        model: name,
        dimension,
        width: dimension,
        bytes: 0,
        fromCache: true,
        notKept: null,
        start: START_TIMES,
      });
      listener?.onReady({ embedder, maxTokens, cosines: COSINES, tokensPerSecond });
    },
    plan: (plan) => listener?.onPlan(plan as DevicePlan),
    lose: (reason) => listener?.onLost(reason),
    fail: (message) => listener?.onState({ state: 'failed', model: 'fake', code: 'model-network', message }),
    get retries() {
      return retries;
    },
    get running() {
      return listener !== null;
    },
  };
  return model;
}

/** One model, named as fake embedders are by default. */
export const ONE_MODEL: readonly ListedModel[] = [{ id: 'fake', size: 'base', layers: 6 }];

/** `port` is asked each time that a model of the list is to start. */
export function fakeSupply(port: (id: string) => ModelPort, list: readonly ListedModel[] = ONE_MODEL): ModelSupply {
  return {
    list: () => Promise.resolve(list),
    facts: (id) => Promise.resolve({ name: `Model ${id}`, bytes: 1_000_000, kept: false, keptBytes: 0, dimension: 64 }),
    port,
    forget: () => Promise.resolve(),
    forgetRefusal: () => Promise.resolve(),
  };
}
