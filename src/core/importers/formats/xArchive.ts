// The archive of X (before: Twitter): data/tweets.js and its further parts, which are JSON behind an assignment.
import { safePostUrl } from '../../text/structure/safeHref.ts';
import type { Post } from '../../post.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asFieldsList, asLine, asNames, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { jsonItems } from '../jsonItems.ts';
import { linkedText } from '../linkedText.ts';
import type { LinkedSpan } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';

export const xArchive: Importer = { label: 'X archive', maxBytes: Infinity, read };

/** Files of an archive that hold posts; all others hold likes, messages, settings. */
const POSTS = /(?:^|\/)(?:tweets?|tweets?-part\d+)\.js$/;
const RETWEET = /^RT @\w+:/;
/** "Wed Oct 10 20:19:24 +0000 2018" */
const OWN_DATE = /^\w{3} (\w{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (\+\d{4}) (\d{4})$/;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  if (!POSTS.test(file.path)) {
    yield { kind: 'skipped', file: file.path, reason: 'not-a-post' };
    return;
  }
  const account = await readCompanion(file.path, 'account.js', 'account', context);
  const own = account[0] === undefined ? '' : asLine(firstOf(account[0], 'accountId'));
  const longer = await readCompanion(file.path, 'note-tweet.js', 'noteTweet', context);
  const longTexts = longer.flatMap((note) => {
    const core = asFields(firstOf(note, 'core'));
    return core === null ? [] : [textOf(core, 'text')];
  });
  yield* eachItem(file, context, {
    items: jsonItems(file, { paths: ['$.*'], startsAt: '[' }),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => {
      const fields = asFields(item);
      const tweet = fields === null ? null : (asFields(firstOf(fields, 'tweet')) ?? fields);
      return tweet === null ? null : readTweet(tweet, place, { own, longTexts, context });
    },
  });
}

interface Archive {
  own: string;
  longTexts: readonly string[];
  context: ImporterContext;
}

function readTweet(tweet: Fields, place: string, { own, longTexts, context }: Archive): Post | SkipReason | null {
  const short = textOf(tweet, 'full_text', 'text');
  if (RETWEET.test(short)) return null;
  const answered = asLine(firstOf(tweet, 'in_reply_to_user_id_str', 'in_reply_to_user_id'));
  const reply = answered !== '' && answered !== own ? unless('reply', context) : null;
  if (reply !== null) return reply;
  const text = wholeText(short, longTexts);
  const entities = asFields(firstOf(tweet, 'entities')) ?? {};
  const id = asLine(firstOf(tweet, 'id_str', 'id'));
  const body = linkedText(text, linksOf(text, entities));
  const tags = list(entities, 'hashtags').map((tag) => asLine(firstOf(tag, 'text')));
  return makePost(
    {
      ...noParts,
      id: `x/${id || place}`,
      kind: 'note',
      fallbackTitle: firstWords(body.text),
      date: dateOf(asLine(firstOf(tweet, 'created_at'))),
      url: /^\d+$/.test(id) ? safePostUrl(`https://x.com/i/status/${id}`) : null,
      tags: asNames(tags.map(asTitle)),
      source: context.source,
      body,
    },
    place,
  );
}

/** A long post stands cut off among the others, and whole in a file of its own, joined by nothing but its words. */
function wholeText(short: string, longTexts: readonly string[]): string {
  const cut = /^([^]{100,}?)(?:…|\.\.\.)?\s*(?:https:\/\/t\.co\/\w+)?$/.exec(short)?.[1]?.trim();
  if (cut === undefined || longTexts.length === 0) return short;
  return longTexts.find((long) => long.length > short.length && long.startsWith(cut)) ?? short;
}

/** Short addresses become the ones they stand for; those of pictures go. */
function linksOf(text: string, entities: Fields): LinkedSpan[] {
  const targets = new Map<string, { href: string; words: string }>();
  for (const link of list(entities, 'urls')) {
    const href = asLine(firstOf(link, 'expanded_url'));
    targets.set(asLine(firstOf(link, 'url')), { href, words: asLine(firstOf(link, 'display_url')) || href });
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

async function readCompanion(from: string, name: string, key: string, context: ImporterContext): Promise<Fields[]> {
  const text = await context.sibling(from, name);
  if (text === null) return [];
  try {
    const items = asFieldsList(JSON.parse(text.slice(Math.max(0, text.indexOf('[')))));
    return items.map((item) => asFields(item[key])).filter((fields) => fields !== null);
  } catch {
    return []; // Posts come in without it: only whose answers are whose is then unknown.
  }
}

const list = (fields: Fields, name: string): Fields[] => asFieldsList(firstOf(fields, name));

function textOf(fields: Fields, ...names: string[]): string {
  const value = firstOf(fields, ...names);
  return typeof value === 'string' ? value : '';
}
