// A model that becomes ready, is lost and fails when a test says so.
import type { Embedder } from '../core/embedding.ts';
import type { ModelListener, ModelPort } from '../core/library/modelPort.ts';

export interface FakeModel extends ModelPort {
  /** Tells the library that the model is ready with this embedder. */
  ready(embedder: Embedder): void;
  lose(reason: string): void;
  fail(message: string): void;
  readonly retries: number;
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
    close: () => Promise.resolve(),
    ready(embedder) {
      const { dimension, model: name } = embedder.space;
      listener?.onState({ state: 'ready', model: name, dimension, bytes: 0, fromCache: true });
      listener?.onReady({ embedder, maxTokens: 128 });
    },
    lose: (reason) => listener?.onLost(reason),
    fail: (message) => listener?.onState({ state: 'failed', model: 'fake', code: 'model-network', message }),
    get retries() {
      return retries;
    },
  };
  return model;
}
