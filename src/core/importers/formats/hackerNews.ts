// Items of Hacker News: of its own API as saved (one, a list, or one a line), or of the search API of Algolia.
import { htmlToText } from '../../text/structure/html.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post, StructuredText } from '../../post.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asLine, asNames, asTitle, firstOf } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { parseJson } from '../jsonItems.ts';
import { joinTexts } from '../joinTexts.ts';
import { bareLinks, linkedText } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';

const MB = 1024 * 1024;

export const hackerNews: Importer = { label: 'Hacker News items', maxBytes: 128 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const text = (await file.text()).trim();
  yield* eachItem(file, context, {
    items: itemsOf(text, file.path),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => readItem(item, place, context),
  });
}

function itemsOf(text: string, path: string): unknown[] {
  const isLines = /^\{[^\n]*\}\s*\n\s*\{/.test(text);
  if (isLines) return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseJson(line, path)]));
  const value = parseJson(text, path);
  const fields = asFields(value);
  const items = fields === null ? value : (firstOf(fields, 'hits') ?? [fields]);
  return Array.isArray(items) ? (items as unknown[]) : [];
}

function readItem(item: unknown, place: string, context: ImporterContext): Post | SkipReason | null {
  const fields = asFields(item);
  if (fields === null || firstOf(fields, 'deleted', 'dead') === true) return null;
  const id = asLine(firstOf(fields, 'objectID', 'id'));
  const isComment = asLine(firstOf(fields, 'type')) === 'comment' || firstOf(fields, 'comment_text') !== undefined;
  const reply = isComment ? unless('reply', context) : null;
  if (reply !== null) return reply;
  const html = firstOf(fields, 'text', 'story_text', 'comment_text');
  const link = asLine(firstOf(fields, 'url'));
  const shared: StructuredText = linkedText(link, bareLinks(link));
  const seconds = Number(firstOf(fields, 'time', 'created_at_i'));
  const title = asTitle(firstOf(fields, 'title'));
  const body = joinTexts(htmlToText(typeof html === 'string' ? html : ''), shared);
  return makePost(
    {
      ...noParts,
      id: `hacker-news/${id || place}`,
      kind: 'note',
      title,
      fallbackTitle: firstWords(body.text),
      date:
        Number.isFinite(seconds) && seconds > 0
          ? isoDate(new Date(seconds * 1000))
          : isoDate(firstOf(fields, 'created_at')),
      url: /^\d+$/.test(id) ? safePostUrl(`https://news.ycombinator.com/item?id=${id}`) : null,
      authors: asNames([asLine(firstOf(fields, 'by', 'author'))]),
      source: context.source,
      body,
    },
    place,
  );
}
