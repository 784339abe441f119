// Posts of Instagram and Threads from Meta's "Download your information" as JSON.
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { textHash } from '../../text/textHash.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asFieldsList, asLine, asNames, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { parseJson } from '../jsonItems.ts';
import { bareLinks, hashtags, linkedText } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';
import type { Post } from '../../post.ts';

const MB = 1024 * 1024;

export const instagram: Importer = { label: 'Instagram or Threads JSON', maxBytes: 128 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  yield* eachItem(file, context, {
    items: itemsOf(parseJson(await file.text(), file.path)),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => readItem(item, place, context),
  });
}

/** Lists of what is shown to everyone; stories, and what was put away or deleted, lie under other names. */
const LISTS = ['text_post_app_text_posts', 'ig_posts', 'ig_reels_media', 'ig_igtv_media', 'ig_other_media'];

/** Threads wraps its list; Instagram's has no name, or that of what it holds. */
function itemsOf(value: unknown): unknown[] {
  const fields = asFields(value);
  const items = fields === null ? value : firstOf(fields, ...LISTS);
  return Array.isArray(items) ? (items as unknown[]) : [];
}

/** Null for a picture without a word: there is nothing to compare. */
function readItem(item: unknown, place: string, context: ImporterContext): Post | SkipReason | null {
  const post = asFields(item);
  if (post === null) return null;
  const shown = firstOf(post, 'media');
  const media = asFieldsList(Array.isArray(shown) ? shown : [shown]);
  const reply = media.some(isReply) ? unless('reply', context) : null;
  if (reply !== null) return reply;
  const first = media[0] ?? {};
  const text = repaired(textOf(post) || textOf(first));
  if (text.trim() === '') return null;
  const seconds = Number(firstOf(post, 'creation_timestamp') ?? firstOf(first, 'creation_timestamp'));
  const date = Number.isFinite(seconds) && seconds > 0 ? isoDate(new Date(seconds * 1000)) : null;
  const body = linkedText(text, bareLinks(text));
  return makePost(
    {
      ...noParts,
      // The export names its posts by nothing but their time and words.
      id: `instagram/${seconds || 0}/${textHash(text).toString(16)}`,
      kind: 'note',
      fallbackTitle: firstWords(body.text),
      date,
      url: safePostUrl(asLine(firstOf(post, 'permalink', 'url'))),
      tags: asNames(hashtags(text)),
      source: context.source,
      body,
    },
    place,
  );
}

function isReply(media: Fields): boolean {
  const told = asFields(firstOf(media, 'text_app_post'));
  return told !== null && firstOf(told, 'is_reply') === true;
}

function textOf(fields: Fields): string {
  const title = firstOf(fields, 'title');
  return typeof title === 'string' ? title : '';
}

const BYTES_ONLY = /^[\u0000-\u00ff]*$/; // eslint-disable-line no-control-regex

/** The export writes each byte of UTF-8 as a character of its own. */
function repaired(text: string): string {
  if (!BYTES_ONLY.test(text) || !/[\u0080-\u00ff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  } catch {
    return text; // Written as it should be.
  }
}
