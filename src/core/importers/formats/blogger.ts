// Blogger's own backup, an Atom file of posts, pages and comments: the one of Settings > Back up content, and the one of Takeout.
import { htmlToText } from '../../text/structure/html.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post } from '../../post.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asNames, asSummary, asTitle } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { makePost, noParts } from '../makePost.ts';
import { child, childrenOf, childText, xmlItems } from '../xmlItems.ts';
import type { XmlElement } from '../xmlItems.ts';

export const blogger: Importer = { label: 'Blogger backup', maxBytes: Infinity, read };

const KIND = /blogger\/2008\/kind#(\w+)$/;
const WANTED = new Set(['entry', 'title', 'link']);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const blog = { title: '', home: '' };
  let entries = 0;
  yield* eachItem(file, context, {
    items: xmlItems(file, WANTED),
    place: (item) =>
      `${file.path}, entry ${item.name === 'entry' ? ++entries : entries}${quoted(childText(item, 'title'))}`,
    read: (item, place) => {
      if (item.name === 'title') blog.title ||= asTitle(item.text);
      else if (item.name === 'link')
        blog.home ||= item.attributes['rel'] === 'alternate' ? (item.attributes['href'] ?? '') : '';
      else return readEntry(item, place, blog, context);
      return null;
    },
  });
}

function readEntry(
  entry: XmlElement,
  place: string,
  blog: { title: string; home: string },
  context: ImporterContext,
): Post | SkipReason | null {
  const categories = childrenOf(entry, 'category').map(({ attributes }) => attributes['term'] ?? '');
  const kinds = categories.flatMap((term) => KIND.exec(term)?.[1] ?? []);
  const kind = (childText(entry, 'blogger:type') || kinds[0] || 'post').toLowerCase();
  if (kind === 'comment' || kind === 'settings' || kind === 'template') return null;
  const status = childText(entry, 'blogger:status').toUpperCase();
  if (kind !== 'post' || status === 'SOFT_TRASHED' || childText(entry, 'blogger:trashed') !== '') return 'not-a-post';
  const control = child(entry, 'app:control');
  const isDraft =
    status === 'DRAFT' ||
    status === 'SCHEDULED' ||
    (control !== undefined && childText(control, 'app:draft') === 'yes');
  const unpublished = isDraft ? unless('draft', context) : null;
  if (unpublished !== null) return unpublished;
  const source = blog.title || context.source;
  const content = child(entry, 'content') ?? child(entry, 'summary');
  const body = htmlToText(content?.text ?? '');
  const author = child(entry, 'author');
  const parts = {
    ...noParts,
    id: childText(entry, 'id') || place,
    title: asTitle(childText(entry, 'title')),
    fallbackTitle: firstWords(body.text),
    summary: asSummary(childText(entry, 'blogger:metaDescription')),
    date: isoDate(childText(entry, 'published')),
    url: addressOf(entry, blog.home),
    authors: asNames(author === undefined ? [] : [childText(author, 'name')]),
    tags: asNames(categories.filter((term) => !KIND.test(term))),
    source,
    body,
  };
  return makePost(parts, place);
}

function addressOf(entry: XmlElement, home: string): string | null {
  const page = childrenOf(entry, 'link').find(({ attributes }) => attributes['rel'] === 'alternate');
  const path = page?.attributes['href'] ?? childText(entry, 'blogger:filename');
  const safe = safePostUrl(path);
  return safe?.startsWith('/') === true && URL.canParse(safe, home) ? new URL(safe, home).href : safe;
}

const quoted = (title: string): string => (title === '' ? '' : ` (“${asTitle(title)}”)`);
