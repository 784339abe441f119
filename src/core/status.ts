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

export type ModelState =
  | { state: 'idle' }
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
    }
  | { state: 'failed'; model: string | null; code: ErrorCode; message: string };
