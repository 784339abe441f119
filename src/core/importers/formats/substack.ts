// Substack's export: posts.csv, with the text of each post as HTML in posts/.
import { KindredError } from '../../errors.ts';
import { htmlToText } from '../../text/structure/html.ts';
import type { Post } from '../../post.ts';
import { csvRows } from '../csvRows.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asLine, asSummary, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { makePost, noParts } from '../makePost.ts';
import { titleFromSlug } from '../postPath.ts';

const MB = 1024 * 1024;

export const substack: Importer = { label: 'Substack export', maxBytes: 64 * MB, read };

/** What is heard or talked of, and so may have no text in the export. */
const WITHOUT_PAGE = new Set(['podcast', 'thread']);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { rows } = csvRows(await file.text(), file.path);
  yield* eachItem(file, context, {
    items: rows,
    place: (row, number) => {
      const title = asTitle(firstOf(row, 'title'));
      return `${file.path}, row ${number + 1}${title === '' ? '' : ` (“${title}”)`}`;
    },
    read: (row, place) => readRow(row, place, file.path, context),
  });
}

async function readRow(row: Fields, place: string, path: string, context: ImporterContext): Promise<Post | SkipReason> {
  const name = asLine(firstOf(row, 'post_id'));
  // Read first in any case, so that the page of a draft is not taken for one that nobody names.
  const html = name === '' ? null : await context.sibling(path, `posts/${name}.html`);
  const published = asLine(firstOf(row, 'is_published')).toLowerCase() === 'true';
  const unpublished = published ? null : unless('draft', context);
  if (unpublished !== null) return unpublished;
  const type = asLine(firstOf(row, 'type')).toLowerCase();
  if (type === 'page') return 'not-a-post';
  const audience = asLine(firstOf(row, 'audience')).toLowerCase();
  const hidden = audience === '' || audience === 'everyone' ? null : unless('private', context);
  if (hidden !== null) return hidden;
  const summary = asSummary(firstOf(row, 'subtitle'));
  const mayLackPage = WITHOUT_PAGE.has(type);
  if (html === null && mayLackPage && summary === '') return 'not-a-post';
  if (html === null && !mayLackPage) {
    throw new KindredError(
      'file-unreadable',
      `${place} names the page posts/${name}.html, which was not among the files. Add the whole export at once.`,
      { item: place },
    );
  }
  const slug = name.replace(/^\d+\./, '');
  return makePost(
    {
      ...noParts,
      id: `substack/${name}`,
      kind: 'post',
      title: asTitle(firstOf(row, 'title')),
      fallbackTitle: titleFromSlug(slug),
      summary,
      date: isoDate(asLine(firstOf(row, 'post_date'))),
      url: slug === '' ? null : `/p/${encodeURIComponent(slug)}`,
      source: context.source,
      body: htmlToText(html ?? ''),
    },
    place,
  );
}
