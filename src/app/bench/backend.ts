// One backend of the shipped embedder, in a worker of its own, timed from the page.
import { toKindredError } from '../../core/index.ts';
import type { DevicePlan, ExecutionProvider, ModelState } from '../../core/index.ts';
import type { EmbedderService } from '../../workers/embedderService.ts';
import { connect, type Endpoint } from '../../workers/rpc/index.ts';

/** As many as the library's queue gives at once. */
export const PASSAGES_PER_CALL = 16;

export interface Backend {
  /** What was decided, with the probes' worst cosine; null where the embedder told none. */
  plan: DevicePlan | null;
  /** From the start of the worker until the probes were passed. */
  readyMs: number;
  /** Whether the model was in this browser already. */
  fromCache: boolean;
  /** Why several texts at a time are not measured on WebGPU, where they are wrong; else null. */
  batchesRefused: string | null;
  /**
   * Embeds every text in the given order, so many a call, each in a run of its own if `alone`; how long that took, and one unit
   * vector a text.
   */
  embed(texts: readonly string[], perCall?: number, alone?: boolean): Promise<{ ms: number; vectors: Float32Array }>;
  /** Milliseconds that the worker takes to make the tokens of these texts, and how many each has. */
  countTokens(texts: readonly string[]): Promise<{ ms: number; tokens: Uint32Array }>;
  close(): void;
}

export interface BackendOptions {
  createWorker: () => Endpoint;
  /** Absolute address of the model's folder, ending with a slash. */
  folder: string;
  /** This one or none; by default as the device's plan says. */
  provider?: ExecutionProvider;
  threads?: number;
  /** False: one text a run on WebGPU too. By default several are refused only where they are wrong. */
  batched?: false;
  signal?: AbortSignal;
  onState?: (state: ModelState) => void;
}

/** Errors as those of the embedder's start; the worker is ended by then, and by an abort of the signal at any later time. */
export async function openBackend(given: BackendOptions): Promise<Backend> {
  const { createWorker, folder, signal, ...options } = given;
  signal?.throwIfAborted();
  const started = performance.now();
  const { remote, close } = connected(createWorker);
  signal?.addEventListener('abort', close, { once: true });
  const told: { plan: DevicePlan | null; fromCache: boolean } = { plan: null, fromCache: false };
  try {
    await remote.load({
      folder,
      passageRule: 'bench',
      overlong: 'cut',
      ...(signal === undefined ? {} : { signal }),
      ...(options.provider === undefined ? {} : { provider: options.provider }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...(options.batched === undefined ? {} : { batched: options.batched }),
      onPlan: (plan) => (told.plan = plan),
      onState: (state) => {
        if (state.state === 'ready') told.fromCache = state.fromCache;
        options.onState?.(state);
      },
    });
  } catch (error) {
    close();
    // The probes had passed, so that only several texts at a time are wrong.
    const { plan } = told;
    if (plan === null || !plan.batched || plan.probeWorstCosine === null || signal?.aborted === true) throw error;
    return { ...(await openBackend({ ...given, batched: false })), batchesRefused: toKindredError(error).message };
  }
  const readyMs = performance.now() - started;
  return {
    ...told,
    readyMs,
    batchesRefused: null,
    async embed(texts, perCall = PASSAGES_PER_CALL, alone = false) {
      const begun = performance.now();
      const parts: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += perCall) {
        parts.push(await remote.embed(texts.slice(from, from + perCall), { lane: 'queue', alone }));
      }
      const ms = performance.now() - begun;
      return { ms, vectors: joined(parts) };
    },
    async countTokens(texts) {
      const begun = performance.now();
      const tokens = await remote.countTokens(texts);
      return { ms: performance.now() - begun, tokens };
    },
    close() {
      signal?.removeEventListener('abort', close);
      close();
    },
  };
}

function connected(createWorker: () => Endpoint) {
  const connection = connect<EmbedderService>(createWorker(), 'The embedder');
  return { remote: connection.remote, close: () => connection.close() };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
