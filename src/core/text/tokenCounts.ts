// Counts tokens of many texts in batches, and says what limit they are counted for.

/** Tokens of each text including the model's special ones; an Embedder's own counter fits. */
export type CountTokens = (texts: readonly string[]) => Promise<ArrayLike<number>> | ArrayLike<number>;

export interface TokenLimits {
  /** Most tokens of a text, the special ones included. */
  maxTokens: number;
  countTokens: CountTokens;
  signal?: AbortSignal | undefined;
}

/** Texts and code units in one call of the counter: enough to make the call cheap, small enough to cancel between. */
const BATCH_TEXTS = 512;
const BATCH_UNITS = 1 << 17;

/** Counts in batches. Throws the signal's reason when aborted. */
export async function countAll(texts: readonly string[], limits: TokenLimits): Promise<Float64Array> {
  const counts = new Float64Array(texts.length);
  for (let from = 0; from < texts.length;) {
    limits.signal?.throwIfAborted();
    let to = from;
    for (let units = 0; to < texts.length && to - from < BATCH_TEXTS && (to === from || units < BATCH_UNITS); to++) {
      units += texts[to]?.length ?? 0;
    }
    counts.set(await limits.countTokens(texts.slice(from, to)), from);
    from = to;
  }
  return counts;
}
