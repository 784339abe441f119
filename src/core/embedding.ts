// What a vector is and what may be compared with it.

/** Everything that must be equal for two vectors to be comparable. */
export interface EmbeddingSpace {
  model: string;
  /** SHA-256 of the model file, hex. */
  modelHash: string;
  tokenizerHash: string;
  pooling: 'mean' | 'cls';
  /** Put before every text; empty for none. */
  prefix: string;
  normalised: true;
  dimension: number;
  /** Rule that cuts posts into passages, by name and version. */
  passageRule: string;
  /** Numeric class of the backend: vectors of two classes are close, not equal. */
  numeric: 'int8' | 'fp32' | 'fp16' | 'nbits';
}

declare const brand: unique symbol;
export type SpaceKey = string & { readonly [brand]: 'SpaceKey' };

/**
 * One string per space: equal exactly when the spaces are. An empty prefix is not named, so that vectors stored before
 * prefixes were keep their key.
 */
export function spaceKey(space: EmbeddingSpace): SpaceKey {
  return [
    space.model,
    space.modelHash,
    space.tokenizerHash,
    space.pooling,
    space.normalised,
    space.dimension,
    space.passageRule,
    space.numeric,
    ...(space.prefix === '' ? [] : [JSON.stringify(space.prefix)]),
  ].join('|') as SpaceKey;
}

/** Unit vectors, row after row, that never part from the space they are of. */
export interface SpaceVectors {
  space: SpaceKey;
  rows: Float32Array;
}

/** Draft work always overtakes queue work. */
export type Lane = 'draft' | 'queue';

/** What the cosines of a model mean: each spreads them in its own way. Measured by `npm run scale`, told by the manifest. */
export interface CosineScale {
  /** The most that nine of ten drafts find in a library they have nothing to do with. */
  unrelated: number;
  /** Median of the twenty posts that share most words with a draft. */
  usual: number;
  /** A text and its near-copy. */
  same: number;
}

export interface EmbedOptions {
  lane: Lane;
  signal?: AbortSignal;
  /** Each text goes through the model by itself, also where several could together. */
  alone?: boolean;
}

/** Turns texts into unit vectors of one embedding space. */
export interface Embedder {
  readonly space: EmbeddingSpace;
  /**
   * One vector a text, row after row: length texts.length × space.dimension, each row of unit length.
   * A text alone gives the same row as in any list. Rejects with the signal's reason when aborted,
   * with `text-too-long` when a text has more tokens than the model takes.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array>;
  /** Tokens of a text including the special ones; never truncated. `lane`: for whom, by default a draft, which comes next. */
  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array> | Uint32Array;
  /** Texts of the queue that have equally many tokens, given in one call, go through the model together, faster. By default they don't. */
  readonly batches?: boolean;
  /** Workers that share the calls of the queue: as many at once keep them busy. By default there is one. */
  readonly workers?: number;
}

/** As `embedder.embed`, with the space that the vectors are of. */
export async function embedRows(
  embedder: Embedder,
  texts: readonly string[],
  options: EmbedOptions,
): Promise<SpaceVectors> {
  return { space: spaceKey(embedder.space), rows: await embedder.embed(texts, options) };
}
