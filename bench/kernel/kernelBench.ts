// In the page: the kernels and the runtime multiply the same matrices in turn, on one thread.
import type * as Ort from 'onnxruntime-web/wasm';
import { runtimeAssets } from '../../src/workers/runtimeAssets.ts';
import { randomOf } from '../random.ts';
import { quantile, rotated } from '../statistics.ts';
import { createGemm } from './gemm.ts';
import { nameOf, type GemmKind } from './gemmSource.ts';
import { onnxProduct } from './onnxProduct.ts';
import { product, randomMatrix, type Matrix } from './packed.ts';
import { operatorShares, type OperatorShare } from './split.ts';

export const RUNTIME = 'onnxruntime-web, MatMulInteger';
/** Long enough for the clock, short enough that many fit between two disturbances. */
const TURN_MS = 2;
const DISCARDED = 3;
/** Of the turns, the time that this share of them is not above: what the kernel does when nothing disturbs it. */
const UNDISTURBED = 0.1;

export interface KernelModule {
  kind: GemmKind;
  bytes: number[];
}

export interface KernelFigures {
  name: string;
  rows: number;
  depth: number;
  columns: number;
  /** Milliseconds of one product: undisturbed, and the median. */
  bestMs: number;
  medianMs: number;
}

interface Contestant {
  name: string;
  run: () => unknown;
  check: () => Promise<Int32Array>;
  times: number[];
}

export class KernelBench {
  private ort: typeof Ort | null = null;

  /** One shape and number of rows. Throws when a kernel's product is not right to the last bit. */
  async measure(
    modules: readonly KernelModule[],
    { rows, depth, columns, turns }: { rows: number; depth: number; columns: number; turns: number },
  ): Promise<KernelFigures[]> {
    const random = randomOf(rows * depth + columns);
    const left = randomMatrix(rows, depth, [0, 127], random);
    const right = randomMatrix(depth, columns, [-127, 127], random);
    const contestants: Contestant[] = [];
    for (const { kind, bytes } of modules) {
      const gemm = createGemm(Uint8Array.from(bytes), kind, left, right);
      const check = (): Promise<Int32Array> => Promise.resolve(gemm.sums());
      contestants.push({ name: nameOf(kind), run: () => gemm.run(), check, times: [] });
    }
    const runtime = await this.openRuntime(left, right);
    contestants.push({ name: RUNTIME, run: runtime.run, check: runtime.check, times: [] });
    const wanted = product(left, right);
    for (const { name, run, check } of contestants) {
      await run();
      const sums = await check();
      if (sums.some((sum, at) => sum !== wanted[at])) throw new Error(`${name} gives a wrong product.`);
    }
    for (let turn = 0; turn < turns + DISCARDED; turn++) {
      for (const one of rotated(contestants, turn)) {
        const ms = await timed(one);
        if (turn >= DISCARDED) one.times.push(ms);
      }
    }
    await runtime.close();
    return contestants.map(({ name, times }) => ({
      name,
      rows,
      depth,
      columns,
      bestMs: quantile(times, UNDISTURBED),
      medianMs: quantile(times, 0.5),
    }));
  }

  /** The runtime's own split of a network's time at one length, and the whole of a run without its profile. */
  async split(network: string, tokens: number, runs: number): Promise<{ shares: OperatorShare[]; runMs: number }> {
    const ort = await this.runtime();
    const bytes = new Uint8Array(await (await fetch(network)).arrayBuffer());
    const ids = (value: (at: number) => number): Ort.Tensor =>
      new ort.Tensor(
        'int64',
        BigInt64Array.from({ length: tokens }, (_, at) => BigInt(value(at))),
        [1, tokens],
      );
    const feeds = { input_ids: ids((at) => 1000 + at * 7), attention_mask: ids(() => 1), token_type_ids: ids(() => 0) };
    const plain = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
    const times: number[] = [];
    for (let run = 0; run < runs + DISCARDED; run++) {
      const started = performance.now();
      await plain.run(feeds);
      if (run >= DISCARDED) times.push(performance.now() - started);
    }
    await plain.release();
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], enableProfiling: true });
    for (let run = 0; run < runs + DISCARDED; run++) await session.run(feeds);
    const lines = linesOf(() => session.endProfiling());
    await session.release();
    return { shares: operatorShares(lines, DISCARDED), runMs: quantile(times, 0.5) };
  }

  private async openRuntime(left: Matrix, right: Matrix) {
    const ort = await this.runtime();
    const session = await ort.InferenceSession.create(onnxProduct(left.rows, right), { executionProviders: ['wasm'] });
    const feeds = { left: new ort.Tensor('uint8', Uint8Array.from(left.values), [left.rows, left.columns]) };
    const run = () => session.run(feeds);
    return {
      run,
      check: async () => ((await run())['sums']?.data ?? new Int32Array()) as Int32Array,
      close: () => session.release(),
    };
  }

  private async runtime(): Promise<typeof Ort> {
    if (this.ort !== null) return this.ort;
    // Bound when the runtime starts, to the console of that moment: its profile comes out there.
    for (const method of ['log', 'info', 'warn', 'error'] as const) {
      const original = console[method].bind(console);
      console[method] = (...said: unknown[]) => (heard === null ? original(...said) : heard.push(said.join(' ')));
    }
    const ort = await import('onnxruntime-web/wasm');
    const assets = runtimeAssets(location.href);
    if (typeof assets !== 'string' && assets.wasm !== undefined) ort.env.wasm.wasmPaths = assets.wasm;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    this.ort = ort;
    return ort;
  }
}

let heard: string[] | null = null;

/** What is written to the console meanwhile, line by line. */
function linesOf(work: () => void): string[] {
  const said: string[] = [];
  heard = said;
  try {
    work();
  } finally {
    heard = null;
  }
  return said.flatMap((one) => one.split('\n'));
}

/** Milliseconds of one product, over as many as take a moment. */
async function timed({ run }: Pick<Contestant, 'run'>): Promise<number> {
  const started = performance.now();
  let runs = 0;
  let took = 0;
  for (; took < TURN_MS; took = performance.now() - started) {
    const running = run();
    if (running instanceof Promise) await running;
    runs++;
  }
  return took / runs;
}
