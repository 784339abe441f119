// Whole blogs as their authors keep them, compared with what was taken from them by other means.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extract } from 'tar';
import { describe, expect, test } from 'vitest';
import { importAll } from '../../testing/importTexts.ts';
import { asTitle } from './fieldValues.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');
const BLOGS = ['blog-18f', 'blog-v8', 'blog-digitalgov'].filter((blog) =>
  existsSync(join(DATA, blog, 'originals.tar.gz')),
);

if (BLOGS.length === 0) console.warn(`SKIPPED: no blogs in ${DATA}; the importers were not tried on real ones.`);

describe.skipIf(BLOGS.length === 0)('real blogs', () => {
  test.each(BLOGS)(
    '%s comes in without an issue, every title and date as known',
    { timeout: 300_000 },
    async (blog) => {
      const { posts, issues } = await importOriginals(blog);
      expect(issues).toEqual([]);
      const found = new Set(posts.map((post) => `${post.date?.slice(0, 10) ?? ''} ${post.title}`));
      const missing = knownPosts(blog).filter((known) => !found.has(known));
      expect(missing).toEqual([]);
      expect(new Set(posts.map((post) => post.id)).size).toBe(posts.length);
    },
  );
});

async function importOriginals(blog: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-'));
  try {
    await extract({ file: join(DATA, blog, 'originals.tar.gz'), cwd: folder });
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = paths.map((path) => ({ path: relative(folder, path), blob: new Blob([readFileSync(path)]) }));
    return await importAll(files, { source: blog });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function knownPosts(blog: string): string[] {
  const lines = readFileSync(join(DATA, blog, 'posts.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { date, title } = JSON.parse(line) as { date: string; title: string };
    return `${date} ${asTitle(title)}`;
  });
}
