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
    [
      'talk.json',
      '{\n\t"systeminfo": "AVX = 1",\n\t"model": {\n\t\t"text": {\n\t\t\t"ctx": 448\n\t\t}\n\t},\n\t"result": {\n\t\t"language": "en"\n\t},\n\t"transcription": [\n\t\t{\n' +
        '\t\t\t"timestamps": {\n\t\t\t\t"from": "00:00:01,500",\n\t\t\t\t"to": "00:00:04,000"\n\t\t\t},\n\t\t\t"offsets": {\n\t\t\t\t"from": 1500,\n\t\t\t\t"to": 4000\n\t\t\t},\n\t\t\t"text": " The seal came back."\n\t\t}\n\t]\n}\n',
    ],
    [
      'talk.json',
      '{"transcription":[{"timestamps":{"from":"00:00:01,500","to":"00:00:04,000"},"text":" The seal came back."}]}',
    ],
    [
      'talk.json',
      '[{"text": "The seal came", "start": 1.5, "duration": 1.5}, {"text": "back.", "start": 3.0, "duration": 1.0}]',
    ],
    ['talk.json', '[\n  {\n    "start": "1.5",\n    "dur": "2.5",\n    "text": "The seal came back."\n  }\n]'],
    ['talk.json', '[[{"text": "The seal came back.", "start": 1.5, "duration": 2.5}]]'],
    ['talk.txt', '[00:01.5] The seal\n[00:02] came\n[00:03] back.\n[00:04]\n'],
  ])('%s', async (path, source) => {
    const post = await importOne(path, source);
    expect(post.kind).toBe('video');
    expect(timesOf(post)).toEqual([[expect.stringMatching(/^The seal came "?back"?\.$/), 1.5, 4]]);
  });

  /** As Whisper writes it: all that is said before the segments, on one line. */
  const whisper = (segments: number, said: (index: number) => string, rest: object = {}) => ({
    ...rest,
    text: Array.from({ length: segments }, (_, index) => ` ${said(index)}`).join(''),
    segments: Array.from({ length: segments }, (_, index) => ({
      id: index,
      seek: 0,
      start: index * 4,
      end: index * 4 + 4,
      text: ` ${said(index)}`,
      tokens: [1, 2],
      avg_logprob: -0.2,
    })),
    language: 'en',
  });
  const english = (index: number): string => `The seal of day ${index} came back to the slip at noon.`;
  const japanese = (index: number): string => `${index}日目のアザラシは正午に船着き場へ戻ってきました。`;

  test.each([
    ['of an hour', english, (value: object) => JSON.stringify(value)],
    ['in letters of three bytes', japanese, (value: object) => JSON.stringify(value)],
    ['with line ends', english, (value: object) => JSON.stringify(value, null, 2)],
    [
      'behind other fields',
      english,
      (value: object) => JSON.stringify({ task: 'transcribe', duration: 3600.5, ...value }),
    ],
    [
      'behind other fields and with line ends',
      english,
      (value: object) => JSON.stringify({ task: 'transcribe', ...value }, null, 1),
    ],
  ])('speech recognition %s', async (_, said, write) => {
    const source = write(whisper(900, said));
    const post = await importOne('talks/hour.json', source);
    expect(post).toMatchObject({ kind: 'video', title: 'Hour', durationS: 3600, id: 'blog/talks/hour.json' });
    expect(post.text).toContain(said(0));
    expect(post.text).toContain(said(899));
    expect(post.blocks.every(({ kind, endS }) => kind === 'cue' && endS !== undefined)).toBe(true);
    const short = await importOne('talks/hour.json', write(whisper(3, said)));
    expect(short.id).toBe(post.id);
  });

  test('a line of JSON with a name of its own is a post, whatever else is in it', async () => {
    const line = JSON.stringify({
      id: 'a',
      title: 'Seals',
      text: long(300),
      segments: [{ start: 0, end: 5, text: 'The' }],
    });
    const { posts } = await importTexts({ 'a.json': `${line}\n` });
    expect(posts).toMatchObject([{ kind: 'post', title: 'Seals', text: long(300) }]);
  });

  test('a table of spans with names is no transcript', async () => {
    const rows = [{ id: 'a', title: 'Seals', text: long(1), start: 3, duration: 4 }];
    const { posts } = await importTexts({ 'posts.json': JSON.stringify(rows) });
    expect(posts).toMatchObject([{ title: 'Seals', kind: 'post' }]);
  });

  const ttml = (root: string, begin: string, end: string): string =>
    `<?xml version="1.0"?><tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ${root}>` +
    `<tt:head><tt:styling><tt:style xml:id="s1"/></tt:styling></tt:head><tt:body><tt:div><tt:p begin="0s"/><tt:p begin="${begin}" end="${end}" style="s1">The seal came back.</tt:p></tt:div></tt:body></tt:tt>`;

  test.each([
    ['ticks', 'ttp:tickRate="10000000"', '15000000t', '40000000t', 1.5, 4],
    ['ticks of a frame', 'ttp:frameRate="25" ttp:subFrameRate="2"', '75t', '200t', 1.5, 4],
    ['ticks of a second', '', '2t', '4t', 2, 4],
    ['frames', '', '45f', '120f', 1.5, 4],
    ['frames at their rate', 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', '36f', '96f', 1.502, 4.004],
    ['clock times with frames', 'ttp:frameRate="24"', '00:00:01:12', '00:00:04:00', 1.5, 4],
    ['frames and their parts', 'ttp:frameRate="25" ttp:subFrameRate="2"', '00:00:01:12.1', '00:00:04:00.0', 1.5, 4],
    ['clock times with a fraction', 'ttp:frameRate="24"', '01:00:01.5', '01:00:04', 3601.5, 3604],
    [
      'time codes',
      'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"',
      '01:00:00:00',
      '01:00:01:00',
      3603.6,
      3604.601,
    ],
    [
      'time codes that drop numbers',
      'ttp:timeBase="smpte" ttp:dropMode="dropNTSC" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"',
      '01:00:00:00',
      '01:01:00:02',
      3599.996,
      3660.056,
    ],
    ['rates that are none', 'ttp:frameRate="0" ttp:tickRate="x" ttp:frameRateMultiplier="1"', '45f', '120f', 1.5, 4],
  ])('TTML: %s', async (_, root, begin, end, startS, endS) => {
    const post = await importOne('talk.ttml', ttml(root, begin, end));
    expect(timesOf(post)).toEqual([['The seal came back.', startS, endS]]);
  });

  test.each([
    ['without an end', '<tt><p begin="1s">'],
    ['without the end of a tag', '<tt><p begin="1s" <p '],
    ['of many names', '<tt><a:p begin="1s">'],
  ])('a page of captions %s takes no longer than its length', async (_, piece) => {
    const started = performance.now();
    const { posts } = await importTexts({ 'talk.ttml': piece.repeat(40_000) });
    expect(posts).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3000);
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

describe('transcripts that a podcast names', () => {
  const show = (...transcripts: [name: string, type: string][]): string =>
    '<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Ferry talk</title>' +
    '<link>https://ferry.example</link><item><title>Seals</title><guid isPermaLink="false">e1</guid><description>Notes.</description>' +
    transcripts
      .map(([name, type]) => `<podcast:transcript url="https://ferry.example/t/${name}" type="${type}"/>`)
      .join('') +
    '</item></channel></rss>';
  const html =
    '<cite>Ishbel:</cite>\n<time>0:01</time>\n<p>\n  The seal came <b>back</b>\n  to the slip.\n</p>\n<p>At noon.</p>\n' +
    '<cite>Tomasz :</cite>\n<time>1:09</time>\n<p>Did it stay?</p>\n<script>alert(1)</script>';

  test('HTML with speakers and times', async () => {
    const { posts, issues } = await importTexts({ 's/t/e1.html': html, 's/feed.xml': show(['e1.html', 'text/html']) });
    expect(issues).toEqual([]);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ kind: 'video', title: 'Seals' });
    expect(timesOf(posts[0]!)).toEqual([
      ['Notes.', undefined, undefined],
      ['Ishbel: The seal came back to the slip. At noon.', 1, 69],
      ['Tomasz: Did it stay?', 69, expect.closeTo(69.8, 1)],
    ]);
  });

  test('HTML without times', async () => {
    const page = `<html><head><title>T</title></head><body><nav><a href="/">Home</a></nav><main><cite>Ishbel:</cite><p>${long(3)}</p><p>Did it stay?</p></main></body></html>`;
    const { posts } = await importTexts({ 's/feed.xml': show(['e1.html', 'text/html']), 's/e1.html': page });
    expect(posts.map(({ text }) => text)).toEqual([`Notes.\n\nIshbel: ${long(3)}\n\nDid it stay?`]);
  });

  test('plain text, in which a time is only words', async () => {
    const plain = `Ishbel: ${long(2)}\n\n10:30 is when it left.\n\nTomasz: Did it stay?`;
    const { posts, issues } = await importTexts({ 's/e1.txt': plain, 's/feed.xml': show(['e1.txt', 'text/plain']) });
    expect(issues).toEqual([]);
    expect(posts.map(({ text }) => text)).toEqual([`Notes.\n\n${plain}`]);
  });

  test('the one with times is taken, whichever comes first', async () => {
    const { posts } = await importTexts({
      's/e1.txt': 'Ishbel: The seal came back.',
      's/e1.json': JSON.stringify({
        version: '1.0.0',
        segments: [{ speaker: 'Ishbel', startTime: 1, endTime: 2, body: 'The seal came back.' }],
      }),
      's/feed.xml': show(['e1.txt', 'text/plain'], ['e1.json', 'application/json']),
    });
    expect(posts).toHaveLength(1);
    expect(timesOf(posts[0]!).at(-1)).toEqual(['Ishbel: The seal came back.', 1, 2]);
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
