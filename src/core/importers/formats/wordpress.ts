// WordPress eXtended RSS, what Tools > Export of WordPress writes, of any size.
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
import { wordpressHtml } from '../wordpressHtml.ts';

export const wordpress: Importer = { label: 'WordPress export', maxBytes: Infinity, read };

/** What WordPress keeps as a post and is none: pages, pictures, menus, settings of themes and plugins. */
const NOT_POSTS =
  /^(?:page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|feedback|jp_.*|wp_.*|acf-.*|elementor_.*|shop_.*)$/;
const DRAFTS = new Set(['draft', 'pending', 'future', 'auto-draft']);
const WANTED = new Set(['item', 'wp:author', 'title', 'language', 'wp:base_blog_url', 'wp:base_site_url']);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const authors = new Map<string, string>();
  const site = { title: '', url: '', language: '' };
  let posts = 0;
  yield* eachItem(file, context, {
    items: xmlItems(file, WANTED),
    place: (item) => `${file.path}, item ${item.name === 'item' ? ++posts : posts}${quoted(childText(item, 'title'))}`,
    read: (item, place) => {
      switch (item.name) {
        case 'wp:author':
          authors.set(childText(item, 'wp:author_login'), childText(item, 'wp:author_display_name'));
          return null;
        case 'title':
          site.title ||= asTitle(item.text);
          return null;
        case 'language':
          site.language ||= item.text;
          return null;
        case 'item': {
          const { url, language } = site;
          return readItem(item, place, { authors, source: site.title || context.source, site: url, language }, context);
        }
        default:
          site.url = item.text.trim() || site.url;
          return null;
      }
    },
  });
}

interface Site {
  authors: ReadonlyMap<string, string>;
  source: string;
  site: string;
  /** As the channel says it, or ''. */
  language: string;
}

function readItem(
  item: XmlElement,
  place: string,
  { authors, source, site, language }: Site,
  context: ImporterContext,
): Post | SkipReason | null {
  const type = childText(item, 'wp:post_type') || 'post';
  const status = childText(item, 'wp:status') || 'publish';
  if (type === 'attachment') return null;
  if (NOT_POSTS.test(type) || status === 'trash' || status === 'inherit') return 'not-a-post';
  const unpublished = DRAFTS.has(status) ? unless('draft', context) : null;
  const hidden = status === 'private' || childText(item, 'wp:post_password') !== '' ? unless('private', context) : null;
  if (unpublished !== null || hidden !== null) return unpublished ?? hidden;
  const body = htmlToText(wordpressHtml(childText(item, 'content:encoded')));
  const url = safePostUrl(childText(item, 'link'));
  const number = childText(item, 'wp:post_id');
  const creator = childText(item, 'dc:creator');
  const tags = childrenOf(item, 'category')
    .filter(({ attributes }) => /^(?:category|post_tag)$/.test(attributes['domain'] ?? 'category'))
    .map(({ text }) => text)
    .filter((name) => !/^uncategori[sz]ed$/i.test(name.trim()));
  const parts = {
    ...noParts,
    id: number === '' ? (child(item, 'guid')?.text.trim() ?? url ?? place) : `${site || source}/${number}`,
    title: asTitle(childText(item, 'title')),
    fallbackTitle: firstWords(body.text),
    summary: asSummary(childText(item, 'excerpt:encoded')),
    date: dateOf(item),
    url,
    authors: asNames([authors.get(creator) || creator]),
    tags: asNames(tags),
    source,
    language,
    body,
  };
  return makePost(parts, place);
}

/** The site's own time, with its zone where the two dates that WordPress keeps tell it. */
function dateOf(item: XmlElement): string | null {
  const local = isoDate(childText(item, 'wp:post_date'));
  if (local === null || local.startsWith('0000')) return isoDate(childText(item, 'pubDate'));
  const universal = isoDate(childText(item, 'wp:post_date_gmt'));
  if (universal === null || universal.startsWith('0000')) return local;
  const minutes = Math.round((Date.parse(`${local}Z`) - Date.parse(`${universal}Z`)) / 60_000);
  if (!Number.isFinite(minutes) || Math.abs(minutes) > 14 * 60) return local;
  if (minutes === 0) return `${local}Z`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const quoted = (title: string): string => (title === '' ? '' : ` (“${asTitle(title)}”)`);
