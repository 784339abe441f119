// Transcripts in every form that they come in, and the posts that they belong to.
import { describe, expect, test } from 'vitest';
import { importOne, importTexts } from '../../../testing/importTexts.ts';

const timesOf = (post: Awaited<ReturnType<typeof importOne>>) =>
  post.blocks.map(({ start, end, startS, endS }) => [post.text.slice(start, end), startS, endS]);

const SAID = 'The seal came back to the slip at noon. ';
const long = (times: number): string => SAID.repeat(times).trim();

describe('timed text', () => {
  test.each([
    ['talk.srt', '1\n00:00:01,500 --> 00:00:04,000\nThe seal came back.\n'],
    ['talk.sbv', '0:00:01.500,0:00:04.000\nThe seal\ncame back.\n\n'],
    [
      'talk.ttml',
      '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.500" end="00:00:04.000">The seal<br/>came back.</p></div></body></tt>',
    ],
    [
      'talk.xml',
      '<?xml version="1.0" encoding="utf-8" ?><transcript><text start="1.5" dur="2.5">The seal came &amp;quot;back&amp;quot;.</text></transcript>',
    ],
    [
      'talk.xml',
      '<?xml version="1.0"?><timedtext format="3"><body><p t="1500" d="2500"><s>The seal </s><s>came back.</s></p></body></timedtext>',
    ],
    [
      'talk.json',
      '{"wireMagic":"pb3","events":[{"tStartMs":1500,"dDurationMs":2500,"segs":[{"utf8":"The seal "},{"utf8":"came back."}]}]}',
    ],
    ['talk.json', '{"version":"1.0.0","segments":[{"startTime":1.5,"endTime":4,"body":"The seal came back."}]}'],
    ['talk.json', '{"text":"x","segments":[{"id":0,"start":1.5,"end":4,"text":" The seal came back."}]}'],
    ['talk.txt', '[00:01.5] The seal\n[00:02] came\n[00:03] back.\n[00:04]\n'],
  ])('%s', async (path, source) => {
    const post = await importOne(path, source);
    expect(post.kind).toBe('video');
    expect(timesOf(post)).toEqual([[expect.stringMatching(/^The seal came "?back"?\.$/), 1.5, 4]]);
  });

  test('a sentence that ends within a cue ends a block there, at its share of the time', async () => {
    const post = await importOne(
      'talk.vtt',
      `WEBVTT\n\n00:00.000 --> 00:10.000\n${long(6)} And then\n\n00:10.000 --> 00:20.000\nit left again. ${long(6)}\n`,
    );
    for (const [said] of timesOf(post)) expect(said).toMatch(/^[A-Z][^]*\.$/);
    const starts = post.blocks.map(({ startS }) => startS ?? -1);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(post.blocks.at(-1)?.endS).toBe(20);
  });

  test('words timed one by one run together', async () => {
    const words = 'The seal came back to the slip at noon .'.split(' ');
    const segments = words.map((body, index) => ({ startTime: index, endTime: index + 1, speaker: 'Ishbel', body }));
    const post = await importOne('talk.json', JSON.stringify({ version: '1.0.0', segments }));
    expect(timesOf(post)).toEqual([['Ishbel: The seal came back to the slip at noon.', 0, 10]]);
  });
});

test('an episode of a podcast takes in the transcript that it names', async () => {
  const feed = `<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>Ferry talk</title><link>https://ferry.example</link><item><title>Seals</title><guid isPermaLink="false">e1</guid>
<description>Notes.</description><itunes:duration>01:00</itunes:duration><enclosure url="https://ferry.example/e1.mp3" type="audio/mpeg" length="1"/>
<podcast:transcript url="https://ferry.example/t/e1.vtt?x=1" type="text/vtt"/></item></channel></rss>`;
  const { posts, issues } = await importTexts({
    'show/feed.xml': feed,
    'show/transcripts/e1.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nThe seal came back.\n',
  });
  expect(issues).toEqual([]);
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatchObject({
    kind: 'video',
    title: 'Seals',
    text: 'Notes.\n\nThe seal came back.',
    url: 'https://ferry.example/e1.mp3',
    durationS: 60,
  });
});

test('videos of a Takeout find their captions by title or id', async () => {
  const { posts, issues } = await importTexts({
    'Takeout/video metadata/videos.csv':
      'Video ID,Video Title (Original),Video Description (Original),Privacy,Video Publish Timestamp\n' +
      'abcdefghijk,Seals at noon,About seals.,Public,2024-05-01T10:00:00+00:00\n' +
      'lmnopqrstuv,"Tides: part 1",,Public,2024-05-02T10:00:00+00:00\n',
    'Takeout/videos/Seals at noon.en.srt': '1\n00:00:01,000 --> 00:00:02,000\nThe seal came back.\n',
    'Takeout/videos/Tides [lmnopqrstuv].vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nThe tide came in.\n',
  });
  expect(issues).toEqual([]);
  expect(posts.map(({ title, text, url }) => [title, text, url])).toEqual([
    ['Seals at noon', 'About seals.\n\nThe seal came back.', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['Tides: part 1', 'The tide came in.', 'https://www.youtube.com/watch?v=lmnopqrstuv'],
  ]);
});
