// Texts to unit vectors: tokenizer, lanes and engine joined into the Embedder that the library uses.
import type { Embedder, EmbeddingSpace, Lane } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import type { BatchBudget } from './batchBudget.ts';
import type { Engine } from './engine.ts';
import { Lanes } from './lanes.ts';
import { ALONE, runsOf, type RunSize } from './runs.ts';
import type { TextTokenizer } from './tokenizer.ts';

export interface LocalEmbedder extends Embedder {
  /** The result's buffer is the caller's own. */
  embed(...args: Parameters<Embedder['embed']>): Promise<Float32Array<ArrayBuffer>>;
  countTokens(texts: readonly string[], lane?: Lane): Uint32Array;
  /** Rejects what waits with `disposed` and frees the session. */
  dispose(): Promise<void>;
}

export interface EmbedderParts {
  space: EmbeddingSpace;
  /** Says how many texts of the queue may go through the engine at once; null for one. */
  batches: BatchBudget | null;
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
  const { space, batches, tokenizer, engine, engineDimension } = parts;
  const lanes = new Lanes();
  const together: RunSize = batches === null ? ALONE : (length, waiting) => batches.texts(length, waiting);

  return {
    space,
    async embed(texts, { lane, signal, alone = false }) {
      signal?.throwIfAborted();
      const ids = texts.map((text) => tokenizer.idsWithin(text));
      const vectors = new Float32Array(texts.length * space.dimension);
      // A draft that is superseded costs one text at most.
      const runs = runsOf(
        ids.map((row) => row.length),
        alone || lane === 'draft' ? ALONE : together,
      );
      for (let left = texts.length; left > 0;) {
        const { run, output } = await lanes.run(
          lane,
          async () => {
            const run = runs.next().value ?? [];
            return {
              run,
              output: await runRows(
                parts,
                run.map((index) => ids[index] ?? []),
              ),
            };
          },
          signal,
        );
        run.forEach((index, row) => {
          const full = output.subarray(row * engineDimension, (row + 1) * engineDimension);
          vectors.set(cutTo(full, space.dimension), index * space.dimension);
        });
        left -= run.length;
      }
      return vectors;
    },
    countTokens(texts, lane = 'draft') {
      if (lane === 'draft') lanes.expectDraft();
      return Uint32Array.from(texts, (text) => tokenizer.count(text));
    },
    async dispose() {
      await lanes.close(new KindredError('disposed', 'The embedder was closed; start it again.'));
      await engine.dispose();
    },
  };
}

/** Rows of equally many token ids through the engine, heard and timed. One at a time. Rejects with `backend-failed`. */
export async function runRows(
  { engine, batches, onRun }: Pick<EmbedderParts, 'engine' | 'batches' | 'onRun'>,
  rows: readonly (readonly number[])[],
): Promise<Float32Array> {
  const ids = BigInt64Array.from(rows.flat(), BigInt);
  const began = performance.now();
  let ms: number | null = null;
  onRun?.began(ids.length);
  try {
    const output = await engine.run(ids, rows.length, rows[0]?.length ?? 0);
    ms = performance.now() - began;
    batches?.note(ids.length, ms);
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
