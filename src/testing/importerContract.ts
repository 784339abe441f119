// What every importer must do, whatever its format: the suite that each fixture is put through.
import { describe, expect, test } from 'vitest';
import type { ImportFile, ImportProgress, LeftOut } from '../core/libraryApi.ts';
import type { Post } from '../core/post.ts';
import { importFiles } from '../core/importers/index.ts';
import { expectExactOffsets } from './expectExactOffsets.ts';
import { makeItem } from './exports/index.ts';
import type { ExportFiles, ExportFormat, ExportItem } from './exports/index.ts';
import { importAll } from './importTexts.ts';

const SCRIPTS = /<\s*script|javascript:|onerror\s*=|vbscript:|data:text/i;
/** Each tries to reach the page in another way. */
const HOSTILE: Partial<ExportItem> = {
  title: 'A <img src=x onerror="window.stolen=1"> title <script>window.stolen=2</script>',
  html:
    '<p onclick="window.stolen=3">Harmless words about the seal.<script>window.stolen=4</script>' +
    '<a href="javascript:window.stolen=5">press</a> <a href="java\nscript:window.stolen=6">again</a>' +
    '<svg><script>window.stolen=7</script></svg><iframe src="javascript:window.stolen=8"></iframe>' +
    '<img src=x onerror=window.stolen=9><a href="data:text/html,<script>window.stolen=10</script>">d</a></p>',
  tags: ['<script>window.stolen=11</script>'],
};

const filesOf = (files: ExportFiles): ImportFile[] =>
  Object.entries(files).map(([path, content]) => ({ path, blob: new Blob([content]) }));

const items = (count: number): ExportItem[] => Array.from({ length: count }, (_, index) => makeItem(index + 1));

export function describeImporter(name: string, format: ExportFormat): void {
  const write = async (written: readonly ExportItem[]): Promise<ImportFile[]> => filesOf(await format.write(written));

  describe(name, () => {
    test('gives every post as it was, and no more', async () => {
      const written = items(3);
      const { posts, issues, tables } = await importAll(await write(written));
      expect(issues).toEqual([]);
      expect(tables).toEqual([]);
      expect(posts).toHaveLength(written.length);
      for (const item of written) expectSame(bodyOf(posts, item), item, format);
    });

    test('gives the same posts a second time, whatever else was added', async () => {
      const first = await importAll(await write(items(3)));
      const again = await importAll(await write(items(3)));
      expect(again.posts).toEqual(first.posts);
      const more = await importAll(await write([makeItem(9), ...items(3)]));
      const ids = new Set(more.posts.map(({ id }) => id));
      expect(first.posts.filter(({ id }) => !ids.has(id))).toEqual([]);
      expect(ids.size).toBe(4);
    });

    const kept = (['draft', 'private', 'reply'] as const).filter((state) => format.states.includes(state));
    test.each(kept)('leaves out what is %s unless it is asked for', async (state) => {
      const written = [makeItem(1), makeItem(2, { state }), makeItem(3)];
      const without = await importAll(await write(written));
      expect(without.issues).toEqual([]);
      expect(without.posts).toHaveLength(2);
      expect(without.skipped.filter(({ reason }) => reason === state)).toHaveLength(1);
      const all = await importAll(await write(written), { include: [state satisfies LeftOut] });
      expect(all.issues).toEqual([]);
      expect(all.posts).toHaveLength(3);
    });

    test('lets no script through, in any field', async () => {
      const { posts, issues } = await importAll(
        await write([makeItem(1), makeItem(2, { ...HOSTILE, text: HOSTILE.html ?? '' }), makeItem(3)]),
      );
      expect(issues).toEqual([]);
      expect(posts).toHaveLength(3);
      for (const post of posts) {
        expectExactOffsets(post);
        for (const address of [post.url ?? '', ...post.links.map(({ href }) => href)])
          expect(address).not.toMatch(SCRIPTS);
        // Where text is carried as text it may say anything: it is never read as markup.
        if (format.carries.html) expect(post.text).not.toMatch(/window\.stolen=(?:[3-9]|10)/);
      }
    });

    test('stops when it is told to', async () => {
      const stop = new AbortController();
      const seen: string[] = [];
      const reading = (async () => {
        for await (const event of importFiles(await write(items(50)), { source: 'blog', signal: stop.signal })) {
          seen.push(event.kind);
          if (event.kind === 'post') stop.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
      expect(seen.filter((kind) => kind === 'post')).toHaveLength(1);
    });

    test('tells how far it is, in bytes, files and posts', async () => {
      const told: ImportProgress[] = [];
      const files = await write(items(200));
      const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
      await importAll(files, { onProgress: (progress) => told.push(progress) });
      expect(told.at(-1)).toMatchObject({ postsFound: 200, failed: 0, filesDone: files.length, bytesDone: bytes });
      expect(told.length).toBeGreaterThan(1);
      told.forEach((progress, index) => {
        expect(progress.bytesDone).toBeGreaterThanOrEqual(told[index - 1]?.bytesDone ?? 0);
        expect(progress.bytesDone).toBeLessThanOrEqual(bytes);
      });
    });

    test.runIf(format.breakItem)('one broken item is named with its place and costs no other', async () => {
      const files = format.breakItem?.(await format.write(items(3))) ?? {};
      const { posts, issues } = await importAll(filesOf(files));
      expect(posts).toHaveLength(2);
      expect(issues).toHaveLength(1);
      expect(issues[0]?.item).toMatch(/(?:item|entry|line|row|post) \d/);
      expect(issues[0]?.message).toContain(issues[0]?.item);
    });

    test.skipIf(format.isBinary)('minds the encoding', async () => {
      const plain = await importAll(await write(items(2)));
      const texts = Object.entries(await format.write(items(2)));
      const marked = await importAll(texts.map(([path, content]) => ({ path, blob: new Blob(['\ufeff', content]) })));
      expect(marked.posts).toEqual(plain.posts);
      const latin = texts.map(([path, content]) => ({
        path,
        blob: new Blob([Uint8Array.from(String(content), (char) => Math.min(255, char.charCodeAt(0)))]),
      }));
      const broken = await importAll(latin);
      expect(broken.posts.map(({ text }) => text).join()).not.toContain('\ufffd');
      // Escapes of JSON need no encoding: such a file is whole.
      if (broken.posts.length < 2) expect(broken.issues.map(({ code }) => code)).toContain('file-encoding');
    });
  });
}

function bodyOf(posts: readonly Post[], { number }: ExportItem): Post {
  const found = posts.find(({ text }) => text.includes(`harbour ${number}.`));
  if (found === undefined) throw new Error(`No post about harbour ${number}.`);
  return found;
}

function expectSame(post: Post, item: ExportItem, { carries }: ExportFormat): void {
  expectExactOffsets(post);
  expect(post.text.replace(/\s+/g, ' ')).toContain('The second boat waits for high water.');
  expect(post.text).toContain('café au lait, naïve façades, 潮汐');
  if (carries.title) expect(post.title).toBe(item.title);
  else expect(post.title).not.toBe('Untitled');
  if (carries.date === 'second') expect(Date.parse(withZone(post.date))).toBe(Date.parse(item.date));
  if (carries.date === 'day') expect(post.date?.slice(0, 10)).toBe(item.date.slice(0, 10));
  if (carries.tags) expect(post.tags).toEqual(item.tags);
  expect(post.text).not.toMatch(/Share this|Newest:|A reader’s words|Somebody else/);
}

/** A date as published without a zone is the site's own time; the fixtures' sites live in Greenwich. */
const withZone = (date: string | null): string =>
  date === null ? '' : /(?:Z|[+-]\d{2}:\d{2})$/.test(date) ? date : `${date}Z`;
