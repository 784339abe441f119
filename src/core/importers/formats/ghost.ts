// Ghost's JSON export (Settings > Import/Export), versions 1 to 6: tables of its database.
import { KindredError } from '../../errors.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { markdownToText } from '../../text/structure/markdown.ts';
import { plainToText } from '../../text/structure/plain.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post, StructuredText } from '../../post.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asFieldsList, asLine, asNames, asSummary, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { parseJson } from '../jsonItems.ts';
import { makePost, noParts } from '../makePost.ts';

const MB = 1024 * 1024;

/** Tables refer to one another, so the file is read as a whole. */
export const ghost: Importer = { label: 'Ghost export', maxBytes: 256 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const data = dataOf(parseJson(await file.text(), file.path));
  if (data === null) {
    throw new KindredError(
      'format-broken',
      `${file.path} holds no posts of a Ghost site. Export the content again in Ghost’s settings and add that file.`,
      { item: file.path },
    );
  }
  const tags = namesById(data, 'tags');
  const users = namesById(data, 'users');
  const tagsOf = joined(data, 'posts_tags', 'tag_id', tags);
  const authorsOf = joined(data, 'posts_authors', 'author_id', users);
  const metaOf = new Map(rows(data, 'posts_meta').map((row) => [asLine(firstOf(row, 'post_id')), row]));
  yield* eachItem(file, context, {
    items: rows(data, 'posts'),
    place: (post, number) => {
      const title = asTitle(firstOf(post, 'title'));
      return `${file.path}, post ${number}${title === '' ? '' : ` (“${title}”)`}`;
    },
    read: (post, place) => {
      const id = asLine(firstOf(post, 'id'));
      const author = users.get(asLine(firstOf(post, 'author_id', 'author')));
      return readPost(post, place, {
        // Tags that begin with # are Ghost's own and shown to nobody.
        tags: (tagsOf.get(id) ?? []).filter((tag) => !tag.startsWith('#')),
        authors: authorsOf.get(id) ?? (author === undefined ? [] : [author]),
        meta: metaOf.get(id) ?? {},
        context,
      });
    },
  });
}

interface About {
  tags: string[];
  authors: string[];
  /** The row of the post in the table that versions since 3 have for descriptions. */
  meta: Fields;
  context: ImporterContext;
}

function readPost(post: Fields, place: string, { tags, authors, meta, context }: About): Post | SkipReason {
  const type = asLine(firstOf(post, 'type'));
  const isPage = type === 'page' || firstOf(post, 'page') === true || firstOf(post, 'page') === 1;
  if (isPage) return 'not-a-post';
  const status = asLine(firstOf(post, 'status')) || 'published';
  const unpublished = status === 'draft' || status === 'scheduled' ? unless('draft', context) : null;
  if (unpublished !== null) return unpublished;
  // What was sent and never put on the site has no page that anyone could read.
  const isMail = status === 'sent' || Number(firstOf(meta, 'email_only') ?? 0) === 1;
  const isForAll = (asLine(firstOf(post, 'visibility')) || 'public') === 'public';
  const hidden = isMail || !isForAll ? unless('private', context) : null;
  if (hidden !== null) return hidden;
  const { source } = context;
  const body = bodyOf(post);
  const parts = {
    ...noParts,
    id: `${source}/${asLine(firstOf(post, 'uuid', 'id', 'slug')) || place}`,
    title: asTitle(firstOf(post, 'title')),
    fallbackTitle: firstWords(body.text),
    summary: asSummary(
      onSite(firstOf(post, 'custom_excerpt') ?? firstOf(meta, 'meta_description') ?? firstOf(post, 'meta_description')),
    ),
    date: isoDate(firstOf(post, 'published_at', 'created_at')),
    url: isMail ? null : addressOf(post),
    authors: asNames(authors),
    tags: asNames(tags),
    source,
    body,
  };
  return makePost(parts, place);
}

/** Where the post first stood, or else its page of this site. */
function addressOf(post: Fields): string | null {
  const slug = asLine(firstOf(post, 'slug'));
  return safePostUrl(onSite(asLine(firstOf(post, 'canonical_url')))) ?? safePostUrl(slug === '' ? '' : `/${slug}/`);
}

/** Ghost writes a word for the address of its site, so that a site can move; its paths say the same. */
function onSite(value: unknown): string {
  return typeof value === 'string' ? value.replace(/__GHOST_URL__\/?/g, '/') : '';
}

/** Rendered HTML, which every version has; else the card with the Markdown of version 0 and 1, or the plain text. */
function bodyOf(post: Fields): StructuredText {
  const html = firstOf(post, 'html');
  if (typeof html === 'string') return htmlToText(onSite(html));
  const markdown = firstOf(post, 'markdown');
  if (typeof markdown === 'string') return markdownToText(onSite(markdown));
  return plainToText(onSite(firstOf(post, 'plaintext')));
}

function dataOf(value: unknown): Fields | null {
  const file = asFields(value);
  if (file === null) return null;
  const list = firstOf(file, 'db');
  const first = asFields(Array.isArray(list) ? (list as unknown[])[0] : file);
  const data = first === null ? null : asFields(firstOf(first, 'data'));
  return data !== null && Array.isArray(firstOf(data, 'posts')) ? data : null;
}

function rows(data: Fields, table: string): Fields[] {
  return asFieldsList(firstOf(data, table));
}

function namesById(data: Fields, table: string): Map<string, string> {
  return new Map(rows(data, table).map((row) => [asLine(firstOf(row, 'id')), asLine(firstOf(row, 'name'))]));
}

function joined(data: Fields, table: string, key: string, names: ReadonlyMap<string, string>): Map<string, string[]> {
  const byPost = new Map<string, { order: number; name: string }[]>();
  for (const row of rows(data, table)) {
    const name = names.get(asLine(firstOf(row, key)));
    if (name === undefined) continue;
    const post = asLine(firstOf(row, 'post_id'));
    const list = byPost.get(post) ?? [];
    list.push({ order: Number(firstOf(row, 'sort_order') ?? 0), name });
    byPost.set(post, list);
  }
  const inOrder = [...byPost].map(
    ([post, list]) => [post, list.sort((a, b) => a.order - b.order).map(({ name }) => name)] as const,
  );
  return new Map(inOrder);
}
