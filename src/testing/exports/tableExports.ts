// Exports as tables.
import { csvFile, databaseTime } from './exportItem.ts';
import type { ExportFormat, ExportItem } from './exportItem.ts';

export const substackExport: ExportFormat = {
  name: 'substack',
  carries: { title: true, date: 'second', tags: false, html: true },
  states: ['public', 'draft', 'private'],
  write: (items) => ({
    'substack/posts.csv': csvFile(
      [
        'post_id',
        'post_date',
        'is_published',
        'email_sent_at',
        'inbox_sent_at',
        'type',
        'audience',
        'title',
        'subtitle',
        'podcast_url',
      ],
      [
        ...items.map(({ number, title, date, state }) => [
          `${number}.tide-${number}`,
          state === 'draft' ? '' : date.replace('Z', '.000Z'),
          String(state !== 'draft'),
          '',
          '',
          'newsletter',
          state === 'private' ? 'only_paid' : 'everyone',
          title,
          '',
          '',
        ]),
        ['90.about', '2020-01-01T00:00:00.000Z', 'true', '', '', 'page', 'everyone', 'About', '', ''],
        ['91.chat', '2020-01-01T00:00:00.000Z', 'true', '', '', 'thread', 'everyone', 'Chat', '', ''],
      ],
    ),
    'substack/posts/90.about.html': '<p>Ishbel writes about ferries.</p>',
    ...Object.fromEntries(items.map(({ number, html }) => [`substack/posts/${number}.tide-${number}.html`, html])),
  }),
  breakItem: (files) => ({ ...files, 'substack/posts/2.tide-2.html': '' }),
};

export const linkedinExport: ExportFormat = {
  name: 'linkedin-shares',
  carries: { title: false, date: 'second', tags: false, html: false },
  states: ['public', 'private'],
  write: (items) => ({
    'Shares.csv': csvFile(
      ['Date', 'ShareLink', 'ShareCommentary', 'SharedUrl', 'MediaUrl', 'Visibility'],
      items.map(({ number, text, date, state }) => [
        databaseTime(date),
        `https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A${number}`,
        text.split('\n').join('"\n"'),
        '',
        '',
        state === 'private' ? 'CONNECTIONS' : 'MEMBER_NETWORK',
      ]),
    ),
  }),
};

export const redditExport: ExportFormat = {
  name: 'reddit',
  carries: { title: true, date: 'second', tags: false, html: false },
  states: ['public', 'draft'],
  write: (items) => ({
    'reddit/scheduled_posts.csv': csvFile(
      ['scheduled_post_id', 'subreddit', 'title', 'body', 'url', 'submission_time', 'recurrence'],
      items
        .filter(({ state }) => state === 'draft')
        .map(({ number, title, text }) => [`s${number}`, 'ferries', title, text, '', '2030-01-01 00:00:00 UTC', '']),
    ),
    'reddit/posts.csv': csvFile(
      ['id', 'permalink', 'date', 'ip', 'subreddit', 'gildings', 'title', 'url', 'body'],
      items
        .filter(({ state }) => state !== 'draft')
        .map(({ number, title, text, date }) => [
          `k${number}`,
          `https://www.reddit.com/r/ferries/comments/k${number}/tide/`,
          `${databaseTime(date)} UTC`,
          '',
          'ferries',
          '0',
          title,
          `https://www.reddit.com/r/ferries/comments/k${number}/tide/`,
          text,
        ]),
    ),
  }),
};

export const csvTable: ExportFormat = {
  name: 'table',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'posts.csv': csvFile(
      ['ID', 'Title', 'Body', 'Published at', 'URL', 'Tags'],
      items.map(({ number, title, html, date, tags }) => [
        `row-${number}`,
        title,
        html,
        date,
        `https://ferry.example/${number}/`,
        tags.join('; '),
      ]),
    ),
  }),
};

/** The table of videos, whose rows are the same in every language but for the words of who may see them. */
const videosTable = (columns: readonly string[], seenBy: { all: string; none: string }, items: readonly ExportItem[]) =>
  csvFile(
    columns,
    items.map(({ number, title, text, date, tags, state }) => [
      `tide-${String(number).padStart(6, '0')}`,
      '95000',
      'en',
      'Education',
      text,
      'UCx',
      ...[0, 1].map((index) => tags[index] ?? ''),
      title,
      state === 'private' ? seenBy.none : seenBy.all,
      'Processed',
      date.replace('Z', '+00:00').replace(/^\d{4}/, '2019'),
      date.replace('Z', '+00:00'),
    ]),
  );

export const youtubeTakeout: ExportFormat = {
  name: 'youtube',
  carries: { title: true, date: 'second', tags: true, html: false },
  states: ['public', 'private'],
  write: (items) => ({
    'Takeout/YouTube/comments/comments.csv': csvFile(
      [
        'Comment ID',
        'Channel ID',
        'Comment Create Timestamp',
        'Price',
        'Parent Comment ID',
        'Video ID',
        'Comment Text',
      ],
      [['UgxA', 'UCx', '2020-01-01T00:00:00+00:00', '0', '', 'tide-000001', '{"text":"A reader’s words"}']],
    ),
    'Takeout/YouTube/playlists/Watch later-videos.csv': csvFile(
      ['Video ID', 'Playlist Video Creation Timestamp'],
      [['abcdefghijk', '2020-01-01T00:00:00+00:00']],
    ),
    'Takeout/YouTube/video metadata/videos.csv': videosTable(
      [
        'Video ID',
        'Approx Duration (ms)',
        'Video Audio Language',
        'Video Category',
        'Video Description (Original)',
        'Channel ID',
        'Tag 1',
        'Tag 2',
        'Video Title (Original)',
        'Privacy',
        'Video State',
        'Video Create Timestamp',
        'Video Publish Timestamp',
      ],
      { all: 'Public', none: 'Private' },
      items,
    ),
  }),
};

export const youtubeTakeoutGerman: ExportFormat = {
  ...youtubeTakeout,
  write: (items) => ({
    'Takeout/YouTube/Video-Metadaten/Videos.csv': videosTable(
      [
        'Video-ID',
        'Ungefähre Dauer (ms)',
        'Audiosprache des Videos',
        'Videokategorie',
        'Videobeschreibung (Original)',
        'Kanal-ID',
        'Tag: 1',
        'Tag: 2',
        'Videotitel (Original)',
        'Datenschutz',
        'Videostatus',
        'Zeitstempel bei Videoerstellung',
        'Zeitstempel bei Videoveröffentlichung',
      ],
      { all: 'Öffentlich', none: 'Privat' },
      items,
    ),
  }),
};
