// How the model is doing and where it runs, as data that the status view shows.
import type { ErrorCode } from './errors.ts';

export type ExecutionProvider = 'webgpu' | 'wasm';
export type NumericFormat = 'int8' | 'fp32' | 'fp16' | 'nbits';

/** What can be given up: the graphics card, several texts at once on it, or more than one thread on the processor. */
export type Refusable = 'webgpu' | 'batches' | 'threads';

export interface PlanCandidate {
  provider: ExecutionProvider;
  format: NumericFormat;
  chosen: boolean;
  /** Plain words: why it was chosen or refused. */
  reason: string;
  /** What the reason was found out of, so that it can be tried again; null where it follows from what the device is. */
  again: Refusable | null;
}

/** A way of running the model, as far as it can be timed against another. */
export interface Runner {
  provider: ExecutionProvider;
  /** On WASM, of each worker; 1 on WebGPU. */
  threads: number;
  /** Workers that share the work, each with the model in its own memory; one where it is not said. */
  workers?: number;
  /** On WebGPU: texts of one length run together. */
  batched?: boolean;
}

export const sameRunner = (a: Runner, b: Runner): boolean =>
  a.provider === b.provider &&
  a.threads === b.threads &&
  (a.workers ?? 1) === (b.workers ?? 1) &&
  (a.batched ?? false) === (b.batched ?? false);

/** What came out when ways of running the model were timed on the author's own passages. */
export interface Race {
  /** In the order in which they were tried. */
  contenders: (Runner & {
    tokensPerSecond: number;
    /** It did not finish one part in its time: it is no faster than this. */
    atMost: boolean;
  })[];
  /** The one that runs since. Not the fastest where reading everything again would take longer than it saves. */
  kept: Runner;
  /** Passages that were timed. */
  passages: number;
  /** Milliseconds that the posts waited for it. */
  ms: number;
  /** ISO 8601. */
  at: string;
}

/** A backend that worked and was given up. */
export interface Demotion {
  what: Exclude<Refusable, 'batches'>;
  reason: string;
  /** ISO 8601. */
  at: string;
}

/** Which execution provider, format and thread count, and why the others were not. */
export interface DevicePlan {
  provider: ExecutionProvider;
  format: NumericFormat;
  threads: number;
  /** Workers that share the work, each with the model in its own memory. */
  workers: number;
  /**
   * Workers of one thread each that read posts while many wait, beside the one that answers drafts, as measured; 1 where they are no
   * faster, null before.
   */
  readers: number | null;
  /** The thread count, or the number of workers, was measured on this device; else it follows from its cores. */
  threadsMeasured: boolean;
  /** On WebGPU: texts of the queue that have one length run together. */
  batched: boolean;
  /** Whether they do was timed on this device. */
  batchedMeasured: boolean;
  /** Worst cosine of this device's vectors against the golden ones, over all probes; null before they ran. */
  probeWorstCosine: number | null;
  candidates: PlanCandidate[];
  /** What it was decided for: browser, graphics adapter, cores. */
  device: string;
  /** Under what findings are remembered: the device with the model. */
  key: string;
  race: Race | null;
  demotions: Demotion[];
  /** Fresh workers that were started since the page was opened because one was lost, and why the last was. */
  losses: { times: number; last: string | null };
}

/**
 * How a model started: milliseconds, each measured where it happens. The first three overlap, since the runtime starts while
 * the files arrive.
 */
export interface StartTimes {
  /** Until every file was in memory, from the network or from this browser. */
  fetch: number;
  /** Spent hashing them, within `fetch`. */
  verify: number;
  /** Until the runtime was fetched, compiled and started. */
  instantiate: number;
  /** To make a session of the network. */
  create: number;
  /** Of the first text. */
  firstRun: number;
  /** Of a text afterwards: the median of the probes. */
  warmMedian: number;
}

export type ModelState =
  | { state: 'idle' }
  /** Not fetched until the author asks: because the device saves data, or because the author stopped it. */
  | { state: 'held'; model: string; bytes: number; why: 'saves-data' | 'stopped' }
  | { state: 'downloading'; model: string; loadedBytes: number; totalBytes: number }
  | { state: 'starting'; model: string }
  | {
      state: 'ready';
      model: string;
      /** Numbers of a vector that are kept. */
      dimension: number;
      /** Numbers of a vector that the model gives. */
      width: number;
      bytes: number;
      fromCache: boolean;
      /** Why the next visit has to fetch it again; null when it is kept. */
      notKept: 'full' | 'refused' | null;
      start: StartTimes;
    }
  | { state: 'failed'; model: string | null; code: ErrorCode; message: string };
