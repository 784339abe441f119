// Which column of a table holds what, by its name and by what stands in it.
import type { ColumnChoice } from '../libraryApi.ts';
import type { Table } from './csvRows.ts';
import { asLine } from './fieldValues.ts';

/** Names in the order of how sure they are; compared without case, spaces and marks. */
const NAMES = {
  text: [
    'text',
    'body',
    'content',
    'contenthtml',
    'html',
    'markdown',
    'posttext',
    'postcontent',
    'fulltext',
    'article',
    'message',
    'caption',
    'description',
  ],
  title: ['title', 'headline', 'posttitle', 'name', 'subject', 'heading'],
  date: [
    'date',
    'publishedat',
    'published',
    'datepublished',
    'publishdate',
    'pubdate',
    'createdat',
    'created',
    'postdate',
    'timestamp',
    'time',
  ],
  url: ['url', 'link', 'permalink', 'posturl', 'address', 'canonicalurl'],
  id: ['id', 'guid', 'uuid', 'postid', 'slug'],
  summary: ['summary', 'excerpt', 'subtitle', 'abstract', 'deck', 'description'],
  author: ['author', 'authors', 'by', 'byline', 'creator', 'username'],
  tags: ['tags', 'categories', 'labels', 'topics', 'keywords', 'category', 'tag'],
} as const;

/** Rows that are looked at. */
const SAMPLE = 50;
/** A column of prose has cells this long in the middle, in characters, and this much longer than any other. */
const PROSE_CHARS = 120;
const TIMES_LONGER = 2;

/** `isClear` where the column of the text is known by its name, or is the only one that can be. */
export function guessColumns({ columns, rows }: Table): { columns: ColumnChoice; isClear: boolean } {
  const free = new Set(columns);
  const take = (wanted: readonly string[]): string | null => {
    for (const name of wanted) {
      const found = columns.find((column) => free.has(column) && bare(column) === name);
      if (found === undefined) continue;
      free.delete(found);
      return found;
    }
    return null;
  };
  const named = take(NAMES.text);
  const lengths = new Map([...free].map((column) => [column, typicalLength(rows, column)]));
  const [longest, second] = [...lengths].sort((a, b) => b[1] - a[1]);
  const stands = longest !== undefined && longest[1] >= PROSE_CHARS && longest[1] >= TIMES_LONGER * (second?.[1] ?? 0);
  const text = named ?? longest?.[0] ?? columns[0] ?? '';
  free.delete(text);
  const choice: ColumnChoice = {
    text,
    title: take(NAMES.title),
    date: take(NAMES.date),
    url: take(NAMES.url),
    id: take(NAMES.id),
    summary: take(NAMES.summary),
    author: take(NAMES.author),
    tags: take(NAMES.tags),
  };
  // One word of a name may mislead: a text without title, date or address beside it may be anything.
  const isNamed = named !== null && (choice.title ?? choice.date ?? choice.url) !== null;
  return { columns: choice, isClear: isNamed || (stands && choice.title !== null) };
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** In the middle of the rows looked at, so that one long cell decides nothing. */
function typicalLength(rows: Table['rows'], column: string): number {
  const lengths = rows.slice(0, SAMPLE).map((row) => asLine(row[column]).length);
  lengths.sort((a, b) => a - b);
  return lengths[lengths.length >> 1] ?? 0;
}
