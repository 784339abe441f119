// Why a post is suggested: one sentence made of facts.
import type { Suggestion } from '../../../core/index.ts';
import { writtenBefore } from '../../format/dates.ts';
import { minuteOf } from '../../format/time.ts';
import { text } from '../../text.ts';
import type { ReasonPart } from '../../text/write.ts';

const MOST_TERMS = 3;
/** One link alone is no sign that a post is gladly linked to. */
const OFTEN_LINKED = 2;

/** "Shares a, b and c; says so in minute 12; linked from 3 posts; written three weeks before." Terms are parts of their own, to be set apart. */
export function reasonFor(suggestion: Suggestion, now: Date): ReasonPart[] {
  const { shares, meaning, minute, linkedFrom, joined, end } = text.write.reason;
  const terms = suggestion.sharedTerms.slice(0, MOST_TERMS);
  const parts: ReasonPart[] = terms.length > 0 ? shares(terms) : [...meaning];
  const { startS } = suggestion.passage;
  if (startS !== null) parts.push(joined, minute(minuteOf(startS)));
  if (suggestion.linkedFrom >= OFTEN_LINKED) parts.push(joined, linkedFrom(suggestion.linkedFrom));
  // A post that was written already has said when.
  const when = suggestion.duplicate === null ? writtenBefore(suggestion.date, now) : null;
  if (when !== null) parts.push(joined, when);
  return [...parts, end];
}

/** The same sentence as plain text. */
export const reasonText = (suggestion: Suggestion, now: Date): string =>
  reasonFor(suggestion, now)
    .map((part) => (typeof part === 'string' ? part : part.term))
    .join('');
