// The outbox.json of a Mastodon export, and of other servers that speak ActivityPub: an OrderedCollection of any size.
import { htmlToText } from '../../text/structure/html.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post, PostKind } from '../../post.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asLine, asNames, asSeconds, asSummary, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { jsonItems } from '../jsonItems.ts';
import { makePost, noParts } from '../makePost.ts';

export const mastodon: Importer = { label: 'ActivityPub outbox', maxBytes: Infinity, read };

const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public']);
const KINDS: ReadonlyMap<string, PostKind> = new Map<string, PostKind>([
  ['note', 'note'],
  ['question', 'note'],
  ['article', 'post'],
  ['page', 'post'],
  ['video', 'video'],
  ['audio', 'video'],
]);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  yield* eachItem(file, context, {
    items: jsonItems(file, { paths: ['$.orderedItems.*'] }),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => readActivity(item, place, context),
  });
}

function readActivity(item: unknown, place: string, context: ImporterContext): Post | SkipReason | null {
  const activity = asFields(item);
  // What others wrote and was only passed on names its object by address.
  const isCreate = activity !== null && asLine(firstOf(activity, 'type')) === 'Create';
  const object = isCreate ? asFields(firstOf(activity, 'object')) : null;
  if (activity === null || object === null) return null;
  const kind = KINDS.get(asLine(firstOf(object, 'type')).toLowerCase());
  if (kind === undefined) return null;
  const isPublic = [
    ...list(object, 'to'),
    ...list(object, 'cc'),
    ...list(activity, 'to'),
    ...list(activity, 'cc'),
  ].some((to) => PUBLIC.has(to));
  const hidden = isPublic ? null : unless('private', context);
  if (hidden !== null) return hidden;
  const actor = asLine(firstOf(object, 'attributedTo')) || asLine(firstOf(activity, 'actor'));
  const answered = asLine(firstOf(object, 'inReplyTo'));
  const isAnswer = answered !== '' && !(actor !== '' && answered.startsWith(`${actor}/`));
  const reply = isAnswer ? unless('reply', context) : null;
  if (reply !== null) return reply;
  return makePost(partsOf(object, kind, place, context.source), place);
}

function partsOf(object: Fields, kind: PostKind, place: string, source: string) {
  const body = htmlToText([textOf(firstOf(object, 'content')), ...options(object)].join('\n'));
  const tags = values(object, 'tag').flatMap((tag) => {
    const fields = asFields(tag);
    return fields !== null && asLine(firstOf(fields, 'type')) === 'Hashtag' ? [asLine(firstOf(fields, 'name'))] : [];
  });
  const url = safePostUrl(addressOf(object));
  return {
    ...noParts,
    id: asLine(firstOf(object, 'id')) || url || `${source}/${place}`,
    kind,
    title: asTitle(firstOf(object, 'name')),
    fallbackTitle: firstWords(body.text),
    // For a note this is its content warning, which says what it is about.
    summary: asSummary(firstOf(object, 'summary')),
    date: isoDate(firstOf(object, 'published')),
    url,
    tags: asNames(tags.map((tag) => tag.replace(/^#/, ''))),
    source,
    // Content by language, where it is in one.
    language: onlyName(asFields(firstOf(object, 'contentMap'))),
    durationS: kind === 'video' ? asSeconds(firstOf(object, 'duration')) : null,
    body,
  };
}

function addressOf(object: Fields): string {
  const url = firstOf(object, 'url');
  if (typeof url === 'string') return url;
  const page = values(object, 'url')
    .map(asFields)
    .find((link) => link !== null && asLine(firstOf(link, 'mediaType')) === 'text/html');
  return page === undefined || page === null ? asLine(firstOf(object, 'id')) : asLine(firstOf(page, 'href'));
}

function onlyName(fields: Fields | null): string | undefined {
  const names = Object.keys(fields ?? {});
  return names.length === 1 ? names[0] : undefined;
}

/** What could be voted for. */
function options(object: Fields): string[] {
  return [...values(object, 'oneOf'), ...values(object, 'anyOf')].map((option) => {
    const fields = asFields(option);
    return fields === null ? '' : `<p>${asLine(firstOf(fields, 'name')).replaceAll('<', '&lt;')}</p>`;
  });
}

function values(fields: Fields, name: string): unknown[] {
  const value = firstOf(fields, name);
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

const list = (fields: Fields, name: string): string[] => values(fields, name).map(asLine);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
