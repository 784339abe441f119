// Divides one sentence that is longer than the model's limit, at the best boundary that helps.
import type { Span } from '../suggestion.ts';
import { pushTrimmed } from './sentences.ts';
import { countAll, type TokenLimits } from './tokenCounts.ts';

export interface Part {
  start: number;
  end: number;
  /** Without the special ones. */
  tokens: number;
}

/** Boundaries from best to last; each matches what stays at the end of the part before. */
const BOUNDARIES = [/[\r\n]+/gu, /[;:。！？!?.]["'”’)\]]*\s/gu, /[,、，،؛—–]\s*/gu, /\s+/gu];

/**
 * Parts of `span` in order, each with at most `maxTokens` tokens, together every visible character of it once. Long
 * runs are halved until they fit, each time at the boundary nearest the middle: clause, then word, then code point.
 */
export async function splitLong(
  text: string,
  span: Span,
  tokens: number,
  specials: number,
  limits: TokenLimits,
): Promise<Part[]> {
  let parts: Part[] = [{ start: span[0], end: span[1], tokens }];
  const room = limits.maxTokens - specials;
  // Every round halves what is too long, so that the rounds are few and each reads the text once.
  while (parts.some((part) => part.tokens > room)) {
    limits.signal?.throwIfAborted();
    const halves: (Part | Span)[] = parts.flatMap((part): (Part | Span)[] =>
      part.tokens > room ? halve(text, part) : [part],
    );
    const open = halves.filter((half): half is Span => !('tokens' in half));
    const counts = await countAll(
      open.map(([start, end]) => text.slice(start, end)),
      limits,
    );
    let counted = 0;
    parts = halves.map((half) =>
      'tokens' in half ? half : { start: half[0], end: half[1], tokens: (counts[counted++] ?? 0) - specials },
    );
  }
  return parts;
}

function halve(text: string, part: Part): Span[] {
  const middle = (part.start + part.end) / 2;
  const reach = (part.end - part.start) / 4;
  const from = Math.floor(middle - reach);
  const to = Math.ceil(middle + reach);
  const window = text.slice(from, to);
  let cut = -1;
  for (const boundary of BOUNDARIES) {
    for (const match of window.matchAll(boundary)) {
      const at = from + match.index + match[0].length;
      if (at > part.start && at < part.end && (cut === -1 || Math.abs(at - middle) < Math.abs(cut - middle))) cut = at;
    }
    if (cut !== -1) break;
  }
  if (cut === -1) cut = codePointCut(text, Math.floor(middle), part);
  const spans: Span[] = [];
  pushTrimmed(spans, text, part.start, cut);
  pushTrimmed(spans, text, cut, part.end);
  return spans;
}

/** The boundary of a code point at or after `at`, past marks that belong to the character before. */
function codePointCut(text: string, at: number, part: Part): number {
  const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
  let cut = Math.max(at, part.start + 1);
  if (isLow(text.charCodeAt(cut)) && cut + 1 < part.end) cut++;
  for (let moved = 0; moved < 8 && cut < part.end; moved++) {
    const next = String.fromCodePoint(text.codePointAt(cut) ?? 32);
    if (!/\p{M}|\u200d/u.test(next) || cut + next.length >= part.end) break;
    cut += next.length;
  }
  return cut;
}
