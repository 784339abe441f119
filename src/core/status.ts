// How the model is doing and where it runs, as data that the status view shows.
import type { ErrorCode } from './errors.ts';

export type ExecutionProvider = 'webgpu' | 'wasm';
export type NumericFormat = 'int8' | 'fp32' | 'fp16' | 'nbits';

export interface PlanCandidate {
  provider: ExecutionProvider;
  format: NumericFormat;
  chosen: boolean;
  /** Plain words: why it was chosen or refused. */
  reason: string;
}

/** Which execution provider, format and thread count, and why the others were not. */
export interface DevicePlan {
  provider: ExecutionProvider;
  format: NumericFormat;
  threads: number;
  /** Worst cosine of this device's vectors against the golden ones, over all probes; null before they ran. */
  probeWorstCosine: number | null;
  candidates: PlanCandidate[];
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
