// A record of Bluesky's network as a post.
import type { Post } from '../post.ts';
import { markdownToText } from '../text/structure/markdown.ts';
import { safePostUrl } from '../text/structure/safeHref.ts';
import { unless } from './eachItem.ts';
import { asFields, asLine, asNames, asSummary, asTitle, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';
import { firstWords } from './firstWords.ts';
import type { ImporterContext, SkipReason } from './importer.ts';
import { isoDate } from './isoDate.ts';
import { linkedText } from './linkedText.ts';
import type { LinkedSpan } from './linkedText.ts';
import { makePost, noParts } from './makePost.ts';

export const BLUESKY_POST = 'app.bsky.feed.post';
/** Long posts on the same network, by WhiteWind. */
export const WHITEWIND_ENTRY = 'com.whtwnd.blog.entry';

export interface BlueskyRecord {
  /** at://did/collection/key */
  uri: string;
  record: Fields;
}

/** The post, why there is none, or null for a record of another kind. Throws as `makePost`. */
export function blueskyPost(
  { uri, record }: BlueskyRecord,
  place: string,
  context: ImporterContext,
): Post | SkipReason | null {
  const [repository = '', collection = '', key = ''] = uri.replace(/^at:\/\//, '').split('/');
  const type = asLine(firstOf(record, '$type')) || collection;
  if (type === WHITEWIND_ENTRY) return longPost(uri, key, record, place, context);
  if (type !== BLUESKY_POST) return null;
  const parent = asFields(asFields(firstOf(record, 'reply'))?.['parent']);
  const answered = parent === null ? '' : asLine(firstOf(parent, 'uri'));
  const isAnswer = answered !== '' && !answered.startsWith(`at://${repository}/`);
  const reply = isAnswer ? unless('reply', context) : null;
  if (reply !== null) return reply;
  const text = firstOf(record, 'text');
  const facets = facetsOf(record, typeof text === 'string' ? text : '');
  const body = linkedText(typeof text === 'string' ? text : '', facets.links);
  const tags = firstOf(record, 'tags');
  const languages = firstOf(record, 'langs');
  return makePost(
    {
      ...noParts,
      id: uri,
      kind: 'note',
      fallbackTitle: firstWords(body.text),
      summary: cardOf(record),
      date: isoDate(firstOf(record, 'createdAt')),
      url: safePostUrl(`https://bsky.app/profile/${repository}/post/${key}`),
      tags: asNames([...facets.tags, ...(Array.isArray(tags) ? (tags as unknown[]) : [])]),
      source: context.source,
      language: Array.isArray(languages) && languages.length === 1 ? languages[0] : undefined,
      body,
    },
    place,
  );
}

function longPost(
  uri: string,
  key: string,
  record: Fields,
  place: string,
  context: ImporterContext,
): Post | SkipReason {
  const unpublished = firstOf(record, 'isDraft') === true ? unless('draft', context) : null;
  if (unpublished !== null) return unpublished;
  const visibility = asLine(firstOf(record, 'visibility')) || 'public';
  const hidden = visibility === 'public' ? null : unless('private', context);
  if (hidden !== null) return hidden;
  const content = firstOf(record, 'content');
  const [repository = ''] = uri.replace(/^at:\/\//, '').split('/');
  return makePost(
    {
      ...noParts,
      id: uri,
      title: asTitle(firstOf(record, 'title')),
      summary: asSummary(firstOf(record, 'subtitle')),
      date: isoDate(firstOf(record, 'createdAt')),
      url: safePostUrl(`https://whtwnd.com/${repository}/${key}`),
      source: context.source,
      body: markdownToText(typeof content === 'string' ? content : ''),
    },
    place,
  );
}

/** The title of a page that a post shows as a card, for posts that say little beside it. */
function cardOf(record: Fields): string {
  const embed = asFields(firstOf(record, 'embed'));
  const external = embed === null ? null : asFields(firstOf(embed, 'external'));
  return external === null ? '' : asTitle(firstOf(external, 'title'));
}

/** Facets count bytes of UTF-8, not characters. */
function facetsOf(record: Fields, text: string): { links: LinkedSpan[]; tags: string[] } {
  const facets = firstOf(record, 'facets');
  if (!Array.isArray(facets)) return { links: [], tags: [] };
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const links: LinkedSpan[] = [];
  const tags: string[] = [];
  for (const facet of facets as unknown[]) {
    const index = asFields(asFields(facet)?.['index']);
    const features = asFields(facet)?.['features'];
    if (index === null || !Array.isArray(features)) continue;
    const [from, to] = [Number(index['byteStart']), Number(index['byteEnd'])];
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to <= from || to > bytes.length) continue;
    for (const feature of features as unknown[]) {
      const fields = asFields(feature) ?? {};
      if (typeof fields['tag'] === 'string') tags.push(fields['tag']);
      if (typeof fields['uri'] !== 'string') continue;
      const start = decoder.decode(bytes.subarray(0, from)).length;
      const words = decoder.decode(bytes.subarray(from, to));
      links.push({ start, end: start + words.length, href: fields['uri'], words });
    }
  }
  return { links: links.sort((a, b) => a.start - b.start), tags };
}
