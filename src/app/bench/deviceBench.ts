// Measures the shipped embedder on this device: every backend that passes its probes, over the same texts, in turn.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { isAbort, toKindredError } from '../../core/index.ts';
import type { ExecutionProvider, KindredError } from '../../core/index.ts';
import { agreement, type Agreement } from './agreement.ts';
import type { Backend, BackendOptions } from './backend.ts';
import { PASSAGES_PER_CALL } from './backend.ts';
import { ofOneLength, type TextSet } from './benchTexts.ts';
import { median } from './median.ts';

/** Rounds that count, after those in which a device compiles and warms up. */
const ROUNDS = { counted: 5, discarded: 2 };
/** A slow device gets fewer rounds of one set. */
const ENOUGH_MS = 8_000;

/** WebGPU as it is used, with texts of one length run together where that is right; with one text a run; WebAssembly. */
export type Way = ExecutionProvider | 'webgpu-alone';

export interface BackendFigures {
  provider: ExecutionProvider;
  threads: number;
  format: string;
  readyMs: number;
  fromCache: boolean;
  /** Worst cosine of the probes. */
  probes: number | null;
  /** Why several texts at a time were not measured on WebGPU, where they are wrong; else null. */
  batchesRefused: string | null;
}

/** One set of texts; a time is the median of its rounds. */
export interface SetFigures {
  /** Mean over the texts, the special ones included. */
  tokens: number;
  even: boolean;
  texts: number;
  perCall: number;
  ms: Partial<Record<Way, number>>;
}

export interface BenchResult {
  model: string;
  /** Why the graphics processor was not measured; null where it was. */
  gpuRefused: string | null;
  backends: BackendFigures[];
  /** In the order in which they take turns. */
  ways: Way[];
  sets: SetFigures[];
  /** Vectors of the two backends against each other; null where only one ran. */
  agreement: Agreement | null;
}

export type BenchState =
  | { stage: 'ready' }
  | { stage: 'opening'; result: BenchResult }
  | { stage: 'measuring'; result: BenchResult; set: number; sets: number; share: number }
  | { stage: 'done'; result: BenchResult }
  | { stage: 'stopped'; result: BenchResult }
  | { stage: 'failed'; result: BenchResult; error: KindredError };

export interface DeviceBenchPorts {
  open: (options: Pick<BackendOptions, 'provider' | 'signal'>) => Promise<Backend>;
  texts: (signal: AbortSignal) => Promise<TextSet[]>;
  model: string;
}

export interface DeviceBench extends StoreApi<BenchState> {
  /** Resolves when all is measured, or stopped. Never rejects: failure is a state. */
  run(): Promise<void>;
  /** Ends at once; what was measured stays. */
  stop(): void;
}

interface Measured {
  way: Way;
  backend: Backend;
}

export function createDeviceBench({ open, texts, model }: DeviceBenchPorts): DeviceBench {
  const store = createStore<BenchState>(() => ({ stage: 'ready' }));
  let running: AbortController | null = null;

  async function run(): Promise<void> {
    if (running !== null) return;
    const stopper = new AbortController();
    running = stopper;
    const result: BenchResult = { model, gpuRefused: null, backends: [], ways: [], sets: [], agreement: null };
    const opened: Measured[] = [];
    try {
      store.setState({ stage: 'opening', result }, true);
      const sets = await texts(stopper.signal);
      await openAll(opened, result, stopper.signal);
      await measureAll(opened, sets, result, stopper.signal);
      store.setState({ stage: 'done', result: { ...result } }, true);
    } catch (error) {
      const stopped = stopper.signal.aborted || isAbort(error);
      if (stopped) store.setState({ stage: 'stopped', result: { ...result } }, true);
      else store.setState({ stage: 'failed', result: { ...result }, error: toKindredError(error) }, true);
    } finally {
      for (const backend of new Set(opened.map((one) => one.backend))) backend.close();
      running = null;
    }
  }

  /** The plan's own choice first; where that is the graphics processor, WebAssembly too. */
  async function openAll(opened: Measured[], result: BenchResult, signal: AbortSignal): Promise<void> {
    const add = async (provider?: ExecutionProvider): Promise<ExecutionProvider> => {
      const backend = await open({ signal, ...(provider === undefined ? {} : { provider }) });
      const { plan, readyMs, fromCache } = backend;
      const chosen = plan?.provider ?? 'wasm';
      opened.push({ way: chosen, backend });
      if (plan?.batched === true) opened.push({ way: 'webgpu-alone', backend });
      result.ways = opened.map(({ way }) => way);
      result.backends.push({
        provider: chosen,
        threads: plan?.threads ?? 1,
        format: plan?.format ?? '',
        readyMs,
        fromCache,
        probes: plan?.probeWorstCosine ?? null,
        batchesRefused: backend.batchesRefused,
      });
      if (chosen === 'wasm' && result.gpuRefused === null) {
        result.gpuRefused = plan?.candidates.find((one) => one.provider === 'webgpu')?.reason ?? null;
      }
      return chosen;
    };
    try {
      if ((await add()) === 'wasm') return;
    } catch (error) {
      signal.throwIfAborted();
      // Its probes failed, or its driver: the other one may still be measured.
      result.gpuRefused = toKindredError(error).message;
    }
    const refused = result.gpuRefused;
    await add('wasm');
    result.gpuRefused = refused;
  }

  async function measureAll(opened: Measured[], sets: TextSet[], result: BenchResult, signal: AbortSignal) {
    const count = async (texts: readonly string[]): Promise<Uint32Array> =>
      (await opened[0]?.backend.countTokens(texts))?.tokens ?? new Uint32Array();
    for (const [index, { words, texts, whole }] of sets.entries()) {
      const given = words === null ? texts : await ofOneLength(texts, count);
      const perCall = whole ? given.length : PASSAGES_PER_CALL;
      const tokens = (await count(given)).reduce((sum, one) => sum + one, 0) / given.length;
      const vectors = new Map<Way, Float32Array>();
      const times = new Map<Way, number[]>(opened.map(({ way }) => [way, []]));
      const all = ROUNDS.counted + ROUNDS.discarded;
      for (let round = 0; round < all; round++) {
        store.setState(
          {
            stage: 'measuring',
            result: { ...result },
            set: index + 1,
            sets: sets.length,
            share: (index + round / all) / sets.length,
          },
          true,
        );
        for (const { way, backend } of opened) {
          const before = times.get(way) ?? [];
          if (before.reduce((sum, ms) => sum + ms, 0) > ENOUGH_MS) continue;
          const { ms, vectors: found } = await backend.embed(given, perCall, way === 'webgpu-alone');
          signal.throwIfAborted();
          // The first ones go as soon as there are others.
          if (before.length > 0 && round <= ROUNDS.discarded) before.length = 0;
          before.push(ms);
          vectors.set(way, found);
        }
      }
      const ms = Object.fromEntries(Array.from(times, ([way, list]) => [way, median(list)]));
      result.sets.push({ tokens, even: words !== null, texts: given.length, perCall, ms });
      const [gpu, cpu] = [vectors.get('webgpu'), vectors.get('wasm')];
      if (whole && gpu !== undefined && cpu !== undefined) {
        result.agreement = agreement(gpu, cpu, cpu.length / given.length);
      }
    }
  }

  return Object.assign(store, { run, stop: () => running?.abort() });
}
