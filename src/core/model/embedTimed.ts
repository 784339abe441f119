// Embeds texts one after the other and measures how fast that goes: what a device's choice of a model is made on.
import type { Embedder } from '../embedding.ts';

/** Shorter texts say more about the cost of a call than about the model. */
const LONG_TOKENS = 24;

export interface TimedRows {
  /** texts.length × dimension. */
  rows: Float32Array;
  /**
   * Tokens a second: the median of the longer texts, so that a moment in which the device did something else counts little.
   * The first text is left out, as it warms the runtime up. Null when none is long.
   */
  tokensPerSecond: number | null;
}

/** `tokens` of each text, the special ones included. */
export async function embedTimed(
  embedder: Embedder,
  texts: readonly string[],
  tokens: readonly number[],
  { signal, now = () => performance.now() }: { signal?: AbortSignal; now?: () => number } = {},
): Promise<TimedRows> {
  const { dimension } = embedder.space;
  const rows = new Float32Array(texts.length * dimension);
  const rates: number[] = [];
  for (const [index, text] of texts.entries()) {
    const started = now();
    rows.set(
      await embedder.embed([text], { lane: 'queue', ...(signal === undefined ? {} : { signal }) }),
      index * dimension,
    );
    const count = tokens[index] ?? 0;
    const ms = now() - started;
    if (index > 0 && count >= LONG_TOKENS && ms > 0) rates.push((count / ms) * 1000);
  }
  rates.sort((a, b) => a - b);
  return { rows, tokensPerSecond: rates[rates.length >> 1] ?? null };
}
