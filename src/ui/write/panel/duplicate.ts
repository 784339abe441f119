// What a near-duplicate says: that it was written already, how long before, and what differs.
import type { Duplicate } from '../../../core/index.ts';
import { age, parseDate } from '../../format/dates.ts';
import { asSentence, differenceParts } from '../../format/differences.ts';
import { text } from '../../text.ts';

const words = text.write.duplicate;

/** "Already written three weeks ago; the numbers differ: 415 here, 412 there." `date` is the post's, as ISO 8601. */
export const duplicateText = (duplicate: Duplicate, date: string | null, now: Date): string =>
  asSentence([lead(duplicate.older, date, now), ...differenceParts(duplicate, 'draft')]);

function lead(older: Duplicate['older'], iso: string | null, now: Date): string {
  if (older === 'draft') return words.ahead;
  const date = older === null || iso === null ? null : parseDate(iso);
  const since = date === null ? null : age(date, now);
  if (since === null) return words.already;
  if (since.unit !== 'day' || since.value > 1) return words.earlier(text.dates.ago(since.value, since.unit));
  return words.earlier(since.value === 1 ? text.dates.yesterday : text.dates.today);
}
