// Which posts are parts of one series, told by their titles or by what they say of themselves; a series counts once.

/** What tells a part. */
export interface SeriesSource {
  title: string;
  source: string;
  /** As the post names it, or null. */
  series: string | null;
}

const SPELT = '[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*';
/** `Part 2`, `Episode 12`, `#7`; a number in words only where the title pauses after it: no `part I played`. */
const MARKED = new RegExp(
  String.raw`(?:^|[^\p{L}\p{N}&])(part|pt|episode|ep|chapter|volume|vol|issue|week|day|lesson|edition|#)\.?\s*#?\s*(?:\d+(?:\.\d+)*(?![\p{L}\p{N}])|(?:${SPELT})(?=$|\s*[\p{P}\p{S}]))`,
  'u',
);
/** Those that stand for a series by themselves, whatever follows: `Episode 12: a guest`. */
const EPISODIC = new Set(['episode', 'ep', 'issue', 'week', 'edition', '#']);
/** `2/5` or `(2 of 5)` at the end. */
const COUNTED = /[\s([]\d+\s*(?:\/|of)\s*\d+[\])]?$/u;
const DATES = [
  /(?<!\p{L})(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!\p{L})/gu,
  /\d{4}-\d{2}-\d{2}/gu,
  /\d{1,2}[./]\d{1,2}[./]\d{2,4}/gu,
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])${MONTH}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2})?(?:,?\s+\d{4})?(?![\p{L}\p{N}])`,
    'gu',
  ),
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:\d{1,2}(?:st|nd|rd|th)?\s+)?${MONTH}\.?,?\s+\d{4}(?![\p{L}\p{N}])`, 'gu'),
];
/** A number, version or year that ends a title. */
const NUMBERED = /\s[v#]?\d+(?:\.\d+)*$/u;
/** Fewer words in common are no series but a coincidence. */
const LEAST_WORDS = 2;

/** Equal for parts of one series, null for a post that is of none. */
export function seriesKey({ title, source, series }: SeriesSource): string | null {
  if (series !== null && series.trim() !== '') return keyOf(source, 'named', series.trim().toLowerCase());
  const plain = title.normalize('NFKC').toLowerCase().trim();
  const marked = MARKED.exec(plain);
  if (marked !== null) {
    const [found, marker = ''] = marked;
    const before = wordsOf(plain.slice(0, marked.index));
    if (before.length > 0) return keyOf(source, marker, before.join(' '));
    if (EPISODIC.has(marker)) return keyOf(source, marker, '');
    const after = wordsOf(plain.slice(marked.index + found.length));
    return after.length >= LEAST_WORDS ? keyOf(source, marker, after.join(' ')) : null;
  }
  const undated = DATES.reduce((text, date) => text.replace(date, ' '), plain);
  if (undated !== plain) return stem(source, 'dated', undated);
  const uncounted = plain.replace(COUNTED, '');
  if (uncounted !== plain) return stem(source, 'counted', uncounted);
  const unnumbered = plain.replace(NUMBERED, '');
  return unnumbered === plain ? null : stem(source, 'numbered', unnumbered);
}

function stem(source: string, kind: string, text: string): string | null {
  const words = wordsOf(text);
  return words.length >= LEAST_WORDS ? keyOf(source, kind, words.join(' ')) : null;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const keyOf = (...parts: string[]): string => parts.join('\n');

/** One for each series, its best; the others of it in their order. */
export interface Counted<Item> {
  item: Item;
  others: Item[];
}

/** Items are in order; those without a key stand for themselves. */
export function countOnce<Item>(items: readonly Item[], keyOfItem: (item: Item) => string | null): Counted<Item>[] {
  const bySeries = new Map<string, Counted<Item>>();
  const counted: Counted<Item>[] = [];
  for (const item of items) {
    const key = keyOfItem(item);
    const known = key === null ? undefined : bySeries.get(key);
    if (known !== undefined) {
      known.others.push(item);
      continue;
    }
    const first = { item, others: [] };
    counted.push(first);
    if (key !== null) bySeries.set(key, first);
  }
  return counted;
}
