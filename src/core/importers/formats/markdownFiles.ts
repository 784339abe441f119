// Markdown files with front matter: Hugo, Jekyll, Eleventy, Zola and plain notes.
import type { PostKind, StructuredText } from '../../post.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { timedToText } from '../../text/structure/timedText.ts';
import { companion, orTold } from '../companion.ts';
import { unless } from '../eachItem.ts';
import { asLine, asNames, asSeconds, asSummary, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { splitFrontMatter } from '../frontMatter.ts';
import { issueEvent } from '../importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { joinTexts } from '../joinTexts.ts';
import { lazyPart } from '../lazyParts.ts';
import { makePost } from '../makePost.ts';
import { expandPermalink } from '../permalink.ts';
import { postPath, titleFromSlug } from '../postPath.ts';
import type { PostPath } from '../postPath.ts';
import { plainWikilinks } from '../wikilinks.ts';

const MB = 1024 * 1024;

export const markdownFiles: Importer = { label: 'Markdown', maxBytes: 64 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const front = await splitFrontMatter(await file.text(), file.path);
  const notion = MAY_BE_OF_NOTION.test(file.path)
    ? (await lazyPart('notion', file.path)).notionPage(file.path, front.body)
    : null;
  const { fields, body } =
    notion === null ? front : { fields: { ...notion.fields, ...front.fields }, body: notion.body };
  const reason =
    (isDraft(fields) ? unless('draft', context) : null) ?? (isPrivate(fields) ? unless('private', context) : null);
  if (reason !== null) {
    yield { kind: 'skipped', file: file.path, reason };
    return;
  }
  const place = postPath(notion?.path ?? file.path);
  const date = isoDate(firstOf(fields, ...DATE_FIELDS)) ?? place.date;
  let text = readBody(body, file.path, context.markdownToText);
  const transcript = firstOf(fields, 'transcript');
  if (transcript !== undefined) {
    text = joinTexts(text, await readTranscript(transcript, file.path, context));
  }
  const parts = {
    id: notion?.id ?? `${context.source}/${file.path}`,
    kind: kindOf(fields),
    title: asTitle(firstOf(fields, 'title')),
    fallbackTitle: titleFromSlug(place.slug),
    summary: asSummary(firstOf(fields, 'summary', 'description', 'excerpt', 'deck', 'subtitle', 'abstract', 'lede')),
    date,
    url: addressOf(fields, place, date, context.permalinkFor(file.path)),
    authors: asNames(firstOf(fields, 'authors', 'author', 'byline')),
    tags: tagsOf(fields, place),
    series: asNames(firstOf(fields, 'series'))[0] ?? null,
    source: context.source,
    durationS: asSeconds(firstOf(fields, 'duration')),
    language: firstOf(fields, 'lang', 'language', 'locale'),
    body: text,
  };
  yield { kind: 'post', post: makePost(parts, file.path), file: file.path };
}

/** Notion puts an id behind the name of each page. */
const MAY_BE_OF_NOTION = /[0-9a-f]{32}(?:\.[^./]*)?$/;

/** As the generators and note-takers name the day of a post. */
const DATE_FIELDS = [
  ...['date', 'published', 'pubdate', 'publishdate', 'publish_date', 'publishedat', 'published_at', 'pubdatetime'],
  ...['created', 'created_at', 'createdat', 'date created', 'created time'],
] as const;

const TAG_FIELDS = ['tags', 'tag', 'categories', 'category', 'topics', 'keywords'] as const;

/** Marks of Docusaurus around asides, which stand on lines of their own. */
const ADMONITION = /^:{3,}.*$/gm;

function readBody(body: string, path: string, toText: ImporterContext['markdownToText']): StructuredText {
  if (/\.html?$/i.test(path)) return htmlToText(body);
  // MDX opens with its imports; its components are read as elements.
  const markdown = /\.mdx$/i.test(path) ? body.replace(/^(?:import|export)\s.*$/gm, '') : body;
  return toText(plainWikilinks(markdown.includes(':::') ? markdown.replace(ADMONITION, '') : markdown));
}

async function readTranscript(transcript: unknown, path: string, context: ImporterContext): Promise<StructuredText> {
  const none = timedToText('');
  const name = asLine(transcript);
  if (name === '') return none;
  // What has lines is no name of a file.
  if (typeof transcript === 'string' && transcript.trim().includes('\n'))
    return orTold(path, () => saidIn(transcript, path), { context, otherwise: none });
  const said = await companion(name, (source) => saidIn(source, path), { context, from: path, otherwise: none });
  if (said !== null) return said;
  const message = `${path} names the transcript ${name}, which was not among the files. The post came in without it; choose both together to add it.`;
  context.tell(issueEvent('file-unreadable', path, message));
  return none;
}

/** WebVTT and SubRip, or by a part of its own any other form of transcript, pages and plain text among them. */
async function saidIn(source: string, item: string): Promise<StructuredText> {
  const cues = timedToText(source);
  if (cues.text !== '') return cues;
  const { spokenText } = await lazyPart('transcript', item);
  return spokenText(source);
}

function isDraft(fields: Fields): boolean {
  const says = (name: string) => asWord(firstOf(fields, name));
  return (
    says('draft') === 'true' ||
    says('published') === 'false' ||
    says('publish') === 'false' ||
    DRAFT.has(says('status'))
  );
}

const DRAFT = new Set(['draft', 'pending', 'scheduled', 'idea', 'in progress', 'not started', 'to do']);

function isPrivate(fields: Fields): boolean {
  const says = (name: string) => asWord(firstOf(fields, name));
  return (
    ['private', 'unlisted', 'hidden'].some((name) => says(name) === 'true') ||
    [says('visibility'), says('status'), says('access')].some((word) => word === 'private' || word === 'unlisted')
  );
}

function kindOf(fields: Fields): PostKind {
  const named = ['kind', 'type', 'layout'].map((name) => asWord(firstOf(fields, name)));
  if (named.includes('video') || firstOf(fields, 'video', 'transcript') !== undefined) return 'video';
  return named.includes('note') ? 'note' : 'post';
}

function asWord(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : asLine(value).toLowerCase();
}

function tagsOf(fields: Fields, place: PostPath): string[] {
  const names: string[] = [];
  for (const field of TAG_FIELDS) {
    const value = firstOf(fields, field);
    if (value === undefined) continue;
    // Jekyll parts a string of tags by spaces; elsewhere a tag may have spaces.
    const parted = place.isJekyll && typeof value === 'string' && !value.includes(',') ? value.split(/\s+/) : value;
    names.push(...asNames(parted));
  }
  // Eleventy marks what is a post by a tag.
  return asNames(names).filter((tag) => !/^posts?$/i.test(tag));
}

function addressOf(fields: Fields, place: PostPath, date: string | null, sitePattern: string | null): string | null {
  const slug = asLine(firstOf(fields, 'slug')).replace(/^\/+|\/+$/g, '') || place.slug;
  const parts = { slug, section: place.section, date };
  const own = asLine(firstOf(fields, 'url', 'permalink', 'canonical_url'));
  if (/^https?:/i.test(own)) return safePostUrl(own);
  const byDefault = place.isJekyll && date !== null ? '/:year/:month/:day/:slug/' : '/:section/:slug/';
  for (const pattern of [own, sitePattern ?? '', byDefault]) {
    const path = pattern === '' ? null : expandPermalink(pattern, parts);
    if (path !== null) return safePostUrl(path);
  }
  return null;
}
