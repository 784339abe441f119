// JSON Lines: one post a line, of any number, read as a stream.
import { KindredError } from '../errors.ts';
import type { PostKind, StructuredText } from '../post.ts';
import { htmlToText } from '../text/structure/html.ts';
import { markdownToText } from '../text/structure/markdown.ts';
import { safePostUrl } from '../text/structure/safeHref.ts';
import { decodeText } from './decodeText.ts';
import { asFields, asLine, asNames, asSeconds, asSummary, asTitle, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';
import { issueEvent, issueFrom } from './importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from './importer.ts';
import { isoDate } from './isoDate.ts';
import { makePost } from './makePost.ts';
import { readLines } from './readLines.ts';
import { sourceId } from './sourceId.ts';

/** Longer than the longest post that is taken, so that one line cannot fill the memory. */
const LONGEST_LINE = 32 * 1024 * 1024;
/** A file that is broken throughout is told of once, not a million times. */
const MOST_ISSUES = 100;

export const jsonLines: Importer = { label: 'JSON Lines', maxBytes: Infinity, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  let issues = 0;
  const options = { longest: LONGEST_LINE, signal: context.signal, onBytes: context.onBytes };
  for await (const lines of readLines(file.blob, options)) {
    for (const { number, bytes } of lines) {
      if (bytes !== null && isBlank(bytes)) continue;
      const item = `${file.path}, line ${number}`;
      try {
        yield { kind: 'post', post: readLine(bytes, item, context.source), file: file.path, item };
      } catch (error) {
        issues++;
        if (issues > MOST_ISSUES) continue;
        yield issueFrom(error, 'format-broken', item);
      }
    }
  }
  if (issues > MOST_ISSUES) {
    const message = `${file.path} has ${issues - MOST_ISSUES} more lines that could not be read. Check how it was made: each line must be one JSON object with a title and a text.`;
    yield issueEvent('format-broken', file.path, message);
  }
}

function readLine(bytes: Uint8Array | null, item: string, source: string) {
  if (bytes === null) {
    const message = `${item} is longer than ${LONGEST_LINE / 1024 / 1024} MB. Split its text into several posts and import the file again.`;
    throw new KindredError('post-too-long', message, { item });
  }
  const fields = parseObject(decodeText(bytes, { item }), item);
  const title = asTitle(firstOf(fields, 'title', 'headline'));
  const url = safePostUrl(asLine(firstOf(fields, 'url', 'link', 'permalink')));
  const id =
    sourceId(asLine(firstOf(fields, 'id', 'guid')), source) ?? url ?? (title === '' ? null : `${source}/${title}`);
  if (id === null) {
    const message = `${item} has no id, url or title to know the post by. Add an id and import the file again.`;
    throw new KindredError('format-broken', message, { item });
  }
  const parts = {
    id,
    kind: kindOf(fields),
    title,
    fallbackTitle: asLine(firstOf(fields, 'id')),
    summary: asSummary(firstOf(fields, 'summary', 'description', 'excerpt')),
    date: isoDate(firstOf(fields, 'date', 'published', 'date_published', 'created_at')),
    url,
    authors: asNames(firstOf(fields, 'authors', 'author')),
    tags: asNames(firstOf(fields, 'tags', 'categories')),
    series: asNames(firstOf(fields, 'series'))[0] ?? null,
    source: asLine(firstOf(fields, 'source')) || source,
    durationS: asSeconds(firstOf(fields, 'duration', 'durationS')),
    body: bodyOf(fields),
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

function bodyOf(fields: Fields): StructuredText {
  const html = firstOf(fields, 'html', 'content_html');
  const text = firstOf(fields, 'text', 'markdown', 'body', 'content', 'content_text');
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
