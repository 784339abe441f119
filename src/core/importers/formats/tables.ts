// Tables of posts: CSV with a row of column names, or a JSON list of objects. Columns are told by their names, and else asked for.
import type { ColumnChoice } from '../../libraryApi.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { markdownToText } from '../../text/structure/markdown.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { textHash } from '../../text/textHash.ts';
import type { Post } from '../../post.ts';
import { guessColumns } from '../columnGuess.ts';
import { csvRows } from '../csvRows.ts';
import type { Table } from '../csvRows.ts';
import { eachItem } from '../eachItem.ts';
import { asFieldsList, asLine, asNames, asSummary, asTitle } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { parseJson } from '../jsonItems.ts';
import { makePost, noParts } from '../makePost.ts';
import { isChosenAlone } from '../postFiles.ts';
import { sourceId } from '../sourceId.ts';

const MB = 1024 * 1024;

export const tables: Importer = { label: 'Table', maxBytes: 128 * MB, read };

/** Rows shown when the author is asked, and the length of what each shows. */
const SHOWN_ROWS = 3;
const SHOWN_CHARS = 200;

/** Exports hold many tables: messages, contacts, databases whose rows are pages beside them. Only one that is named so is of posts. */
const NAMED_AS_POSTS = /(?:^|[^a-z])(?:posts?|articles?|entries|essays?|notes?|blog)(?:[^a-z]|$)/i;
/** Notion writes every database as a table too. */
const OF_NOTION = / [0-9a-f]{32}(?:_all)?\.csv$/;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { path } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!isChosenAlone(path) && (!NAMED_AS_POSTS.test(name) || OF_NOTION.test(name))) {
    yield { kind: 'skipped', file: path, reason: 'not-a-post' };
    return;
  }
  const table = tableOf(await file.text(), path);
  const chosen = context.columns === null ? null : known(context.columns, table.columns);
  const { columns, isClear } = chosen === null ? guessColumns(table) : { columns: chosen, isClear: true };
  if (!isClear) {
    // Of a folder's tables nobody said that they hold posts.
    if (!isChosenAlone(path)) yield { kind: 'skipped', file: path, reason: 'not-a-post' };
    else yield { kind: 'table', table: { file: path, columns: table.columns, rows: shown(table), guess: columns } };
    return;
  }
  yield* eachItem(file, context, {
    items: table.rows,
    place: (_, number) => `${path}, row ${number + 1}`,
    read: (row, place) => readRow(row, columns, place, context.source),
  });
}

function readRow(row: Fields, columns: ColumnChoice, place: string, source: string): Post {
  const cell = (name: string | null): unknown => (name === null || !Object.hasOwn(row, name) ? undefined : row[name]);
  const text = textOf(cell(columns.text));
  const title = asTitle(cell(columns.title));
  const url = safePostUrl(asLine(cell(columns.url)));
  const body = /<(?:p|div|br|h\d|ul|ol|a|span|strong|em)\b[^<>]*>/i.test(text.slice(0, 10_000))
    ? htmlToText(text)
    : markdownToText(text);
  return makePost(
    {
      ...noParts,
      id: sourceId(asLine(cell(columns.id)), source) ?? url ?? `${source}/${title || textHash(text).toString(16)}`,
      kind: title === '' ? 'note' : 'post',
      title,
      fallbackTitle: firstWords(body.text),
      summary: asSummary(cell(columns.summary)),
      date: isoDate(dateOf(cell(columns.date))),
      url,
      authors: asNames(cell(columns.author)),
      tags: asNames(listOf(cell(columns.tags))),
      source,
      body,
    },
    place,
  );
}

function tableOf(text: string, item: string): Table {
  if (!/^\s*\[/.test(text)) return csvRows(text, item);
  const rows = asFieldsList(parseJson(text, item));
  const columns = new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)));
  return { columns: [...columns], rows };
}

/** Only columns that the table has. Null when the one with the text is not among them. */
function known(choice: ColumnChoice, columns: readonly string[]): ColumnChoice | null {
  if (!columns.includes(choice.text)) return null;
  const entries = Object.entries(choice).map(([part, name]: [string, string | null]) => [
    part,
    name !== null && columns.includes(name) ? name : null,
  ]);
  return { ...(Object.fromEntries(entries) as unknown as ColumnChoice), text: choice.text };
}

function shown({ columns, rows }: Table): string[][] {
  return rows.slice(0, SHOWN_ROWS).map((row) => columns.map((name) => textOf(row[name]).slice(0, SHOWN_CHARS)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : asLine(value);
}

/** Seconds or milliseconds since 1970 as well as what people write. */
function dateOf(value: unknown): unknown {
  const line = asLine(value);
  if (/^\d{10}(?:\.\d+)?$/.test(line)) return new Date(Number(line) * 1000);
  return /^\d{13}$/.test(line) ? new Date(Number(line)) : line;
}

/** A cell may hold a list: by commas, semicolons or bars, or as JSON. */
function listOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^\s*\[.*\]\s*$/s.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value.replace(/^\s*\[|\]\s*$/g, '').replaceAll("'", '');
    }
  }
  return value.split(/[,;|]/);
}
