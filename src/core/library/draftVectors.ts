// Vectors of the draft's passages: only what the author changed goes to the model.
import { spaceKey, type SpaceKey } from '../embedding.ts';
import { cutPassages, type PassageSource } from '../text/passages.ts';
import type { ReadyModel } from './modelPort.ts';
import { counter } from './preparePost.ts';

/** Passages remembered: a long draft and the paragraph as it was a few moments ago. */
const REMEMBERED = 256;

export class DraftVectors {
  readonly #known = new Map<string, Float32Array>();
  #space: SpaceKey | null = null;

  /**
   * Vectors of the passages of a draft or of one paragraph, row after row. Rejects with the signal's reason when aborted;
   * what was embedded by then is kept.
   */
  async of(source: PassageSource, { embedder, maxTokens }: ReadyModel, signal: AbortSignal): Promise<Float32Array> {
    const space = spaceKey(embedder.space);
    if (this.#space !== space) this.#known.clear();
    this.#space = space;
    const passages = await cutPassages(source, { maxTokens, countTokens: counter(embedder), signal });
    const texts = passages.map((passage) => passage.text);
    const { dimension } = embedder.space;
    const missing = [...new Set(texts)].filter((text) => !this.#known.has(text));
    const found = missing.length === 0 ? null : await embedder.embed(missing, { lane: 'draft', signal });
    // Another model may have become ready meanwhile.
    if (this.#space !== space) signal.throwIfAborted();
    const fresh = new Map(missing.map((text, row) => [text, found?.slice(row * dimension, (row + 1) * dimension)]));
    const vectors = new Float32Array(texts.length * dimension);
    texts.forEach((text, row) => {
      const vector = fresh.get(text) ?? this.#known.get(text);
      if (vector === undefined) return;
      vectors.set(vector, row * dimension);
      // Put in again, so that the oldest unused one is the first to go.
      this.#known.delete(text);
      this.#known.set(text, vector);
    });
    for (const text of this.#known.keys()) {
      if (this.#known.size <= Math.max(REMEMBERED, texts.length)) break;
      this.#known.delete(text);
    }
    return vectors;
  }
}
