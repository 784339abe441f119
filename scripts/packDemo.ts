// Gathers the demo's posts, transcripts and drafts into the one file that the page fetches.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTitle } from '../src/core/importers/fieldValues.ts';
import { splitFrontMatter } from '../src/core/importers/frontMatter.ts';

export interface DemoPack {
  /** The blog's own name: the source of its posts. */
  name: string;
  /** Markdown and WebVTT as written: the library reads them as it reads any author's files. */
  posts: { path: string; text: string }[];
  drafts: { title: string; body: string }[];
  /** SHA-256 of all the rest, hex: another one, another demo. */
  hash: string;
}

/** Reads the demo folder. Posts are in the order of their dates; drafts in the order of their names. */
export function packDemo(folder: string): DemoPack {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const { name } = JSON.parse(read('blog.json')) as { name: string };
  const posts = readdirSync(join(folder, 'posts'))
    .sort()
    .map((file) => ({ path: `posts/${file}`, text: read(`posts/${file}`) }));
  const drafts = readdirSync(folder)
    .filter((file) => file.startsWith('draft') && file.endsWith('.md'))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .map((file) => {
      const { fields, body } = splitFrontMatter(read(file), file);
      return { title: asTitle(fields['title']), body: body.trim() + '\n' };
    });
  const hash = createHash('sha256').update(JSON.stringify({ name, posts, drafts })).digest('hex');
  return { name, posts, drafts, hash };
}
