// What the archive of X keeps in files of its own: the whole of long posts, posts of communities; and where they lay in earlier years.
import { describe, expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';

const scriptOf = (name: string, items: readonly unknown[]): string =>
  `window.YTD.${name}.part0 = ${JSON.stringify(items)}`;

const AT_NOON = { created_at: 'Thu Oct 31 12:00:05 +0000 2024', createdAt: '2024-10-31T12:00:05.000Z' };

const tweet = (id: string, full_text: string, more: object = {}): unknown => ({
  tweet: { id_str: id, full_text, created_at: AT_NOON.created_at, entities: {}, ...more },
});

const note = (text: string, more: object = {}, createdAt: string | undefined = AT_NOON.createdAt): unknown => ({
  noteTweet: {
    noteTweetId: '90',
    updatedAt: createdAt,
    lifecycle: { value: '1', name: 'Active', originalName: 'Active', annotations: {} },
    createdAt,
    core: { styletags: [], urls: [], text, mentions: [], cashtags: [], hashtags: [], ...more },
  },
});

async function textsOf(tweets: readonly unknown[], notes: readonly unknown[]): Promise<string[]> {
  const { posts, issues } = await importTexts({
    'x/data/tweets.js': scriptOf('tweets', tweets),
    'x/data/note-tweet.js': scriptOf('note_tweet', notes),
  });
  expect(issues).toEqual([]);
  return posts.map(({ text }) => text);
}

const SAID = 'The tide table on the pier is wrong again, and nobody has told the second boat about it yet. '.repeat(3);

describe('a long post is whole', () => {
  test('and short addresses are what they stand for', async () => {
    const long = `${SAID}See the pier.`;
    const { posts } = await importTexts({
      'x/data/tweets.js': scriptOf('tweets', [
        tweet('1', `${long.slice(0, 270)}… https://t.co/a`),
        tweet('2', 'Read https://t.co/b', {
          entities: {
            urls: [{ url: 'https://t.co/b', expanded_url: 'https://ferry.example/a', display_url: 'ferry.example/a' }],
          },
        }),
      ]),
      'x/data/note-tweet.js': scriptOf('note_tweet', [{ noteTweet: { noteTweetId: '9', core: { text: long } } }]),
    });
    expect(posts[0]?.text).toBe(long);
    expect(posts[1]).toMatchObject({ text: 'Read ferry.example/a', links: [{ href: 'https://ferry.example/a' }] });
  });

  test('where the post is written with references and the note is not', async () => {
    const start = `${SAID.slice(0, 200)} Boats & tides > buses, if depth < 2`;
    const escaped = start.replace('&', '&amp;').replace('>', '&gt;').replace('<', '&lt;');
    const whole = `${start} fathoms: write &amp; in HTML for it.`;
    expect(await textsOf([tweet('1', `${escaped}… https://t.co/a`)], [note(whole)])).toEqual([whole]);
  });

  test('where it ends in the addresses of a quoted post and a picture', async () => {
    const whole = `${SAID}See the pier.`;
    const cut = `${whole.slice(0, 240)}… https://t.co/quoted1 https://t.co/picture2`;
    expect(await textsOf([tweet('1', cut)], [note(whole)])).toEqual([whole]);
  });

  test('where it is longer by less than an address has', async () => {
    const whole = `${SAID}Fin.`;
    const cut = `${whole.slice(0, -4)}… https://t.co/8abcdefghi`;
    expect(await textsOf([tweet('1', cut)], [note(whole)])).toEqual([whole]);
  });

  test('with the addresses and hashtags that stand in its end alone', async () => {
    const whole = `${SAID}More at https://t.co/sYSTt3Rkq8 #harbour`;
    const { posts } = await importTexts({
      'x/data/tweets.js': scriptOf('tweets', [
        tweet('1', `${SAID.trim()}…`, { entities: { hashtags: [{ text: 'tides' }] } }),
      ]),
      'x/data/note-tweet.js': scriptOf('note_tweet', [
        note(whole, {
          urls: [
            {
              expandedUrl: 'https://ferry.example/more',
              shortUrl: 'https://t.co/sYSTt3Rkq8',
              displayUrl: 'ferry.example/more',
              fromIndex: '288',
              toIndex: '311',
            },
          ],
          hashtags: [{ text: 'harbour', fromIndex: '312', toIndex: '320' }],
        }),
      ]),
    });
    expect(posts[0]?.text).toBe(`${SAID}More at ferry.example/more #harbour`);
    expect(posts[0]?.links.map(({ href }) => href)).toEqual(['https://ferry.example/more']);
    expect(posts[0]?.tags).toEqual(['tides', 'harbour']);
  });

  test('where a thread was sent within a second', async () => {
    const wholes = ['One', 'Two', 'Three'].map((word) => `${word}: ${SAID}The end of ${word}.`);
    const cuts = wholes.map((whole, index) => tweet(String(index), `${whole.slice(0, 270)}…`));
    expect(
      await textsOf(
        cuts,
        [...wholes].reverse().map((whole) => note(whole)),
      ),
    ).toEqual(wholes);
  });

  test('where its second is another and its words are the same', async () => {
    const whole = `${SAID}See the pier.`;
    const late = note(whole, {}, '2024-10-31T12:00:07.000Z');
    expect(await textsOf([tweet('1', `${whole.slice(0, 270)}…`)], [late])).toEqual([whole]);
  });
});

test('a post that stands whole is left as it is', async () => {
  const long = `${SAID}See the pier.`;
  const texts = ['Well…', 'https://t.co/a', '', SAID.slice(0, 120), `Not ${long.slice(0, 250)}…`];
  const other = note(long, {}, '2023-01-01T00:00:00.000Z');
  const read = await textsOf(
    texts.filter((text) => text !== '').map((text, index) => tweet(String(index), text)),
    [other, note('Well, another thing.'), note('')],
  );
  expect(read).toEqual(['Well…', 'https://t.co/a', texts[3]?.trim(), texts[4]]);
});

describe('a file beside the posts that cannot be read costs only itself', () => {
  const tweets = scriptOf('tweets', [tweet('1', 'Hello from the slip.'), tweet('2', 'And on.')]);
  const notes = scriptOf('note_tweet', [note(SAID)]);

  test.each<[string, string, BlobPart]>([
    ['cut off', 'note-tweet.js', notes.slice(0, -9)],
    ['no text', 'note-tweet.js', new Uint8Array([0x5b, 0xff, 0xfe, 0xff, 0x5d])],
    ['of something else', 'note-tweet.js', 'Not found'],
    ['cut off', 'account.js', 'window.YTD.account.part0 = [{"account":{"accountId":'],
  ])('%s: %s', async (_, name, broken) => {
    const { posts, issues } = await importTexts({
      'x/data/tweets.js': tweets,
      'x/data/tweets-part1.js': scriptOf('tweets', [tweet('3', 'The day after.')]),
      [`x/data/${name}`]: broken,
    });
    expect(posts.map(({ text }) => text)).toEqual(['Hello from the slip.', 'And on.', 'The day after.']);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.item).toBe(`x/data/${name}`);
    expect(issues[0]?.message).toContain(name);
  });

  test('one with something behind its end is read', async () => {
    const whole = `${SAID}See the pier.`;
    const { posts, issues } = await importTexts({
      'x/data/tweets.js': scriptOf('tweets', [tweet('1', `${whole.slice(0, 270)}…`)]),
      'x/data/note-tweet.js': `${scriptOf('note_tweet', [note(whole)])};\n`,
    });
    expect(issues).toEqual([]);
    expect(posts.map(({ text }) => text)).toEqual([whole]);
  });
});

test('posts in communities are posts, and what was deleted is none', async () => {
  const { posts, issues } = await importTexts({
    'x/data/tweets.js': scriptOf('tweets', [tweet('1', 'To everyone.')]),
    'x/data/community-tweet.js': scriptOf('community_tweet', [
      tweet('2', 'To those who row.', { community_id_str: '1493', scopes: { followers: false } }),
    ]),
    'x/data/deleted-tweets.js': scriptOf('deleted_tweets', [tweet('3', 'Taken back.')]),
  });
  expect(issues).toEqual([]);
  expect(posts.map(({ text }) => text).sort()).toEqual(['To everyone.', 'To those who row.']);
});

test('archives of 2018 and 2019 have their posts at the root, each without a wrapper', async () => {
  const own = { id_str: '1', full_text: 'Hello from the slip.', created_at: AT_NOON.created_at, entities: {} };
  const thread = { ...own, id_str: '2', full_text: 'And on.', in_reply_to_user_id_str: '5' };
  const { posts, issues } = await importTexts({
    'twitter-2019-03-01/account.js': scriptOf('account', [{ account: { accountId: '5' } }]),
    'twitter-2019-03-01/tweet.js': scriptOf('tweet', [own, thread]),
    'twitter-2019-03-01/like.js': scriptOf('like', [{ like: { tweetId: '7', fullText: 'Somebody else’s.' } }]),
    'twitter-2019-03-01/assets/tweets.js': 'export const tweets = [];',
  });
  expect(issues).toEqual([]);
  expect(posts.map(({ text }) => text)).toEqual(['Hello from the slip.', 'And on.']);
});
