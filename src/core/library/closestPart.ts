// Which sentence of a post's passage is nearest to what the draft says: told from vectors of its own, when a post is opened.
import { isAbort } from '../errors.ts';
import type { PartQuestion } from '../libraryApi.ts';
import type { Span } from '../suggestion.ts';
import { sentences } from '../text/sentences.ts';
import { draftToText } from '../text/structure/markdown.ts';
import type { Parts } from './assemble.ts';
import type { DraftVectors } from './draftVectors.ts';
import type { ReadyModel } from './modelPort.ts';

/** Sentences that are compared, at a few milliseconds each; a passage of usual length has four or five. */
const MOST_SENTENCES = 24;

export class ClosestPart {
  readonly #parts: Pick<Parts, 'spaces' | 'store'>;
  readonly #vectors: DraftVectors;

  /** `vectors` are those that suggestions were made with: the part of the draft is mostly among them. */
  constructor(parts: Pick<Parts, 'spaces' | 'store'>, vectors: DraftVectors) {
    this.#parts = parts;
    this.#vectors = vectors;
  }

  /**
   * Offsets into the post's text; null where the passage is one sentence, where no model is ready, and where the post is
   * gone. Rejects with the signal's reason when aborted.
   */
  async find({ post, passage: [start, end], draft }: PartQuestion, signal: AbortSignal): Promise<Span | null> {
    const { ready } = this.#parts.spaces.current.session;
    const stored = await this.#parts.store.posts.get(post);
    const passage = stored?.post.text.slice(start, end) ?? '';
    if (ready === null || draft.trim() === '') return null;
    try {
      const { text, blocks } = draftToText(draft);
      const source = { title: '', summary: '', text, blocks };
      const [asked] = await this.#vectors.of([{ source, near: 0 }], ready, signal);
      const found = await closestSentence(passage, asked?.rows ?? new Float32Array(), ready, signal);
      return found === null ? null : [start + found[0], start + found[1]];
    } catch (error) {
      signal.throwIfAborted();
      if (isAbort(error)) throw error;
      // Without the model there is nothing to tell; its own state says why.
      return null;
    }
  }
}

/**
 * The sentence whose vector is nearest to any of the rows (unit vectors, one after the other), as offsets into the passage;
 * null for a passage of one sentence. Rejects with the signal's reason when aborted.
 */
export async function closestSentence(
  passage: string,
  rows: Float32Array,
  { embedder }: Pick<ReadyModel, 'embedder'>,
  signal: AbortSignal,
): Promise<Span | null> {
  const spans = sentences(passage).slice(0, MOST_SENTENCES);
  if (spans.length < 2) return null;
  const texts = spans.map(([from, to]) => passage.slice(from, to));
  const vectors = await embedder.embed(texts, { lane: 'draft', signal });
  const { dimension } = embedder.space;
  let best = -Infinity;
  let closest: Span | null = null;
  spans.forEach((span, at) => {
    const cosine = nearest(vectors.subarray(at * dimension, (at + 1) * dimension), rows);
    if (cosine > best) [best, closest] = [cosine, span];
  });
  return closest;
}

/** The largest dot product of a vector with any row. */
function nearest(vector: Float32Array, rows: Float32Array): number {
  let best = -Infinity;
  for (let row = 0; row < rows.length; row += vector.length) {
    let dot = 0;
    for (let at = 0; at < vector.length; at++) dot += (vector[at] ?? 0) * (rows[row + at] ?? 0);
    best = Math.max(best, dot);
  }
  return best;
}
