// What the exports of networks hold beside what was said to everyone: answers, what is not sent yet, what others said.
import { describe, expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';

describe('a post that says how a character is written keeps its words', () => {
  const words = 'Write &amp; for an ampersand, and &lt;b&gt; for <b> & so on.';

  test.each([
    [
      'Bluesky',
      'records.json',
      JSON.stringify({
        records: [{ uri: 'at://did:plc:a/app.bsky.feed.post/1', value: { $type: 'app.bsky.feed.post', text: words } }],
      }),
    ],
    [
      'Threads',
      'threads_and_replies.json',
      JSON.stringify({ text_post_app_text_posts: [{ media: [{ creation_timestamp: 1, title: words }] }] }),
    ],
    ['Instagram', 'posts_1.json', JSON.stringify([{ media: [{ uri: 'a.jpg', creation_timestamp: 1, title: words }] }])],
    [
      'LinkedIn',
      'Shares.csv',
      `Date,ShareLink,ShareCommentary\n2024-01-01 10:00:00,https://www.linkedin.com/feed/update/1,"${words}"\n`,
    ],
  ])('of %s, whose texts are plain', async (_, path, text) => {
    const { posts, issues } = await importTexts({ [path]: text });
    expect(issues).toEqual([]);
    expect(posts.map((post) => [post.title, post.text])).toEqual([[words, words]]);
  });

  test('of X, whose texts are escaped', async () => {
    const full_text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const { posts } = await importTexts({
      'x/data/tweets.js': `window.YTD.tweets.part0 = ${JSON.stringify([{ tweet: { id_str: '1', full_text } }])}`,
    });
    expect(posts.map(({ text }) => text)).toEqual([words]);
  });
});

describe('Threads and Instagram', () => {
  const said = (title: string, more: object = {}): unknown => ({
    uri: '',
    creation_timestamp: 1_704_100_000,
    title,
    ...more,
  });

  test('an answer is left out unless it is asked for', async () => {
    const files = {
      'threads_and_replies.json': JSON.stringify({
        text_post_app_text_posts: [
          { media: [said('My own words.', { text_app_post: { is_reply: false, reply_control: 'everyone' } })] },
          { media: [said('Agreed.', { text_app_post: { is_reply: true } })] },
          {
            media: [said('Look at both:', { text_app_post: {} }), said('', { text_app_post: { is_reply: true } })],
          },
        ],
      }),
    };
    const { posts, skipped } = await importTexts(files);
    expect(posts.map(({ text }) => text)).toEqual(['My own words.']);
    expect(skipped.map(({ reason }) => reason)).toEqual(['reply', 'reply']);
    expect((await importTexts(files, { include: ['reply'] })).posts).toHaveLength(3);
  });

  test('posts of every kind come in, and what was taken down does not', async () => {
    const media = (title: string): unknown[] => [{ media: [said(title)] }];
    const { posts, issues } = await importTexts({
      'instagram/media/posts_1.json': JSON.stringify(media('A post.')),
      'instagram/media/posts_2.json': JSON.stringify({ ig_posts: media('A wrapped post.') }),
      'instagram/media/reels.json': JSON.stringify({ ig_reels_media: media('A reel.') }),
      'instagram/media/igtv_videos.json': JSON.stringify({ ig_igtv_media: media('A long video.') }),
      'instagram/media/other_content.json': JSON.stringify({ ig_other_media: media('Another thing.') }),
      'instagram/media/archived_posts.json': JSON.stringify({ ig_archived_post_media: media('Put away.') }),
      'instagram/media/recently_deleted_content.json': JSON.stringify({ ig_recently_deleted_media: media('Gone.') }),
      'instagram/media/stories.json': JSON.stringify({ ig_stories: [said('Of a day.')] }),
    });
    expect(issues).toEqual([]);
    expect(posts.map(({ text }) => text)).toEqual([
      'A post.',
      'A wrapped post.',
      'A reel.',
      'A long video.',
      'Another thing.',
    ]);
  });
});

describe('Bluesky', () => {
  const record = (text: string): unknown => ({ $type: 'app.bsky.feed.post', text, createdAt: '2024-01-01T00:00:00Z' });
  const shown = (key: string, text: string, reason?: string): unknown => ({
    post: { uri: `at://did:plc:a/app.bsky.feed.post/${key}`, record: record(text) },
    ...(reason === undefined ? {} : { reason: { $type: `app.bsky.feed.defs#${reason}` } }),
  });

  test('the pinned post of a feed is one of its posts, though it stands there twice', async () => {
    const { posts, issues } = await importTexts({
      'feed.json': JSON.stringify({
        feed: [
          shown('1', 'Read this first.', 'reasonPin'),
          shown('3', 'Passed on.', 'reasonRepost'),
          shown('2', 'Newer.'),
          shown('1', 'Read this first.'),
        ],
      }),
    });
    expect(issues).toEqual([]);
    expect(posts.map(({ text }) => text)).toEqual(['Read this first.', 'Newer.']);
  });

  test('drafts of long posts are left out, and what has a subtitle has a summary', async () => {
    const entry = (key: string, more: object): unknown => ({
      uri: `at://did:plc:a/com.whtwnd.blog.entry/${key}`,
      value: { $type: 'com.whtwnd.blog.entry', title: `Entry ${key}`, content: 'Low cloud over the slip.', ...more },
    });
    const files = {
      'records.json': JSON.stringify({
        records: [
          entry('1', { subtitle: 'What the fog did', visibility: 'public' }),
          entry('2', { isDraft: true }),
          entry('3', { visibility: 'url' }),
          entry('4', { isDraft: false }),
        ],
      }),
    };
    const { posts, skipped } = await importTexts(files);
    expect(posts.map(({ title, summary }) => [title, summary])).toEqual([
      ['Entry 1', 'What the fog did'],
      ['Entry 4', ''],
    ]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['draft', 'private']);
    expect((await importTexts(files, { include: ['draft'] })).posts).toHaveLength(3);
  });
});

test('posts that Reddit will send later are drafts', async () => {
  const files = {
    'reddit/scheduled_posts.csv':
      'scheduled_post_id,subreddit,title,body,url,submission_time,recurrence\n' +
      's1,ferries,To be sent,Words not yet sent.,,2030-01-01 00:00:00 UTC,\n',
  };
  const { posts, skipped, issues } = await importTexts(files);
  expect(posts).toEqual([]);
  expect(issues).toEqual([]);
  expect(skipped.map(({ reason }) => reason)).toEqual(['draft']);
  expect((await importTexts(files, { include: ['draft'] })).posts).toMatchObject([
    { title: 'To be sent', text: 'Words not yet sent.', date: null, url: null, tags: ['r/ferries'] },
  ]);
});
