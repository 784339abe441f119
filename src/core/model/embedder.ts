// Texts to unit vectors: tokenizer, lanes and engine joined into the Embedder that the library uses.
import type { Embedder, EmbeddingSpace } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import type { ExecutionProvider } from '../status.ts';
import type { Engine } from './engine.ts';
import { Lanes } from './lanes.ts';
import { planRuns } from './runs.ts';
import type { TextTokenizer } from './tokenizer.ts';

export interface LocalEmbedder extends Embedder {
  /** The result's buffer is the caller's own. */
  embed(...args: Parameters<Embedder['embed']>): Promise<Float32Array<ArrayBuffer>>;
  countTokens(texts: readonly string[]): Uint32Array;
  /** Rejects what waits with `disposed` and frees the session. */
  dispose(): Promise<void>;
}

export interface EmbedderParts {
  space: EmbeddingSpace;
  provider: ExecutionProvider;
  tokenizer: TextTokenizer;
  engine: Engine;
  /** Numbers in a row that the engine gives; the space's dimension keeps the first of them, renormalised. */
  engineDimension: number;
  onRun?: RunListener | undefined;
}

/** Told of every run of the engine. Runs never overlap. */
export interface RunListener {
  /** `tokens` of all its texts together. */
  began(tokens: number): void;
  /** After so many milliseconds; null when it failed. */
  ended(tokens: number, ms: number | null): void;
}

export function createEmbedder(parts: EmbedderParts): LocalEmbedder {
  const { space, provider, tokenizer, engine, engineDimension } = parts;
  const lanes = new Lanes();

  return {
    space,
    async embed(texts, { lane, signal }) {
      signal?.throwIfAborted();
      const ids = texts.map((text) => tokenizer.idsWithin(text));
      const vectors = new Float32Array(texts.length * space.dimension);
      const runs = planRuns(
        ids.map((row) => row.length),
        provider,
      );
      for (const run of runs) {
        const rows = run.map((index) => ids[index] ?? []);
        const length = rows[0]?.length ?? 0;
        const flat = BigInt64Array.from(rows.flat(), BigInt);
        const output = await lanes.run(lane, () => runHeard(parts, flat, rows.length, length), signal);
        run.forEach((index, row) => {
          const full = output.subarray(row * engineDimension, (row + 1) * engineDimension);
          vectors.set(cutTo(full, space.dimension), index * space.dimension);
        });
      }
      return vectors;
    },
    countTokens(texts) {
      // The queue counts before it embeds: who counts while it runs is a draft.
      lanes.expectDraft();
      return Uint32Array.from(texts, (text) => tokenizer.count(text));
    },
    async dispose() {
      await lanes.close(new KindredError('disposed', 'The embedder was closed; start it again.'));
      await engine.dispose();
    },
  };
}

async function runHeard(
  { engine, onRun }: EmbedderParts,
  ids: BigInt64Array,
  batch: number,
  length: number,
): Promise<Float32Array> {
  const began = performance.now();
  let ms: number | null = null;
  onRun?.began(ids.length);
  try {
    const output = await engine.run(ids, batch, length);
    ms = performance.now() - began;
    return output;
  } finally {
    onRun?.ended(ids.length, ms);
  }
}

/** The first `dimension` numbers of a unit vector, made a unit vector again. */
function cutTo(vector: Float32Array, dimension: number): Float32Array {
  if (dimension === vector.length) return vector;
  const head = vector.subarray(0, dimension);
  const norm = Math.hypot(...head);
  return norm === 0 ? head : head.map((value) => value / norm);
}
