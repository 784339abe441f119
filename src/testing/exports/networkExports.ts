// The archive of X, and Threads as Meta's download has it.
import type { ExportFormat, ExportItem } from './exportItem.ts';

/** Where every second post of X is cut off: it stands whole as a note. Others are cut later, but no sooner than that. */
const X_CUT = 105;
const escapeX = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const isLongOnX = ({ number, text }: ExportItem): boolean => number % 2 === 0 && text.length > X_CUT;

/** "Wed Oct 10 20:19:24 +0000 2018" */
const xDate = (iso: string): string => {
  const [day, date, month, year, time] = new Date(iso).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
};

export const xExport: ExportFormat = {
  name: 'x',
  carries: { title: false, html: false, date: 'second', tags: true },
  states: ['public', 'reply'],
  write: (items) => ({
    'twitter/data/account.js': `window.YTD.account.part0 = ${JSON.stringify([{ account: { username: 'ishbel', accountId: '77', accountDisplayName: 'Ishbel' } }])}`,
    'twitter/data/like.js': `window.YTD.like.part0 = ${JSON.stringify([{ like: { tweetId: '1', fullText: 'Somebody else’s words.' } }])}`,
    'twitter/data/tweets.js': `window.YTD.tweets.part0 = ${JSON.stringify(
      [
        ...items.map((item) => ({
          tweet: {
            edit_info: { initial: { editTweetIds: [String(item.number)], editsRemaining: '5', isEditEligible: true } },
            retweeted: false,
            source: '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
            entities: {
              hashtags: isLongOnX(item) ? [] : item.tags.map((tag) => ({ text: tag, indices: ['0', '1'] })),
              symbols: [],
              user_mentions: [],
              urls: [],
            },
            display_text_range: ['0', '99'],
            favorite_count: '1',
            id_str: String(item.number),
            truncated: false,
            retweet_count: '0',
            id: String(item.number),
            created_at: xDate(item.date),
            favorited: false,
            full_text: isLongOnX(item)
              ? `${escapeX(item.text.slice(0, X_CUT))}… https://t.co/quoted1234 https://t.co/shown56789`
              : escapeX(item.text),
            lang: 'en',
            ...(item.state === 'reply'
              ? { in_reply_to_user_id_str: '5', in_reply_to_screen_name: 'jo', in_reply_to_status_id_str: '4' }
              : {}),
          },
        })),
        {
          tweet: {
            id_str: '9',
            full_text: 'RT @jo: Somebody else’s words.',
            created_at: xDate('2020-01-01T00:00:00Z'),
            entities: {},
          },
        },
      ],
      null,
      2,
    )}`,
    'twitter/data/note-tweet.js': `window.YTD.note_tweet.part0 = ${JSON.stringify(
      items.filter(isLongOnX).map(({ number, text, date, tags }) => ({
        noteTweet: {
          noteTweetId: String(number + 1_000_000),
          updatedAt: date.replace('Z', '.000Z'),
          lifecycle: { value: '1', name: 'Active', originalName: 'Active', annotations: {} },
          createdAt: date.replace('Z', '.000Z'),
          core: {
            styletags: [],
            urls: [],
            text,
            mentions: [],
            cashtags: [],
            hashtags: tags.map((tag) => ({ text: tag, fromIndex: '0', toIndex: '1' })),
          },
        },
      })),
    )}`,
  }),
};

/** Meta writes each byte of UTF-8 as a character. */
const asBytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

export const threadsExport: ExportFormat = {
  name: 'instagram',
  carries: { title: false, html: false, date: 'second', tags: false },
  states: ['public', 'reply'],
  write: (items) => ({
    'threads_and_replies.json': JSON.stringify({
      text_post_app_text_posts: items.map(({ text, date, state }) => ({
        media: [
          {
            uri: '',
            creation_timestamp: Date.parse(date) / 1000,
            title: asBytes(text),
            cross_post_source: { source_app: 'FB' },
            text_app_post: { is_app_text_post: true, reply_control: 'everyone', is_reply: state === 'reply' },
          },
        ],
      })),
    }),
  }),
};
