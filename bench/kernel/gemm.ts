// A compiled kernel over memory of its own.
import type { GemmKind } from './gemmSource.ts';
import { packActivations, packWeights, type Matrix } from './packed.ts';

export interface Gemm {
  run(): void;
  /** A copy of what the last run wrote. */
  sums(): Int32Array;
}

const PAGE = 65_536;

/** Packs both matrices once; only the product is run again. Throws where the browser lacks the instruction. */
export function createGemm(module: Uint8Array<ArrayBuffer>, kind: GemmKind, left: Matrix, right: Matrix): Gemm {
  const activations = packActivations(left, kind);
  const weights = packWeights(right, kind);
  const weightsAt = align(activations.length);
  const sumsAt = align(weightsAt + weights.length);
  const bytes = sumsAt + 4 * left.rows * right.columns;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  new Uint8Array(memory.buffer).set(activations);
  new Uint8Array(memory.buffer).set(weights, weightsAt);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  const run = exports['run'] as (...numbers: number[]) => void;
  return {
    run: () => run(0, weightsAt, sumsAt, left.rows, right.columns, left.columns),
    sums: () => new Int32Array(memory.buffer, sumsAt, left.rows * right.columns).slice(),
  };
}

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;
