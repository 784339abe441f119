// posts.csv, scheduled_posts.csv and comments.csv of Reddit's data request.
import { markdownToText } from '../../text/structure/markdown.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post } from '../../post.ts';
import { csvRows } from '../csvRows.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asLine, asNames, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { joinTexts } from '../joinTexts.ts';
import { bareLinks, linkedText } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';

const MB = 1024 * 1024;

export const reddit: Importer = { label: 'Reddit export', maxBytes: 128 * MB, read };

/** What is left of a text that was taken back. */
const REMOVED = new Set(['[deleted]', '[removed]']);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { columns, rows } = csvRows(await file.text(), file.path);
  const areComments = !columns.includes('title');
  yield* eachItem(file, context, {
    items: rows,
    place: (_, number) => `${file.path}, row ${number + 1}`,
    read: (row, place) => readRow(row, place, areComments, context),
  });
}

function readRow(row: Fields, place: string, isComment: boolean, context: ImporterContext): Post | SkipReason | null {
  const scheduled = asLine(firstOf(row, 'scheduled_post_id'));
  const state = scheduled !== '' ? 'draft' : isComment ? 'reply' : null;
  const leftOut = state === null ? null : unless(state, context);
  if (leftOut !== null) return leftOut;
  const text = asText(firstOf(row, 'body'));
  if (REMOVED.has(text.trim())) return null;
  const url = safePostUrl(addressOf(asLine(firstOf(row, 'permalink'))));
  const link = asLine(firstOf(row, 'url'));
  // A post of words links to itself.
  const shared = link === '' || link === url ? '' : link;
  const body = joinTexts(markdownToText(text), linkedText(shared, bareLinks(shared)));
  const id =
    scheduled === '' ? `${isComment ? 't1' : 't3'}_${asLine(firstOf(row, 'id')) || place}` : `scheduled_${scheduled}`;
  const subreddit = asLine(firstOf(row, 'subreddit'));
  return makePost(
    {
      ...noParts,
      id: `reddit/${id}`,
      kind: text.length > 0 && !isComment ? 'post' : 'note',
      title: asTitle(firstOf(row, 'title')),
      fallbackTitle: firstWords(body.text),
      date: isoDate(asLine(firstOf(row, 'date'))),
      url,
      tags: asNames(subreddit === '' ? [] : [`r/${subreddit}`]),
      source: context.source,
      body,
    },
    place,
  );
}

const addressOf = (permalink: string): string =>
  permalink.startsWith('/') ? `https://www.reddit.com${permalink}` : permalink;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
