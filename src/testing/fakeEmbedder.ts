// An embedder without a model: a bag of hashed words, so that texts that share words are near. Same text and model, same vector.
import type { Embedder, EmbeddingSpace } from '../core/embedding.ts';
import { textHash } from '../core/text/textHash.ts';

export interface FakeEmbedder extends Embedder {
  /** Every text embedded so far, in order, by lane. */
  readonly embedded: Record<'draft' | 'queue', string[]>;
  /** Called before each call is answered; what it throws, the call rejects with. */
  before: (texts: readonly string[], lane: 'draft' | 'queue', signal?: AbortSignal) => Promise<void> | void;
}

export const FAKE_DIMENSION = 64;

export function fakeEmbedder(space: Partial<EmbeddingSpace> = {}): FakeEmbedder {
  const embedder: FakeEmbedder = {
    space: {
      model: 'fake',
      modelHash: 'fake',
      tokenizerHash: 'fake',
      pooling: 'mean',
      prefix: '',
      normalised: true,
      dimension: FAKE_DIMENSION,
      passageRule: 'fake',
      numeric: 'fp32',
      ...space,
    },
    embedded: { draft: [], queue: [] },
    before: () => undefined,
    async embed(texts, { lane, signal }) {
      signal?.throwIfAborted();
      await embedder.before(texts, lane, signal);
      signal?.throwIfAborted();
      embedder.embedded[lane].push(...texts);
      const vectors = new Float32Array(texts.length * FAKE_DIMENSION);
      texts.forEach((text, row) => vectors.set(vectorOf(text, embedder.space.model), row * FAKE_DIMENSION));
      return vectors;
    },
    countTokens: (texts) => Uint32Array.from(texts, (text) => 2 + wordsOf(text).length),
  };
  return embedder;
}

function vectorOf(text: string, model: string): Float32Array {
  const vector = new Float32Array(FAKE_DIMENSION);
  for (const word of wordsOf(text.toLowerCase())) {
    const at = textHash(word + model) % FAKE_DIMENSION;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector.fill(1 / 8) : vector.map((value) => value / norm);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}
