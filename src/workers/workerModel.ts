// The library's model, run in an embedder worker of its own.
import { KindredError, toKindredError } from '../core/errors.ts';
import type { ModelListener, ModelPort } from '../core/library/modelPort.ts';
import type { OpenOptions } from '../core/libraryApi.ts';
import { passageRule } from '../core/text/passages.ts';
import type { Endpoint } from './rpc/index.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder } from './startEmbedder.ts';

export interface WorkerModelOptions {
  /** A new `embedder.worker.ts` each time it is called. */
  createWorker: () => Endpoint;
  /** Absolute address of the folder of the model that ships, ending with a slash. */
  folder: string;
}

export function createWorkerModel({ createWorker, folder }: WorkerModelOptions): ModelPort {
  let running: RunningEmbedder | null = null;
  let starting: AbortController | null = null;
  let asked: { listener: ModelListener; options: OpenOptions } | null = null;

  async function begin(): Promise<void> {
    if (asked === null) return;
    const { listener, options } = asked;
    const start = (starting = new AbortController());
    try {
      const embedder = await startEmbedder({
        createWorker,
        folder: options.modelFolder ?? folder,
        passageRule,
        ...(options.provider === undefined ? {} : { provider: options.provider }),
        signal: start.signal,
        onState: listener.onState,
        onPlan: listener.onPlan,
      });
      if (start.signal.aborted) {
        embedder.dispose();
        return;
      }
      running = embedder;
      listener.onReady({ embedder, maxTokens: embedder.maxTokens });
      const error = await embedder.closed;
      if (running !== embedder) return;
      running = null;
      listener.onLost(error.message);
    } catch (error) {
      // The state says so already; only a start that was given up is silent.
      if (!start.signal.aborted) listener.onLost(toKindredError(error).message);
    }
  }

  function stop(): void {
    starting?.abort(new KindredError('disposed', 'The model is being started anew.'));
    const embedder = running;
    running = null;
    embedder?.dispose();
  }

  return {
    start(listener, options) {
      asked = { listener, options };
      void begin();
    },
    retry() {
      stop();
      void begin();
    },
    close() {
      stop();
      asked = null;
      return Promise.resolve();
    },
  };
}
