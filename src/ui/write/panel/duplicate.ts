// What a near-duplicate says: that it was written already, how long before, and what differs.
import type { ChangedFact, Duplicate } from '../../../core/index.ts';
import { age, parseDate } from '../../format/dates.ts';
import { text } from '../../text.ts';

const words = text.write.duplicate;

/** Pairs of facts that are named; more are no sentence but a table. */
const MOST_CHANGED = 3;
/** Below this share of one text in the words of the other it was written anew, and parts can't be told. */
const OTHER_WORDS = 0.3;
/** What is less is a word here and there. */
const NOTEWORTHY = 0.08;
/** Where more of a post is missing, the draft has only begun to say it. */
const MUCH_MORE = 0.6;

/** "Already written three weeks ago; the numbers differ: 415 here, 412 there." `date` is the post's, as ISO 8601. */
export function duplicateText({ older, sameWords, differs }: Duplicate, date: string | null, now: Date): string {
  const { changed, added, leftOut } = differs;
  const parts = [
    changedFacts(changed, 'number', words.numbers),
    changedFacts(changed, 'name', words.names),
    ...(sameWords < OTHER_WORDS ? [words.otherWords] : [partAdded(added), partLeftOut(leftOut)]),
  ].filter((part) => part !== null);
  if (parts.length === 0) parts.push(words.wordForWord);
  return [lead(older, date, now), ...parts].join(words.joined) + words.end;
}

function lead(older: Duplicate['older'], iso: string | null, now: Date): string {
  if (older === 'draft') return words.ahead;
  const date = older === null || iso === null ? null : parseDate(iso);
  const since = date === null ? null : age(date, now);
  if (since === null) return words.already;
  if (since.unit !== 'day' || since.value > 1) return words.earlier(text.dates.ago(since.value, since.unit));
  return words.earlier(since.value === 1 ? text.dates.yesterday : text.dates.today);
}

function changedFacts(
  changed: readonly ChangedFact[],
  kind: ChangedFact['kind'],
  say: (pairs: string) => string,
): string | null {
  const pairs = changed.filter((fact) => fact.kind === kind).slice(0, MOST_CHANGED);
  if (pairs.length === 0) return null;
  return say(pairs.map(({ here, there }) => words.changed(here, there)).join(words.between));
}

const partAdded = (share: number): string | null => (share < NOTEWORTHY ? null : words.added(portion(share)));

function partLeftOut(share: number): string | null {
  if (share < NOTEWORTHY) return null;
  return share < MUCH_MORE ? words.leftOut(portion(share)) : words.goesOn;
}

function portion(share: number): string {
  const { little, quarter, third, half, most } = words.portions;
  if (share < 0.18) return little;
  if (share < 0.29) return quarter;
  if (share < 0.42) return third;
  return share < 0.6 ? half : most;
}
