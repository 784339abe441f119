// What the exports of networks hold beside what was said to everyone: answers, what is not sent yet, what others said.
import { describe, expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';

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
