// Vectors of the draft's passages: only what the author changed goes to the model.
import { spaceKey, type SpaceKey, type SpaceVectors } from '../embedding.ts';
import { isHead, type Passage, type PassageSource } from '../text/passage.ts';
import type { Span } from '../suggestion.ts';
import { latePart } from './lateParts.ts';
import type { ReadyModel } from './modelPort.ts';
import { counter } from './preparePost.ts';
import { Recent } from './recent.ts';

/** Passages of one draft that are compared: at a few milliseconds each, more would hold up the answer. */
const MOST_COMPARED = 64;
/** Passages remembered: a long draft and the paragraph as it was a few moments ago. */
const REMEMBERED = 256;

export interface PassageVectors extends SpaceVectors {
  /** Of each row its passage: offsets into the text, both 0 for title and summary. */
  spans: Span[];
}

export class DraftVectors {
  readonly #known = new Recent<string, Float32Array>(REMEMBERED);
  #space: SpaceKey | null = null;

  /**
   * Vectors of the passages of a draft or of one paragraph, row after row; of a very long one those of the title and the
   * ones nearest to `near`, an offset into its text. Rejects with the signal's reason when aborted;
   * what was embedded by then is kept.
   */
  async of(
    source: PassageSource,
    near: number,
    { embedder, maxTokens }: ReadyModel,
    signal: AbortSignal,
  ): Promise<PassageVectors> {
    const space = spaceKey(embedder.space);
    if (this.#space !== space) this.#known.clear();
    this.#space = space;
    const { cutPassages } = await latePart('reading');
    const passages = await cutPassages(source, { maxTokens, countTokens: counter(embedder), signal });
    const compared = nearest(passages, near);
    const texts = compared.map((passage) => passage.text);
    const { dimension } = embedder.space;
    // Taken now: another model may become ready, and be asked, while this one embeds.
    const held = new Map(texts.map((text) => [text, this.#known.get(text)]));
    const missing = [...new Set(texts)].filter((text) => held.get(text) === undefined);
    const found = missing.length === 0 ? null : await embedder.embed(missing, { lane: 'draft', signal });
    missing.forEach((text, row) => held.set(text, found?.slice(row * dimension, (row + 1) * dimension)));
    const rows = new Float32Array(texts.length * dimension);
    texts.forEach((text, row) => {
      const vector = held.get(text);
      if (vector === undefined) return;
      rows.set(vector, row * dimension);
      if (this.#space === space) this.#known.put(text, vector);
    });
    this.#known.trim(texts.length);
    return { space, rows, spans: compared.map((one) => (isHead(one) ? [0, 0] : [one.start, one.end])) };
  }
}

function nearest(passages: readonly Passage[], near: number): readonly Passage[] {
  if (passages.length <= MOST_COMPARED) return passages;
  const distance = (passage: Passage): number =>
    isHead(passage) ? -1 : Math.max(passage.start - near, near - passage.end, 0);
  const chosen = new Set([...passages].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_COMPARED));
  return passages.filter((passage) => chosen.has(passage));
}
