// What is measured side by side, and what a worker of each kind serves.
import type { LibraryName } from '../../src/testing/transformersJs.ts';

/** Which network a contender runs: ours, the same model as others publish it, or ours in fp32. */
export type NetworkName = 'ours' | 'usual' | 'fp32';

export interface Contender {
  name: string;
  /** `ours` is the shipped embedder's worker, `pipeline` a library's own, `bare` nothing but the runtime's sessions. */
  kind: 'ours' | 'pipeline' | 'bare';
  network: NetworkName;
  /** Null leaves their number to the contender. */
  threads: number | null;
  /** Of ours: so many share the work; one where it is not said. */
  workers?: number;
  /** Of a pipeline: which one, and how many texts it is given at once. */
  library?: LibraryName;
  batch?: number;
}

/** Addresses of the networks that are there, and of the model's folder. */
export interface EngineFiles {
  folder: string;
  networks: Partial<Record<NetworkName, string>>;
}

/** As many posts are read: by workers of one thread each. */
export const OURS = 'Kindred';
/** As many as others are given threads. */
const READERS = 2;

/** Sentences that the posts are embedded with, and the shape that the network gives. */
export interface PeerWorker {
  load(contender: Contender, files: EngineFiles): Promise<void>;
  /** One unit vector a text, row after row, in arrival order. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

export interface SessionWorker {
  load(network: string, options: SessionChoice): Promise<{ createMs: number }>;
  /** Runs each row of ids alone and gives what the session gave, and how long all of them took. */
  run(rows: readonly number[][]): Promise<{ ms: number; vectors: Float32Array }>;
}

export interface SessionChoice {
  threads: number;
  /** As the runtime's `SessionOptions`; for measuring what one of them does. */
  session?: Record<string, unknown>;
}

/** Every contender whose network is there, ours first. */
export function contenders({ networks }: EngineFiles): Contender[] {
  const all: Contender[] = [
    { name: OURS, kind: 'ours', network: 'ours', threads: 1, workers: READERS },
    { name: `${OURS}, 2 threads`, kind: 'ours', network: 'ours', threads: 2 },
    { name: `${OURS}, 1 thread`, kind: 'ours', network: 'ours', threads: 1 },
  ];
  const named = { ours: 'our file', usual: 'its usual file', fp32: 'fp32' };
  for (const network of ['ours', 'usual'] as const) {
    const pipeline = (library: LibraryName, batch: number, threads: number | null): Contender => ({
      name: `${library}, batch ${batch}${threads === null ? '' : `, ${threads} threads`}, ${named[network]}`,
      kind: 'pipeline',
      network,
      threads,
      library,
      batch,
    });
    all.push(
      pipeline('@huggingface/transformers', 32, null),
      pipeline('@huggingface/transformers', 1, null),
      pipeline('@huggingface/transformers', 1, 2),
      pipeline('@xenova/transformers', 32, null),
    );
    for (const threads of [1, 2]) {
      const count = threads === 1 ? '1 thread' : `${threads} threads`;
      all.push({ name: `bare session.run, ${count}, ${named[network]}`, kind: 'bare', network, threads });
    }
  }
  return all.filter(({ network }) => networks[network] !== undefined);
}
