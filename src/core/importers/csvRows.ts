// Rows of a table of comma, semicolon or tab separated values.
import Papa from 'papaparse';
import { KindredError } from '../errors.ts';
import type { Fields } from './fieldValues.ts';

/** Wider tables are data, not posts. */
const MOST_COLUMNS = 1000;

export interface Table {
  columns: string[];
  rows: Fields[];
}

/** The first row names the columns; names are trimmed, and an empty one becomes its place. Throws `format-broken` for what is no table. */
export function csvRows(text: string, item: string): Table {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', delimitersToGuess: [',', ';', '\t'] });
  const [head = [], ...body] = data;
  if (head.length < 2 || head.length > MOST_COLUMNS || body.length === 0) {
    throw new KindredError(
      'format-broken',
      `${item} is no table with a row of column names and rows of posts below it. Export it again as CSV and add that.`,
      { item },
    );
  }
  const columns = head.map((name, index) => name.trim() || `Column ${index + 1}`);
  return { columns, rows: body.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']))) };
}

/** The same fields by names in lower case, for exports that change their capitals. */
export function lowerNames(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
}
