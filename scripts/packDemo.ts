// Gathers the demo's posts, transcripts and drafts into the two files that the page fetches, the larger part first.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTitle } from '../src/core/importers/fieldValues.ts';
import { splitFrontMatter } from '../src/core/importers/frontMatter.ts';

export interface DemoPack {
  /** The blog's own name: the source of its posts. */
  name: string;
  /**
   * Markdown and WebVTT: the library reads them as it reads any author's files. The front matter is JSON, which
   * Hugo has too, so that a first visit waits for no parser of YAML.
   */
  posts: { path: string; text: string }[];
  drafts: { title: string; body: string }[];
  /** SHA-256 of all the rest, hex: another one, another demo. */
  hash: string;
}

/** What the page fetches: `demo.json` names the other, which may come later. */
export interface DemoFiles {
  'demo.json': DemoPack & { more: string };
  'recordings.json': Pick<DemoPack, 'posts'>;
}

const RECORDINGS = 'recordings.json';

/** Posts with a transcript apart from the rest: the first suggestions needn't wait for every word that was spoken. */
export function splitDemo({ posts, ...pack }: DemoPack): DemoFiles {
  const stem = (path: string): string => path.replace(/\.\w+$/, '');
  const recorded = new Set(posts.filter(({ path }) => !path.endsWith('.md')).map(({ path }) => stem(path)));
  const isRecorded = ({ path }: { path: string }): boolean => recorded.has(stem(path));
  return {
    'demo.json': { ...pack, posts: posts.filter((post) => !isRecorded(post)), more: RECORDINGS },
    [RECORDINGS]: { posts: posts.filter(isRecorded) },
  };
}

/** Reads the demo folder. Posts are in the order of their dates; drafts in the order of their names. */
export async function packDemo(folder: string): Promise<DemoPack> {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const { name } = JSON.parse(read('blog.json')) as { name: string };
  const posts = await Promise.all(
    readdirSync(join(folder, 'posts'))
      .sort()
      .map(async (file) => ({ path: `posts/${file}`, text: await withJsonFields(read(`posts/${file}`), file) })),
  );
  const drafts = await Promise.all(
    readdirSync(folder)
      .filter((file) => file.startsWith('draft') && file.endsWith('.md'))
      .sort((a, b) => a.length - b.length || a.localeCompare(b))
      .map(async (file) => {
        const { fields, body } = await splitFrontMatter(read(file), file);
        return { title: asTitle(fields['title']), body: body.trim() + '\n' };
      }),
  );
  const hash = createHash('sha256').update(JSON.stringify({ name, posts, drafts })).digest('hex');
  return { name, posts, drafts, hash };
}

async function withJsonFields(text: string, file: string): Promise<string> {
  if (!file.endsWith('.md')) return text;
  const { fields, body } = await splitFrontMatter(text, file);
  return `${JSON.stringify(fields)}\n${body}`;
}
