// A model for the comparison: ready at once, and its vectors are those that were made.
import type { Embedder } from '../../src/core/embedding.ts';
import type { ModelPort, ModelSupply } from '../../src/core/library/modelPort.ts';
import { START_TIMES } from '../../src/testing/startTimes.ts';

export const MODEL = 'bench';
export const MAX_TOKENS = 128;

export interface BenchModelOptions {
  dimension: number;
  vectorOf: (text: string) => Float32Array;
  /** Waits as long as embedding these would take. */
  embedding?: (texts: readonly string[], lane: 'draft' | 'queue') => Promise<void>;
}

export function benchEmbedder({ dimension, vectorOf, embedding }: BenchModelOptions): Embedder {
  return {
    space: {
      model: `${MODEL}@1`,
      modelHash: 'made',
      tokenizerHash: 'made-for-the-comparison',
      pooling: 'mean',
      prefix: '',
      normalised: true,
      dimension,
      passageRule: 'made',
      numeric: 'fp32',
    },
    async embed(texts, { lane, signal }) {
      signal?.throwIfAborted();
      await embedding?.(texts, lane);
      const rows = new Float32Array(texts.length * dimension);
      texts.forEach((text, row) => rows.set(vectorOf(text), row * dimension));
      return rows;
    },
    countTokens: (texts) => Uint32Array.from(texts, (text) => Math.ceil(text.length / 4)),
  };
}

export function benchSupply(options: BenchModelOptions): ModelSupply {
  const embedder = benchEmbedder(options);
  const port = (): ModelPort => ({
    start({ onState, onReady }) {
      const { dimension } = options;
      const kept = { bytes: 0, fromCache: true, notKept: null };
      onState({ state: 'ready', model: MODEL, dimension, width: dimension, ...kept, start: START_TIMES });
      const cosines = { unrelated: 0.3, usual: 0.45, same: 0.9 };
      onReady({ embedder, maxTokens: MAX_TOKENS, cosines, tokensPerSecond: 10_000 });
    },
    retry: () => undefined,
    hold: () => undefined,
    close: () => Promise.resolve(),
  });
  return {
    list: () => Promise.resolve([{ id: MODEL, size: 'quick', layers: 6 }]),
    facts: (id) => Promise.resolve({ name: id, bytes: 0, kept: true, keptBytes: 0, dimension: options.dimension }),
    port,
    forget: () => Promise.resolve(),
    forgetRefusal: () => Promise.resolve(),
  };
}
