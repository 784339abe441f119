// Real paragraphs to embed, in the order of a shuffled library.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPosts } from '../../cli/eval/site.ts';
import { splitFrontMatter } from '../../src/core/importers/frontMatter.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';
import type { TextBlock } from '../../src/core/post.ts';
import { randomOf } from '../random.ts';

/** Shorter ones are list items and lines between; longer ones are cut by the passage rule before they are embedded. */
const WORDS = { least: 12, most: 180 };

export interface BenchTexts {
  texts: string[];
  from: string;
}

/** `count` paragraphs of the blog in `folder`, or of the demo in `demo` where that is not there. */
export async function benchTexts(folder: string, demo: string, count: number, seed: number): Promise<BenchTexts> {
  const real = existsSync(join(folder, 'posts.jsonl'));
  const posts = real ? readPosts(folder) : await demoPosts(demo);
  const random = randomOf(seed);
  const texts = posts
    .flatMap(({ text, blocks }) => paragraphs(text, blocks))
    .map((text) => ({ text, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ text }) => text);
  return { texts, from: real ? '18F' : 'the demo' };
}

function paragraphs(text: string, blocks: readonly TextBlock[]): string[] {
  return blocks
    .filter(({ kind }) => kind === 'paragraph')
    .map(({ start, end }) => text.slice(start, end))
    .filter((one) => {
      const words = wordCount(one);
      return words >= WORDS.least && words <= WORDS.most;
    });
}

export const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;

async function demoPosts(folder: string): Promise<{ text: string; blocks: readonly TextBlock[] }[]> {
  const files = readdirSync(join(folder, 'posts')).filter((file) => file.endsWith('.md'));
  return Promise.all(
    files.sort().map(async (file) => {
      const { body } = await splitFrontMatter(readFileSync(join(folder, 'posts', file), 'utf8'), file);
      return markdownToText(body);
    }),
  );
}
