// The archive of X (before: Twitter): tweets.js and its further parts, which are JSON behind an assignment.
import { decodeEntities } from '../../text/structure/decodeEntity.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post } from '../../post.ts';
import { companion } from '../companion.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asFieldsList, asLine, asNames, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { jsonItems, parseJson } from '../jsonItems.ts';
import { linkedText } from '../linkedText.ts';
import type { LinkedSpan } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';
import { isPostsOfX } from '../postFiles.ts';
import { LongNotes } from '../xNotes.ts';

export const xArchive: Importer = { label: 'X archive', maxBytes: Infinity, read };

const RETWEET = /^RT @\w+:/;
/** "Wed Oct 10 20:19:24 +0000 2018" */
const OWN_DATE = /^\w{3} (\w{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (\+\d{4}) (\d{4})$/;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  if (!isPostsOfX(file.path)) {
    yield { kind: 'skipped', file: file.path, reason: 'not-a-post' };
    return;
  }
  const account = await readCompanion(file.path, 'account.js', 'account', context);
  const own = account[0] === undefined ? '' : asLine(firstOf(account[0], 'accountId'));
  const notes = new LongNotes(await readCompanion(file.path, 'note-tweet.js', 'noteTweet', context));
  yield* eachItem(file, context, {
    items: jsonItems(file, { paths: ['$.*'], startsAt: '[' }),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => {
      const fields = asFields(item);
      const tweet = fields === null ? null : (asFields(firstOf(fields, 'tweet')) ?? fields);
      return tweet === null ? null : readTweet(tweet, place, { own, notes, context });
    },
  });
}

interface Archive {
  own: string;
  notes: LongNotes;
  context: ImporterContext;
}

function readTweet(tweet: Fields, place: string, { own, notes, context }: Archive): Post | SkipReason | null {
  // The texts of posts are escaped, those of notes are not.
  const short = decodeEntities(textOf(tweet, 'full_text', 'text'));
  if (RETWEET.test(short)) return null;
  const answered = asLine(firstOf(tweet, 'in_reply_to_user_id_str', 'in_reply_to_user_id'));
  const reply = answered !== '' && answered !== own ? unless('reply', context) : null;
  if (reply !== null) return reply;
  const date = dateOf(asLine(firstOf(tweet, 'created_at')));
  const { text, core } = notes.whole(short, date) ?? { text: short, core: {} };
  const entities = asFields(firstOf(tweet, 'entities')) ?? {};
  const id = asLine(firstOf(tweet, 'id_str', 'id'));
  const body = linkedText(text, linksOf(text, entities, core));
  const tags = [entities, core].flatMap((from) => list(from, 'hashtags').map((tag) => asLine(firstOf(tag, 'text'))));
  return makePost(
    {
      ...noParts,
      id: `x/${id || place}`,
      kind: 'note',
      fallbackTitle: firstWords(body.text),
      date,
      url: /^\d+$/.test(id) ? safePostUrl(`https://x.com/i/status/${id}`) : null,
      tags: asNames(tags.map(asTitle)),
      source: context.source,
      body,
    },
    place,
  );
}

/** Short addresses become the ones they stand for; those of pictures go. Long posts name them in words of their own. */
function linksOf(text: string, entities: Fields, core: Fields): LinkedSpan[] {
  const targets = new Map<string, { href: string; words: string }>();
  for (const link of [...list(entities, 'urls'), ...list(core, 'urls')]) {
    const href = asLine(firstOf(link, 'expanded_url', 'expandedUrl'));
    const words = asLine(firstOf(link, 'display_url', 'displayUrl')) || href;
    targets.set(asLine(firstOf(link, 'url', 'shortUrl')), { href, words });
  }
  for (const picture of list(entities, 'media')) targets.set(asLine(firstOf(picture, 'url')), { href: '', words: '' });
  return Array.from(text.matchAll(/https?:\/\/t\.co\/\w+/g), ({ 0: short, index }) => ({
    start: index,
    end: index + short.length,
    ...(targets.get(short) ?? { href: short, words: short }),
  }));
}

function dateOf(written: string): string | null {
  const own = OWN_DATE.exec(written);
  return isoDate(own === null ? written : `${own[2]} ${own[1]} ${own[5]} ${own[3]} ${own[4]}`);
}

/** The records of another file of the archive, which lies beside the one that is read. */
async function readCompanion(from: string, name: string, key: string, context: ImporterContext): Promise<Fields[]> {
  const path = from.slice(0, from.lastIndexOf('/') + 1) + name;
  const records = (text: string): Fields[] =>
    asFieldsList(parseJson(text.slice(Math.max(0, text.indexOf('[')), text.lastIndexOf(']') + 1), path))
      .map((item) => asFields(item[key]))
      .filter((fields) => fields !== null);
  return (await companion(path, records, { context, otherwise: [] })) ?? [];
}

const list = (fields: Fields, name: string): Fields[] => asFieldsList(firstOf(fields, name));

function textOf(fields: Fields, ...names: string[]): string {
  const value = firstOf(fields, ...names);
  return typeof value === 'string' ? value : '';
}
