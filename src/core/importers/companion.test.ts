// Files that posts name: what they can't give costs no post, and is told once.
import { describe, expect, test } from 'vitest';
import { importTexts } from '../../testing/importTexts.ts';

const BROKEN = new Uint8Array([0x57, 0x45, 0x42, 0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80]);
const MB = 1024 * 1024;
const large = new Uint8Array(65 * MB).fill(0x41);

const episode = (name: string): string =>
  `<item><title>Episode ${name}</title><link>https://ferry.example/${name}</link><description>Notes on ${name}.</description>` +
  `<podcast:transcript url="https://ferry.example/said.vtt" type="text/vtt"/></item>`;
const feed = `<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Ferry</title>${episode('one')}${episode('two')}</channel></rss>`;
const videos = JSON.stringify([
  { id: 'abcdefghijk', title: 'The tide', description: 'Notes.', upload_date: '20240101' },
]);
const page = (name: string): string => `---\ntitle: ${name}\ntranscript: said.vtt\n---\nNotes.`;

describe.each([
  ['too large', large, 'file-too-large', /65 MB.*split it/s],
  ['no text', BROKEN, 'file-encoding', /said\.vtt/],
])('a transcript that is %s', (_, said, code, message) => {
  test.each([
    ['a feed', { 'feed.xml': feed }, 2],
    ['pages in Markdown', { 'a.md': page('A'), 'b.md': page('B') }, 2],
  ])('costs %s nothing else', async (_kind, files, expected) => {
    const { posts, issues } = await importTexts({ ...files, 'said.vtt': said });
    expect(posts.filter(({ text }) => text.startsWith('Notes'))).toHaveLength(expected);
    const named = issues.filter(({ item }) => item.endsWith('said.vtt'));
    expect(named[0]?.code).toBe(code);
    expect(named[0]?.message).toMatch(message);
    expect(named.filter((issue) => issue.code === code && issue.message === named[0]?.message)).toHaveLength(1);
  });

  test('costs a video its captions alone', async () => {
    const { posts, issues } = await importTexts({ 'videos.json': videos, 'abcdefghijk.said.vtt': said });
    expect(posts).toMatchObject([{ title: 'The tide', text: 'Notes.' }]);
    expect(issues[0]).toMatchObject({ code, item: 'abcdefghijk.said.vtt' });
  });
});
