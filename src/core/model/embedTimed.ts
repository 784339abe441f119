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
  /** Milliseconds of the first text. */
  firstRun: number;
  /** Milliseconds of a text, as the median of the others; 0 without any. */
  warmMedian: number;
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
  const times: number[] = [];
  for (const [index, text] of texts.entries()) {
    const started = now();
    rows.set(
      await embedder.embed([text], { lane: 'queue', ...(signal === undefined ? {} : { signal }) }),
      index * dimension,
    );
    const count = tokens[index] ?? 0;
    const ms = now() - started;
    times.push(ms);
    if (index > 0 && count >= LONG_TOKENS && ms > 0) rates.push((count / ms) * 1000);
  }
  const [firstRun = 0, ...warm] = times;
  return { rows, tokensPerSecond: median(rates), firstRun, warmMedian: median(warm) ?? 0 };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
