// Archives of every kind, whole and broken, and those made to hurt.
import { describe, expect, test } from 'vitest';
import { importAll } from '../../../testing/importTexts.ts';
import { exportFormats, makeItem } from '../../../testing/exports/index.ts';
import { gzip, packTar, packZip } from '../../../testing/packFiles.ts';
import type { ImportProgress } from '../../libraryApi.ts';
import { archiveStem, memberPath, memberRoot } from './memberPath.ts';

const MB = 1024 * 1024;
const items = [1, 2, 3].map((number) => makeItem(number));
const site = async () => (await exportFormats.get('Hugo')?.write(items)) ?? {};
const one = { 'a.md': '# Fog\n\nLow cloud over the slip.' };
const importBlob = (path: string, blob: Blob, options = {}) => importAll([{ path, blob }], options);

describe('what is in an archive comes in as if it were chosen', () => {
  test.each([
    ['zip', packZip],
    ['tar', packTar],
    ['tgz', async (files: Parameters<typeof packTar>[0]) => gzip(await packTar(files))],
  ])('%s, told by what it holds', async (_, pack) => {
    const folder = await importAll(
      Object.entries(await site()).map(([path, text]) => ({ path, blob: new Blob([text]) })),
    );
    const { posts, issues } = await importBlob('download', await pack(await site()));
    expect(issues).toEqual([]);
    expect(posts).toEqual(folder.posts);
  });

  test('one packed file', async () => {
    const lines = '{"id":"a","title":"A","text":"Fog."}\n{"id":"b","title":"B","text":"Rain."}\n';
    const { posts, issues } = await importBlob('posts.jsonl.gz', await gzip(new Blob([lines])));
    expect(issues).toEqual([]);
    expect(posts.map(({ title }) => title)).toEqual(['A', 'B']);
  });

  test('an archive in an archive, as Notion makes them, and no deeper', async () => {
    const inner = await packZip((await exportFormats.get('Notion')?.write(items)) ?? {});
    const outer = await packZip({ 'Export-Part-1.zip': inner });
    expect((await importBlob('notion.zip', outer)).posts).toHaveLength(3);
    const third = await importBlob('third.zip', await packZip({ 'outer.zip': outer, 'b.md': '# B\n\nFog.' }));
    expect(third.posts.map(({ title }) => title)).toEqual(['B']);
    expect(third.issues).toMatchObject([{ code: 'archive-unsafe', item: 'outer/Export-Part-1.zip' }]);
  });

  test('a zip in a tar, and a tar in a zip', async () => {
    const zip = await packZip(one);
    expect((await importBlob('a.tar.gz', await gzip(await packTar({ 'x/b.zip': zip })))).posts).toHaveLength(1);
    const tar = await gzip(await packTar(one));
    expect((await importBlob('a.zip', await packZip({ 'b.tar.gz': tar }))).posts).toHaveLength(1);
  });

  test('files that posts name are found in it', async () => {
    const files = {
      'talk.md': '---\ntitle: Talk\ntranscript: talk.vtt\n---\nNotes.',
      'talk.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nThe seal came back.\n',
    };
    for (const blob of [await packZip(files), await packTar(files)]) {
      const { posts, issues } = await importBlob('talks', blob);
      expect(issues).toEqual([]);
      expect(posts.map(({ kind, text }) => [kind, text])).toEqual([['video', 'Notes.\n\nThe seal came back.']]);
    }
  });

  test('pictures and programs are left out without a word', async () => {
    const { posts, issues, skipped } = await importBlob(
      'site.zip',
      await packZip({
        ...one,
        'boat.jpg': new Uint8Array(100),
        'app.js': 'alert(1)',
        '.git/config': 'x',
        '__MACOSX/._a.md': 'x',
      }),
    );
    expect(posts).toHaveLength(1);
    expect(issues).toEqual([]);
    expect(skipped).toHaveLength(4);
  });

  test('its files are counted, and its bytes as it was chosen', async () => {
    for (const blob of [await packZip(await site()), await gzip(await packTar(await site()))]) {
      const told: ImportProgress[] = [];
      await importBlob('site', blob, { onProgress: (progress: ImportProgress) => told.push(progress) });
      expect(told.at(-1)).toMatchObject({ filesDone: 3, filesTotal: 3, postsFound: 3, bytesTotal: blob.size });
      expect(told.at(-1)?.bytesDone).toBeCloseTo(blob.size, -1);
    }
  });

  test('of a tar too large to hold, every post comes in, in its order', { timeout: 120_000 }, async () => {
    const text = `${'The tide table of the harbour is wrong again today. '.repeat(20)}\n\n`.repeat(50);
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, number) => [
        `site/p${String(number).padStart(3, '0')}.md`,
        `# Post ${number}\n\n${text.repeat(18)}`,
      ]),
    );
    const tar = await packTar({
      ...files,
      'site/talk.md': '---\ntitle: Talk\ntranscript: talk.vtt\n---\nNotes.',
      'site/talk.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nThe seal.\n',
      'site/walk.md': '---\ntitle: Walk\ntranscript: transcripts/walk.txt\n---\nNotes.',
      'site/transcripts/walk.txt': 'Mara: The ferry waits.',
      'site/swim.md': '---\ntitle: Swim\ntranscript: said.txt\n---\nNotes.',
      'site/said.txt': 'Mara: The water is cold.',
    });
    expect(tar.size).toBeGreaterThan(48 * MB);
    const { posts, issues } = await importBlob('site.tar', tar);
    expect(posts.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 60 }, (_, number) => `Post ${number}`),
      ...['Talk', 'Walk', 'Swim'],
    ]);
    expect(posts.at(60)?.text).toContain('The seal.');
    expect(posts.at(61)?.text).toContain('The ferry waits.');
    expect(posts.at(62)?.text).toBe('Notes.');
    expect(issues).toMatchObject([{ code: 'file-too-large', item: 'said.txt' }]);
    expect(issues[0]?.message).toMatch(/said\.txt lies in an archive too large.*unpack the archive/);
  });
});

describe('archives that are broken or made to hurt', () => {
  test('a name that points out of the archive costs that file and no other', async () => {
    const bad = {
      '../../evil.md': '# Evil\n\nOut.',
      '/etc/evil.md': '# Evil\n\nOut.',
      'C:\\evil.md': '# Evil\n\nOut.',
    };
    const { posts, issues } = await importBlob('a.tar', await packTar({ ...bad, ...one }));
    expect(posts.map(({ title }) => title)).toEqual(['Fog']);
    expect(issues.map(({ code }) => code)).toEqual(Array(3).fill('archive-unsafe'));
    expect(issues[0]?.message).toMatch(/points out of the archive.*evil\.md/);
  });

  test('a zip that would unpack to a thousand times its size is refused unread', { timeout: 60_000 }, async () => {
    const bomb = await packZip({ 'a.md': new Blob(Array<Uint8Array<ArrayBuffer>>(300).fill(new Uint8Array(MB))) });
    expect(bomb.size).toBeLessThan(MB);
    const { posts, issues } = await importBlob('bomb.zip', bomb);
    expect(posts).toEqual([]);
    expect(issues).toMatchObject([{ code: 'archive-unsafe', item: 'bomb.zip' }]);
  });

  test('so is a gzip, as soon as it has unpacked too much', { timeout: 60_000 }, async () => {
    const bomb = await gzip(new Blob(Array<Uint8Array<ArrayBuffer>>(300).fill(new Uint8Array(MB).fill(0x41))));
    const { posts, issues } = await importBlob('bomb.jsonl.gz', bomb);
    expect(posts).toEqual([]);
    expect(issues.some(({ code }) => code === 'archive-unsafe' || code === 'post-too-long')).toBe(true);
  });

  test('a member that unpacks to more than the archive says', async () => {
    const bytes = new Uint8Array(
      await (await packZip({ 'a.md': `# A\n\n${'fog '.repeat(5000)}`, 'b.md': '# B\n\nRain.' })).arrayBuffer(),
    );
    // In the directory at the end: signature, then 24 bytes on the unpacked size.
    const view = new DataView(bytes.buffer);
    const at = bytes.findIndex((_, index) => view.getUint32(Math.min(index, bytes.length - 4), true) === 0x02014b50);
    view.setUint32(at + 24, 100, true);
    const { posts, issues } = await importBlob('lies.zip', new Blob([bytes]));
    expect(posts.map(({ title }) => title)).toEqual(['B']);
    expect(issues).toMatchObject([{ code: expect.stringMatching(/^archive-/) as string, item: 'lies/a.md' }]);
  });

  test.each(['zip', 'tgz'])('a %s that is cut off', async (kind) => {
    const text = Array.from({ length: 4000 }, (_, number) => `word${number * 7919}`).join(' ');
    const files = { 'a.md': `# A\n\n${text}`, 'b.md': `# B\n\n${text.toUpperCase()}` };
    const whole = kind === 'zip' ? await packZip(files) : await gzip(await packTar(files));
    const { issues } = await importBlob(`cut.${kind}`, whole.slice(0, Math.floor(whole.size * 0.6)));
    expect(issues).toMatchObject([{ code: 'archive-broken', item: `cut.${kind}` }]);
    expect(issues[0]?.message).toMatch(/cut off or damaged/);
  });

  test('a member under a password, and a document that is a zip', async () => {
    const locked = await importBlob('locked.zip', await packZip(one, { password: 'x' }));
    expect(locked.issues).toMatchObject([{ code: 'archive-locked' }]);
    const document = await importBlob(
      'letter.docx',
      await packZip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }),
    );
    expect(document.issues).toMatchObject([{ code: 'format-unknown', item: 'letter.docx' }]);
  });
});

test.each([
  ['a/b.md', 'a/b.md'],
  ['./a//b.md', 'a/b.md'],
  ['a\\b.md', 'a/b.md'],
  ['a/../b.md', null],
  ['..', null],
  ['/a.md', null],
  ['\\\\server\\a.md', null],
  ['c:/a.md', null],
  ['a\0.md', null],
  ['', null],
])('the name %j is the path %j', (name, path) => {
  expect(memberPath(name)).toBe(path);
});

test('members go below the folder that they share, else below the archive', () => {
  expect(memberRoot('x/blog.zip', ['site/a.md', 'site/b/c.md'])).toBe('');
  expect(memberRoot('x/blog.tar.gz', ['a.md', 'site/b.md'])).toBe('blog/');
  expect(archiveStem('posts.jsonl.gz')).toBe('posts.jsonl');
});
