import { describe, expect, test } from 'vitest';
import type { ImportProgress } from '../libraryApi.ts';
import { importAll, importOne, importTexts } from '../../testing/importTexts.ts';
import { importFiles } from './importFiles.ts';

describe('bad files', () => {
  test('an empty file', async () => {
    const { issues } = await importTexts({ 'a.md': '' });
    expect(issues).toMatchObject([{ code: 'file-empty', item: 'a.md' }]);
    expect(issues[0]?.message).toMatch(/a\.md is empty.*import it again/);
  });

  test('a file of 200 MB is refused by its size, unread', async () => {
    const blob = new Blob(['# Fog\n\nWords.']);
    Object.defineProperty(blob, 'size', { value: 200 * 1024 * 1024 });
    blob.arrayBuffer = () => Promise.reject(new Error('was read'));
    const { issues } = await importAll([{ path: 'a.md', blob }]);
    expect(issues).toMatchObject([{ code: 'file-too-large', item: 'a.md' }]);
    expect(issues[0]?.message).toMatch(/a\.md has 200 MB.*64 MB.*Split it/);
  });

  test('JSON Lines of 200 MB are no problem: they are a stream', async () => {
    const text = '{"id":"a","title":"A","text":"Fog."}\n{"id":"b","title":"B","text":"Fog."}\n';
    const blob = new Blob([text]);
    Object.defineProperty(blob, 'size', { value: 200 * 1024 * 1024 });
    const { posts, issues } = await importAll([{ path: 'a.jsonl', blob }]);
    expect(issues).toEqual([]);
    expect(posts).toHaveLength(2);
  });

  test.each([
    ['invalid UTF-8', new Uint8Array([0x23, 0x20, 0xc3, 0x28, 0x0a]), /not valid UTF-8.*save it as UTF-8/],
    ['a Latin-1 letter', Uint8Array.from('Café au lait', (char) => char.charCodeAt(0)), /not valid UTF-8/],
    ['half a UTF-16 character', new Uint8Array([0xff, 0xfe, 0x23, 0x00, 0x00, 0xd8]), /not valid UTF-16LE/],
    ['bytes of a picture', new Uint8Array(2000).map((_, index) => (index % 3 === 0 ? 0 : 0x41)), /not a text file/],
    ['an unknown encoding', new TextEncoder().encode('<?xml version="1.0" encoding="klingon"?><rss/>'), /klingon/],
  ])('%s', async (_, bytes, message) => {
    const { posts, issues } = await importTexts({ 'a.md': bytes });
    expect(posts).toEqual([]);
    expect(issues).toMatchObject([{ code: 'file-encoding', item: 'a.md' }]);
    expect(issues[0]?.message).toMatch(message);
    expect(issues[0]?.message).toContain('a.md');
  });

  test.each([
    ['utf-8', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('# Café\n\nFog.')])],
    ['utf-16le', new Uint8Array([0xff, 0xfe, ...utf16('# Café\n\nFog.', true)])],
    ['utf-16be', new Uint8Array([0xfe, 0xff, ...utf16('# Café\n\nFog.', false)])],
  ])('a byte order mark of %s is honoured', async (_, bytes) => {
    expect(await importOne('a.md', bytes)).toMatchObject({ title: 'Café', text: 'Fog.' });
  });

  test('a stray NUL is dropped', async () => {
    expect((await importOne('a.md', `Words and\0 ${'more '.repeat(50)}`)).text).toContain('Words and more');
  });

  test('a chosen file of an unknown format', async () => {
    const { issues } = await importTexts({ 'photo.png': '\u0089PNG', 'notes.docx': 'PK' });
    expect(issues).toMatchObject([
      { code: 'format-unknown', item: 'photo.png' },
      { code: 'format-unknown', item: 'notes.docx' },
    ]);
    expect(issues[0]?.message).toContain('Choose Markdown files');
  });

  test('a file that went away since it was chosen', async () => {
    const blob = new Blob(['# Fog']);
    blob.slice = () => blob;
    blob.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const { issues } = await importAll([{ path: 'a.md', blob }]);
    expect(issues).toMatchObject([{ code: 'file-unreadable', item: 'a.md' }]);
    expect(issues[0]?.message).toMatch(/Choose it again/);
  });

  test('markup nested without end', async () => {
    const { issues } = await importTexts({ 'a.md': '>'.repeat(100_000), 'b.md': `<div>\n${'<div>'.repeat(100_000)}` });
    expect(issues.map((issue) => issue.code)).toEqual(['format-broken', 'format-broken']);
    expect(issues[0]?.message).toContain('a.md');
    expect(issues[1]?.message).toContain('b.md');
  });

  test('one bad file never stops the rest', async () => {
    const { posts, issues } = await importTexts({
      'a.md': '',
      'b.md': '# B\n\nFog.',
      'c.md': '---\na: [\n---\n',
      'd.md': '# D\n\nFog.',
    });
    expect(posts.map((post) => post.title)).toEqual(['B', 'D']);
    expect(issues).toHaveLength(2);
  });
});

describe('long posts', () => {
  test('200,000 words come in whole', { timeout: 60_000 }, async () => {
    const post = await importOne(
      'a.md',
      `# Long\n\n${`${'The boat sailed at seven today. '.repeat(20)}\n\n`.repeat(1670)}`,
    );
    expect(post.text.split(/\s+/).length).toBeGreaterThan(200_000);
  });

  test('over 2,000,000 words are refused', { timeout: 60_000 }, async () => {
    const { posts, issues } = await importTexts({ 'a.txt': 'a '.repeat(2_000_001) });
    expect(posts).toEqual([]);
    expect(issues).toMatchObject([{ code: 'post-too-long', item: 'a.txt' }]);
    expect(issues[0]?.message).toMatch(/a\.txt.*2,000,000 words\. Split it/);
  });
});

describe('a folder', () => {
  test('what is no post is passed over quietly and counted', async () => {
    const { posts, skipped, issues } = await importTexts({
      'site/content/posts/a.md': '# A\n\nFog.',
      'site/content/posts/_index.md': '# Posts',
      'site/content/posts/a.png': 'x',
      'site/layouts/single.html': '<html>',
      'site/README.md': '# Read me',
      'site/LICENSE': 'x',
      'site/.git/config': 'x',
      'site/node_modules/x/y.md': '# Y',
      'site/package.json': '{"name": "x"}',
      'site/static/empty.md.css': '',
      'site/index.xml': '---\nlayout: none\n---\n<rss></rss>',
      'site/_posts/2014-03-12-old.html': '---\ntitle: Old\n---\n<p>Low <b>cloud</b>',
    });
    expect(posts.map((post) => [post.title, post.text])).toEqual([
      ['A', 'Fog.'],
      ['Old', 'Low cloud'],
    ]);
    expect(issues).toEqual([]);
    expect(skipped).toHaveLength(10);
  });

  test('formats are told by content before names', async () => {
    const { posts } = await importTexts({
      'a/feed.txt.json': '{"id":"1","title":"Lines","text":"Fog."}\n{"id":"2","title":"More","text":"Fog."}\n',
      'a/strange.md.xml':
        '<rss version="2.0"><channel><title>F</title><item><title>Fed</title><guid>urn:1</guid><description>Fog.</description></item></channel></rss>',
    });
    expect(posts.map((post) => post.title)).toEqual(['Fed', 'Lines', 'More']);
  });
});

describe('ids', () => {
  test('many files of Markdown are read in another way, to the same posts', async () => {
    const body = '# Tide\n\nWords of [it](/a) and **more**.\n\n- one\n- two\n\n```\nlet a;\n```\n> Said.';
    const files = Array.from({ length: 200 }, (_, at) => [
      `site/posts/p${at}.md`,
      `---\ntitle: P${at}\n---\n${body}\n\nLast ${at}.`,
    ]);
    const { posts, issues } = await importTexts(Object.fromEntries(files) as Record<string, string>);
    expect(issues).toEqual([]);
    const alone = await Promise.all(files.map(([path = '', markdown = '']) => importOne(path, markdown)));
    expect(posts).toEqual(alone);
  });

  test('many files, of which one nests too deep', async () => {
    const files = Array.from({ length: 200 }, (_, at) => [
      `site/posts/p${at}.md`,
      at === 7 ? '> '.repeat(300) : `Post ${at}.`,
    ]);
    const { posts, issues } = await importTexts(Object.fromEntries(files) as Record<string, string>);
    expect(posts).toHaveLength(199);
    expect(issues).toMatchObject([{ code: 'format-broken', item: 'site/posts/p7.md' }]);
  });

  test('importing again gives the same ids', async () => {
    const files = { 'blog/a.md': '# A\n\nFog.', 'b.jsonl': '{"title":"B","text":"Fog."}' };
    const first = await importTexts(files);
    const again = await importTexts(files);
    expect(again).toEqual(first);
  });

  test('two posts with one id: the first is kept, the other is told of with both names', async () => {
    const { posts, issues } = await importTexts({
      'a.jsonl': '{"id":"fog","title":"First","text":"Fog."}\n{"id":"fog","title":"Second","text":"Fog."}',
      'b.jsonl': '{"id":"fog","title":"Third","text":"Fog."}',
    });
    expect(posts.map((post) => post.title)).toEqual(['First']);
    expect(issues).toMatchObject([
      { code: 'post-id-twice', item: 'a.jsonl, line 2' },
      { code: 'post-id-twice', item: 'b.jsonl, line 1' },
    ]);
    expect(issues[1]?.message).toMatch(/b\.jsonl, line 1 \(“Third”\).*a\.jsonl, line 1.*“fog”/);
  });
});

describe('progress', () => {
  test('counts files, bytes, posts and failures up to the end', async () => {
    const seen: ImportProgress[] = [];
    let clock = 0;
    await importTexts(
      { 'a.md': 'Fog.', 'b.md': '', 'c.png': 'x' },
      { onProgress: (progress) => seen.push(progress), now: () => clock++ },
    );
    expect(seen.map((progress) => progress.filesDone)).toEqual([1, 2, 3]);
    expect(seen.at(-1)).toMatchObject({ filesTotal: 3, bytesDone: 5, bytesTotal: 5, postsFound: 1, failed: 2 });
    expect(seen.at(-1)?.elapsedMs).toBeGreaterThan(0);
  });

  test('an abort ends the import with the reason of the signal', async () => {
    const controller = new AbortController();
    const titles: string[] = [];
    const run = async () => {
      const files = ['a', 'b', 'c'].map((name) => ({ path: `${name}.md`, blob: new Blob([`# ${name}\n\nFog.`]) }));
      for await (const event of importFiles(files, { source: 'blog', signal: controller.signal })) {
        if (event.kind === 'post') titles.push(event.post.title);
        controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' });
    expect(titles).toEqual(['a']);
  });
});

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}
