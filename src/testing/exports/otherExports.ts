// Exports as tables, Markdown and captions.
import { csvFile, databaseTime, escapeXml } from './exportItem.ts';
import type { ExportFormat } from './exportItem.ts';

const NOTION_ID = (number: number): string => number.toString(16).padStart(32, '0');

export const substackExport: ExportFormat = {
  name: 'substack',
  carries: { title: true, date: 'second', tags: false, html: true },
  states: ['public', 'draft'],
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
      items.map(({ number, title, date, state }) => [
        `${number}.tide-${number}`,
        state === 'draft' ? '' : date.replace('Z', '.000Z'),
        String(state !== 'draft'),
        '',
        '',
        'newsletter',
        'everyone',
        title,
        '',
        '',
      ]),
    ),
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
  states: ['public'],
  write: (items) => ({
    'posts.csv': csvFile(
      ['id', 'permalink', 'date', 'ip', 'subreddit', 'gildings', 'title', 'url', 'body'],
      items.map(({ number, title, text, date }) => [
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

export const youtubeTakeout: ExportFormat = {
  name: 'youtube',
  carries: { title: true, date: 'second', tags: false, html: false },
  states: ['public', 'private'],
  write: (items) => ({
    'Takeout/video metadata/videos.csv': csvFile(
      [
        'Video ID',
        'Approx Duration (ms)',
        'Video Audio Language',
        'Video Category',
        'Video Description (Original)',
        'Channel ID',
        'Video Title (Original)',
        'Privacy',
        'Video State',
        'Video Create Timestamp',
        'Video Publish Timestamp',
      ],
      items.map(({ number, title, text, date, state }) => [
        `tide${number}abcd`,
        '95000',
        'en',
        'Education',
        text,
        'UCx',
        title,
        state === 'private' ? 'Private' : 'Public',
        'Processed',
        date.replace('Z', '+00:00'),
        date.replace('Z', '+00:00'),
      ]),
    ),
  }),
};

const markdownOf = (front: string, title: string, text: string): string =>
  `${front}\n${title === '' ? '' : `# ${title}\n\n`}${text}\n`;

export const hugoMarkdown: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'second', tags: true, html: false },
  states: ['public', 'draft'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `site/content/posts/tide-${number}.md`,
        markdownOf(
          `+++\ntitle = ${JSON.stringify(title)}\ndate = ${date}\ndraft = ${state === 'draft'}\ntags = ${JSON.stringify(tags)}\n+++`,
          '',
          text,
        ),
      ]),
    ),
};

export const astroMarkdown: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'second', tags: true, html: false },
  states: ['public', 'draft', 'private'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `site/src/content/blog/tide-${number}.mdx`,
        markdownOf(
          `---\ntitle: ${JSON.stringify(title)}\npubDate: ${date}\ndraft: ${state === 'draft'}\nunlisted: ${state === 'private'}\ntags: ${JSON.stringify(tags)}\n---\nimport Boat from '../Boat.astro';\n`,
          '',
          text,
        ),
      ]),
    ),
};

export const notionExport: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'day', tags: true, html: false },
  states: ['public', 'draft'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `Export/Posts ${NOTION_ID(90_000)}/Tide table ${number} ${NOTION_ID(number)}.md`,
        markdownOf(
          '',
          title,
          `Date: ${new Date(date).toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })}\nStatus: ${state === 'draft' ? 'Draft' : 'Published'}\nTags: ${tags.join(', ')}\n\n${text}`,
        ).trimStart(),
      ]),
    ),
};

const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);

export const captions: ExportFormat = {
  name: 'transcript',
  carries: { title: false, date: 'none', tags: false, html: false },
  states: ['public'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, text }) => [
        `talks/tide-${number}.vtt`,
        `WEBVTT\n\n${text
          .split('\n\n')
          .map(
            (line, index) =>
              `${index + 1}\n${stamp(index * 5)} --> ${stamp(index * 5 + 4)}\n<v Ishbel>${escapeXml(line)}`,
          )
          .join('\n\n')}\n`,
      ]),
    ),
};

/** What Whisper writes: all that was said, and then again in segments. */
export const whisperExport: ExportFormat = {
  name: 'timed-text',
  carries: { title: false, date: 'none', tags: false, html: false },
  states: ['public'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, text }) => [
        `talks/tide-${number}.json`,
        JSON.stringify({
          text: ` ${text.replaceAll('\n\n', ' ')}`,
          segments: text.split('\n\n').map((line, index) => ({
            id: index,
            seek: 0,
            start: index * 5,
            end: index * 5 + 4,
            text: ` ${escapeXml(line)}`,
            tokens: [50364, 440],
            temperature: 0,
            avg_logprob: -0.25,
            compression_ratio: 1.5,
            no_speech_prob: 0.01,
          })),
          language: 'en',
        }),
      ]),
    ),
};
