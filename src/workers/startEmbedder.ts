// Owner of the embedder's worker: starts it, falls back from WebGPU to WASM in a fresh one, and replaces one that crashed.
import type { CosineScale, Embedder } from '../core/embedding.ts';
import { KindredError, isKindredError, toKindredError } from '../core/errors.ts';
import type { DevicePlan, ExecutionProvider, ModelState } from '../core/status.ts';
import { abortable } from './abortable.ts';
import type { EmbedderService, ServedModel } from './embedderService.ts';
import { connect } from './rpc/index.ts';
import type { Connection, Endpoint } from './rpc/index.ts';

export interface StartEmbedderOptions {
  /** A new `embedder.worker.ts` each time it is called. */
  createWorker: () => Endpoint;
  /** Absolute address of the model's folder, ending with a slash. */
  folder: string;
  /** Rule that cuts posts into passages, by name and version. */
  passageRule: string;
  /** Keeps the first numbers of each vector; as many as the manifest says by default. */
  dimension?: number;
  /** Uses this provider or fails; by default WebGPU where it proves itself, else WASM. */
  provider?: ExecutionProvider;
  /** Gives up the start; later `dispose` ends the embedder. */
  signal?: AbortSignal;
  /** What is tried, and again with the probes' worst cosine. */
  onPlan?: (plan: DevicePlan) => void;
  onState?: (state: ModelState) => void;
}

export interface RunningEmbedder extends Embedder {
  /** Most tokens of a text, the special ones included. */
  readonly maxTokens: number;
  readonly cosines: CosineScale;
  /** As measured while the probes were checked. */
  readonly tokensPerSecond: number | null;
  /** Resolves when this embedder is at its end, disposed or crashed for good, with the error that its calls reject with. */
  readonly closed: Promise<KindredError>;
  countTokens(texts: readonly string[]): Promise<Uint32Array>;
  dispose(): void;
}

type Session = Connection<EmbedderService> & ServedModel & { provider: ExecutionProvider };

/**
 * Rejects with what `loadModel` rejects with, or `worker-crashed`.
 *
 * When its worker crashes, or its graphics card is lost, pending calls reject with `worker-crashed` and later ones wait for a
 * fresh worker of the same embedding space. One that crashes again before it has embedded anything ends the embedder:
 * start a new one, which may have another space.
 */
export async function startEmbedder(options: StartEmbedderOptions): Promise<RunningEmbedder> {
  const first = await openReported(options, options.provider);
  // The signal ends the start, not what runs afterwards.
  const restart = { ...options };
  delete restart.signal;
  let current: Promise<Session> = Promise.resolve(first);
  let worked = false;
  let ended: KindredError | null = null;
  let resolveClosed: (error: KindredError) => void;
  const closed = new Promise<KindredError>((resolve) => (resolveClosed = resolve));

  function end(error: KindredError): void {
    if (ended !== null) return;
    ended = error;
    resolveClosed(error);
  }

  function watch(session: Session): void {
    void session.closed.then((error) => {
      if (ended === null) replace(session, error);
    });
  }

  function replace({ provider }: Session, error: KindredError): void {
    if (!worked) {
      options.onState?.(failed(error));
      current = Promise.reject(error);
      current.catch(() => undefined);
      end(error);
      return;
    }
    worked = false;
    current = openReported(restart, provider);
    current.then(
      (session) => {
        if (ended === null) watch(session);
        else session.close(ended);
      },
      (reason: unknown) => end(toKindredError(reason, 'worker-crashed')),
    );
  }

  async function call<T>(signal: AbortSignal | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    if (ended !== null) throw ended;
    const session = await abortable(current, signal);
    try {
      return await work(session);
    } catch (error) {
      // A lost graphics card fails every later run too.
      if (session.provider === 'webgpu' && isKindredError(error, 'backend-failed')) {
        const lost =
          'The graphics card was lost while embedding. A fresh worker takes over; the texts are tried again.';
        session.close(new KindredError('worker-crashed', lost, { cause: error }));
      }
      throw error;
    }
  }

  watch(first);
  return {
    space: first.space,
    maxTokens: first.maxTokens,
    cosines: first.cosines,
    tokensPerSecond: first.tokensPerSecond,
    closed,
    async embed(texts, { lane, signal }) {
      const vectors = await call(signal, ({ remote }) =>
        remote.embed(texts, signal === undefined ? { lane } : { lane, signal }),
      );
      worked = true;
      return vectors;
    },
    countTokens: (texts) => call(undefined, ({ remote }) => remote.countTokens(texts)),
    dispose() {
      const error = new KindredError('disposed', 'The embedder was closed; start it again.');
      end(error);
      current.then(
        (session) => session.close(error),
        () => undefined,
      );
    },
  };
}

async function openReported(options: StartEmbedderOptions, provider: ExecutionProvider | undefined): Promise<Session> {
  try {
    return await open(options, provider, undefined);
  } catch (error) {
    if (options.signal?.aborted !== true) options.onState?.(failed(toKindredError(error)));
    throw error;
  }
}

async function open(
  options: StartEmbedderOptions,
  provider: ExecutionProvider | undefined,
  webgpuRefused: string | undefined,
): Promise<Session> {
  const { createWorker, folder, passageRule, dimension, signal, onState } = options;
  const connection = connect<EmbedderService>(createWorker(), 'The embedder');
  const planned: { provider: ExecutionProvider } = { provider: 'wasm' };
  try {
    const model = await connection.remote.load({
      folder,
      passageRule,
      ...(dimension === undefined ? {} : { dimension }),
      ...(provider === undefined ? {} : { provider }),
      ...(webgpuRefused === undefined ? {} : { webgpuRefused }),
      ...(signal === undefined ? {} : { signal }),
      ...(onState === undefined ? {} : { onState }),
      onPlan: (plan) => {
        planned.provider = plan.provider;
        options.onPlan?.(plan);
      },
    });
    return { ...connection, ...model, provider: planned.provider };
  } catch (error) {
    connection.close(toKindredError(error, 'worker-crashed'));
    // A failed attempt spoils its worker for the runtime, so the next is made in a fresh one.
    if (planned.provider === 'webgpu' && provider === undefined && isBackendFailure(error)) {
      return open(options, provider, refusal(error));
    }
    throw error;
  }
}

function isBackendFailure(error: unknown): error is KindredError {
  return (
    isKindredError(error, 'backend-failed') ||
    isKindredError(error, 'probes-disagree') ||
    isKindredError(error, 'worker-crashed')
  );
}

/** One line for the plan. */
function refusal(error: KindredError): string {
  if (error.code !== 'backend-failed') return error.message;
  return `it failed: ${error.cause instanceof Error ? error.cause.message : error.message}`;
}

function failed(error: KindredError): ModelState {
  return { state: 'failed', model: null, code: error.code, message: error.message };
}
