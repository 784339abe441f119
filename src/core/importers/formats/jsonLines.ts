// JSON Lines: one post a line, of any number, read as a stream.
import { KindredError } from '../../errors.ts';
import type { ColumnChoice } from '../../libraryApi.ts';
import type { Post, PostKind, StructuredText } from '../../post.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { markdownToText } from '../../text/structure/markdown.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { guessColumns } from '../columnGuess.ts';
import { decodeText } from '../decodeText.ts';
import { eachItem } from '../eachItem.ts';
import { asFields, asLine, asNames, asSeconds, asSummary, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { issueEvent } from '../importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { lazyPart } from '../lazyParts.ts';
import { makePost } from '../makePost.ts';
import { readLines } from '../readLines.ts';
import type { Line } from '../readLines.ts';
import { sourceId } from '../sourceId.ts';
import { transcriptPost } from './transcripts.ts';

/** Longer than the longest post that is taken, so that one line cannot fill the memory. */
const LONGEST_LINE = 32 * 1024 * 1024;

export const jsonLines: Importer = { label: 'JSON Lines', maxBytes: Infinity, read };

/** Rows shown when the author is asked which columns hold what, and the length of what each shows. */
const SHOWN_ROWS = 3;
const SHOWN_CHARS = 200;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const unclear: { fields: Fields; item: string }[] = [];
  let posts = 0;
  // Where the first lines name no text, the author is asked before the others are read.
  const isUnclear = (fields: Fields): boolean => context.columns === null && posts === 0 && !hasText(fields);
  yield* eachItem(file, context, {
    items: linesOf(file, () => posts === 0 && unclear.length >= SHOWN_ROWS),
    place: ({ number }) => `${file.path}, line ${number}`,
    read: async ({ bytes }, item) => {
      const fields = parseLine(bytes, item);
      const spoken = posts === 0 && isSpeech(fields) ? await spokenIn(fields, file.path, context) : null;
      if (spoken !== null) return spoken;
      if (isUnclear(fields)) {
        unclear.push({ fields, item });
        return null;
      }
      const post = readLine(fields, context.columns, item, context.source);
      posts++;
      return post;
    },
  });
  const [first] = unclear;
  if (first === undefined) return;
  if (posts > 0) {
    for (const { item } of unclear)
      yield issueEvent('post-without-text', item, `${item} has no text. Write some, or leave it out.`);
    return;
  }
  const table = { columns: Object.keys(first.fields), rows: unclear.map(({ fields }) => fields) };
  const rows = table.rows.map((row) => table.columns.map((name) => asLine(row[name]).slice(0, SHOWN_CHARS)));
  yield { kind: 'table', table: { file: file.path, columns: table.columns, rows, guess: guessColumns(table).columns } };
}

async function* linesOf(file: SourceFile, isEnough: () => boolean): AsyncGenerator<Line> {
  for await (const lines of readLines(file.chunks(), { longest: LONGEST_LINE })) {
    for (const line of lines) {
      if (isEnough()) return;
      if (line.bytes === null || !isBlank(line.bytes)) yield line;
    }
  }
}

/** Speech recognition writes one object with all that was said, and behind it the same with times; nothing names it but its file. */
function isSpeech(fields: Fields): boolean {
  if (firstOf(fields, 'id', 'guid', 'url', 'link', 'permalink', 'title', 'headline') !== undefined) return false;
  return Array.isArray(firstOf(fields, 'segments', 'transcription'));
}

async function spokenIn(fields: Fields, path: string, context: ImporterContext): Promise<Post | null> {
  const { timedTextOf } = await lazyPart('timed-text', path);
  const said = timedTextOf(fields);
  return said.text === '' ? null : transcriptPost(path, said, context);
}

const TEXT_NAMES = ['text', 'markdown', 'body', 'content', 'content_text', 'html', 'content_html'] as const;
const SUMMARY_NAMES = ['summary', 'description', 'excerpt'] as const;

/** Whether the names of the fields tell where the text is; a post may consist of its summary. */
function hasText(fields: Fields): boolean {
  return [...TEXT_NAMES, ...SUMMARY_NAMES].some((name) => Object.hasOwn(fields, name));
}

function parseLine(bytes: Uint8Array | null, item: string): Fields {
  if (bytes !== null) return parseObject(decodeText(bytes, { item }), item);
  const message = `${item} is longer than ${LONGEST_LINE / 1024 / 1024} MB. Split its text into several posts and import the file again.`;
  throw new KindredError('post-too-long', message, { item });
}

function readLine(fields: Fields, columns: ColumnChoice | null, item: string, source: string): Post {
  const find = (chosen: string | null | undefined, ...names: string[]): unknown =>
    firstOf(fields, ...(chosen === null || chosen === undefined ? [] : [chosen]), ...names);
  const title = asTitle(find(columns?.title, 'title', 'headline'));
  const url = safePostUrl(asLine(find(columns?.url, 'url', 'link', 'permalink')));
  const id =
    sourceId(asLine(find(columns?.id, 'id', 'guid')), source) ?? url ?? (title === '' ? null : `${source}/${title}`);
  if (id === null) {
    const message = `${item} has no id, url or title to know the post by. Add an id and import the file again.`;
    throw new KindredError('format-broken', message, { item });
  }
  const parts = {
    id,
    kind: kindOf(fields),
    title,
    fallbackTitle: asLine(firstOf(fields, 'id')),
    summary: asSummary(find(columns?.summary, ...SUMMARY_NAMES)),
    date: isoDate(find(columns?.date, 'date', 'published', 'date_published', 'created_at')),
    url,
    authors: asNames(find(columns?.author, 'authors', 'author')),
    tags: asNames(find(columns?.tags, 'tags', 'categories')),
    series: asNames(firstOf(fields, 'series'))[0] ?? null,
    source: asLine(firstOf(fields, 'source')) || source,
    durationS: asSeconds(firstOf(fields, 'duration', 'durationS')),
    language: firstOf(fields, 'language', 'lang'),
    body: bodyOf(fields, columns?.text),
  };
  return makePost(parts, item);
}

function parseObject(line: string, item: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${item} is not valid JSON (${reason}). Correct the line; the others were imported.`;
    throw new KindredError('format-broken', message, { item, cause });
  }
  const fields = asFields(value);
  if (fields !== null) return fields;
  throw new KindredError(
    'format-broken',
    `${item} is no JSON object. Each line must be one post; the others were imported.`,
    { item },
  );
}

function bodyOf(fields: Fields, chosen: string | undefined): StructuredText {
  const html = firstOf(fields, 'html', 'content_html');
  const text = firstOf(fields, ...(chosen === undefined ? [] : [chosen]), ...TEXT_NAMES.slice(0, -2));
  if (typeof text === 'string') return markdownToText(text);
  return htmlToText(typeof html === 'string' ? html : '');
}

function kindOf(fields: Fields): PostKind {
  const kind = asLine(firstOf(fields, 'kind', 'type')).toLowerCase();
  return kind === 'video' || kind === 'note' ? kind : 'post';
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}
