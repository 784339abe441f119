// Vectors of the draft's passages: only what the author changed goes to the model, to be counted or to be embedded.
import { spaceKey, type Embedder, type SpaceKey, type SpaceVectors } from '../embedding.ts';
import { isHead, type Passage, type PassageSource } from '../text/passage.ts';
import type { CountTokens } from '../text/tokenCounts.ts';
import type { Span } from '../suggestion.ts';
import { latePart } from './lateParts.ts';
import type { ReadyModel } from './modelPort.ts';
import { counter } from './preparePost.ts';
import { Recent } from './recent.ts';

/** Passages of one draft that are compared: at a few milliseconds each, more would hold up the answer. */
const MOST_COMPARED = 64;
/** Passages remembered: a long draft and the paragraph as it was a few moments ago. */
const REMEMBERED = 256;
/** Passages in one call: what a newer draft interrupts loses no more. */
const AT_ONCE = 4;
/** Texts whose tokens are remembered: the sentences of a long draft, and passages made of them. */
const COUNTED = 2_048;

export interface PassageVectors extends SpaceVectors {
  /** Of each row its passage: offsets into the text, both 0 for title and summary. */
  spans: Span[];
}

/** A draft, or a paragraph of it; of a very long one the passages of the title and those nearest to `near`, an offset into its text, are compared. */
export interface VectorSource {
  source: PassageSource;
  near: number;
}

export class DraftVectors {
  readonly #known = new Recent<string, Float32Array>(REMEMBERED);
  readonly #counted = new Recent<string, number>(COUNTED);
  #space: SpaceKey | null = null;

  /**
   * Of each source the vectors of its passages, row after row. Rejects with the signal's reason when aborted; what was
   * embedded by then is kept.
   */
  async of(
    sources: readonly VectorSource[],
    { embedder, maxTokens }: ReadyModel,
    signal: AbortSignal,
  ): Promise<PassageVectors[]> {
    const space = spaceKey(embedder.space);
    if (this.#space !== space) {
      this.#known.clear();
      this.#counted.clear();
    }
    this.#space = space;
    const limits = { maxTokens, countTokens: this.#counter(embedder, space), signal };
    const { cutPassages } = await latePart('reading');
    const cuts = await Promise.all(
      sources.map(async ({ source, near }) => nearest(await cutPassages(source, limits), near)),
    );
    const texts = [...new Set(cuts.flat().map((passage) => passage.text))];
    const { dimension } = embedder.space;
    // Taken now: another model may become ready, and be asked, while this one embeds.
    const held = new Map(texts.map((text) => [text, this.#known.get(text)]));
    const missing = texts.filter((text) => held.get(text) === undefined);
    const keep = (text: string, vector: Float32Array): void => {
      held.set(text, vector);
      if (this.#space === space) this.#known.put(text, vector);
    };
    for (const [text, vector] of held) if (vector !== undefined) keep(text, vector);
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const part = missing.slice(from, from + AT_ONCE);
      const found = await embedder.embed(part, { lane: 'draft', signal });
      part.forEach((text, row) => keep(text, found.slice(row * dimension, (row + 1) * dimension)));
    }
    this.#known.trim(texts.length);
    return cuts.map((passages) => {
      const rows = new Float32Array(passages.length * dimension);
      passages.forEach(({ text }, row) => rows.set(held.get(text) ?? [], row * dimension));
      return { space, rows, spans: passages.map((one) => (isHead(one) ? [0, 0] : [one.start, one.end])) };
    });
  }

  /** Asks for those texts alone that it doesn't remember: each call waits for the run under way. */
  #counter(embedder: Embedder, space: SpaceKey): CountTokens {
    const ask = counter(embedder);
    return async (texts) => {
      const held = new Map(texts.map((text) => [text, this.#counted.get(text)]));
      const missing = [...held.keys()].filter((text) => held.get(text) === undefined);
      const counts = missing.length === 0 ? [] : await ask(missing);
      missing.forEach((text, at) => held.set(text, counts[at]));
      if (this.#space === space) {
        for (const [text, count] of held) if (count !== undefined) this.#counted.put(text, count);
        this.#counted.trim(held.size);
      }
      return texts.map((text) => held.get(text) ?? 0);
    };
  }
}

function nearest(passages: readonly Passage[], near: number): readonly Passage[] {
  if (passages.length <= MOST_COMPARED) return passages;
  const distance = (passage: Passage): number =>
    isHead(passage) ? -1 : Math.max(passage.start - near, near - passage.end, 0);
  const chosen = new Set([...passages].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_COMPARED));
  return passages.filter((passage) => chosen.has(passage));
}
