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
  const { minute, linkedFrom, joined, end } = text.write.reason;
  const parts = whatIsAlike(suggestion);
  const { startS } = suggestion.passage;
  if (startS !== null) parts.push(joined, minute(minuteOf(startS)));
  if (suggestion.linkedFrom >= OFTEN_LINKED) parts.push(joined, linkedFrom(suggestion.linkedFrom));
  // A post that was written already has said when.
  const when = suggestion.duplicate === null ? writtenBefore(suggestion.date, now) : null;
  if (when !== null) parts.push(joined, when);
  return [...parts, end];
}

/** What weighs most comes first: that the draft names the post, the meaning, the same named things, or words of any kind. */
function whatIsAlike({ sharedTerms, factors, relation, anchor }: Suggestion): ReasonPart[] {
  const { shares, names, named, meaning, meaningAndShares } = text.write.reason;
  if (relation === 'link-target' && anchor !== null) return named(anchor.text);
  const heaviest = sharedTerms.slice(0, MOST_TERMS);
  const terms = heaviest.map((term) => term.text);
  if (terms.length === 0) return [meaning];
  if (factors[0]?.factor === 'meaning') return meaningAndShares(terms);
  return heaviest.every(({ name }) => name) ? names(terms) : shares(terms);
}

/** The same sentence as plain text. */
export const reasonText = (suggestion: Suggestion, now: Date): string =>
  reasonFor(suggestion, now)
    .map((part) => (typeof part === 'string' ? part : part.term))
    .join('');
