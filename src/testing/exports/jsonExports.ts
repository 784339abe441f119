// Exports in JSON.
import type { ExportFiles, ExportFormat, ExportItem } from './exportItem.ts';

const ME = 'https://social.example/users/ishbel';
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
/** Texts of networks have no title; the first words stand for one. */
const untitled = { title: false, html: false } as const;

/** Makes the value of one key of one item a thing that nothing can be read from. */
export const spoil =
  (path: string, pattern: RegExp, by: string) =>
  (files: ExportFiles): ExportFiles => ({ ...files, [path]: String(files[path]).replace(pattern, by) });

export const jsonFeed: ExportFormat = {
  name: 'feed',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'feed.json': JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Ferry notes',
      home_page_url: 'https://ferry.example/',
      items: items.map(({ number, title, html, date, tags }) => ({
        id: `https://ferry.example/${number}/`,
        url: `https://ferry.example/${number}/`,
        title,
        content_html: html,
        date_published: date,
        tags,
      })),
    }),
  }),
};

const activity = ({ number, html, date, tags, state }: ExportItem): unknown => {
  const to = state === 'private' ? [`${ME}/followers`] : [PUBLIC];
  return {
    id: `${ME}/statuses/${number}/activity`,
    type: 'Create',
    actor: ME,
    published: date,
    to,
    cc: [`${ME}/followers`],
    object: {
      id: `${ME}/statuses/${number}`,
      type: 'Note',
      summary: null,
      inReplyTo: state === 'reply' ? 'https://other.example/users/jo/statuses/1' : null,
      published: date,
      url: `https://social.example/@ishbel/${number}`,
      attributedTo: ME,
      to,
      cc: [`${ME}/followers`],
      sensitive: false,
      content: html,
      contentMap: { en: html },
      attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: '/media/1.jpg', name: 'A boat', blurhash: 'x' }],
      tag: tags.map((name) => ({ type: 'Hashtag', href: 'https://social.example/tags/x', name: `#${name}` })),
    },
    signature: { type: 'RsaSignature2017', signatureValue: 'x' },
  };
};

export const mastodonExport: ExportFormat = {
  name: 'mastodon',
  carries: { title: false, date: 'second', tags: true, html: true },
  states: ['public', 'private', 'reply'],
  write: (items) => ({
    'export/actor.json': JSON.stringify({
      '@context': [],
      id: ME,
      type: 'Person',
      name: 'Ishbel',
      outbox: 'outbox.json',
    }),
    'export/outbox.json': JSON.stringify({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: 'outbox.json',
      type: 'OrderedCollection',
      totalItems: items.length,
      orderedItems: [
        ...items.map(activity),
        {
          id: `${ME}/statuses/9/activity`,
          type: 'Announce',
          actor: ME,
          object: 'https://other.example/users/jo/statuses/2',
        },
      ],
    }),
  }),
  breakItem: spoil(
    'export/outbox.json',
    /"content":"(?:[^"\\]|\\.)*","contentMap":\{"en":"(?:[^"\\]|\\.)*"\}/,
    '"content":7,"contentMap":{}',
  ),
};

const record = ({ text, date, tags, state }: ExportItem): Record<string, unknown> => ({
  $type: 'app.bsky.feed.post',
  text,
  createdAt: date.replace('Z', '.000Z'),
  langs: ['en'],
  tags,
  ...(state === 'reply'
    ? {
        reply: {
          root: { uri: 'at://did:plc:jo/app.bsky.feed.post/1' },
          parent: { uri: 'at://did:plc:jo/app.bsky.feed.post/1' },
        },
      }
    : {}),
});

export const blueskyRecord = record;

export const blueskyJson: ExportFormat = {
  name: 'bluesky',
  carries: { ...untitled, date: 'second', tags: true },
  states: ['public', 'reply'],
  write: (items) => ({
    'records.json': JSON.stringify({
      records: items.map((item) => ({
        uri: `at://did:plc:ishbel/app.bsky.feed.post/3k${item.number}`,
        cid: 'bafyreib',
        value: record(item),
      })),
      cursor: '3k1',
    }),
  }),
};

export const hackerNewsItems: ExportFormat = {
  name: 'hacker-news',
  carries: { title: true, date: 'second', tags: false, html: true },
  states: ['public', 'reply'],
  write: (items) => ({
    'items.json': JSON.stringify(
      items.map(({ number, title, html, date, state }) => ({
        by: 'ishbel',
        descendants: 0,
        id: number,
        score: 3,
        time: Date.parse(date) / 1000,
        ...(state === 'reply' ? { parent: 1 } : { title }),
        type: state === 'reply' ? 'comment' : 'story',
        text: html.replace(/^<p>/, '').replaceAll('</p>', ''),
      })),
    ),
  }),
};

export const jsonLinesExport: ExportFormat = {
  name: 'json-lines',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'posts.jsonl': items
      .map(({ number, title, html, date, tags }) =>
        JSON.stringify({ id: `ferry-${number}`, url: `https://ferry.example/${number}/`, title, html, date, tags }),
      )
      .join('\n'),
  }),
  breakItem: (files) => ({ 'posts.jsonl': String(files['posts.jsonl']).replace('\n{"id"', '\n{"id') }),
};
