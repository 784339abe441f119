// `npm run languages`: how often the language of a text is told, and rightly: descriptions of talks, whose language their site names.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOf } from '../src/core/text/language.ts';
import { languageTag } from '../src/core/text/languageTag.ts';
import { markdownToText } from '../src/core/text/structure/markdown.ts';
import { command } from './command.ts';
import { readPosts } from './eval/site.ts';
import { ROOT } from './modelOptions.ts';

/*
 * The language named is that of the talk: a description in English of a talk in Portuguese counts as wrong here. Of the blogs, all but
 * a few posts are in English.
 */
const LENGTHS = [0, 80, 150, 300];
const MOST_OF_A_LANGUAGE = 1000;
const ENGLISH_BLOGS = ['18f', 'digitalgov', 'v8', 'nodejs', 'carpentries', 'til'];

async function languages(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string', default: resolve(ROOT, '../shared/data') } } });
  const talks = join(values.data, 'pyvideo/videos.jsonl');
  if (!existsSync(talks)) throw new Error(`${talks} is not there. Give the folder of data with --data.`);
  const counts = LENGTHS.map(() => ({ asked: 0, told: 0, right: 0 }));
  const asked = new Map<string, number>();
  for (const line of readFileSync(talks, 'utf8').split('\n').filter(Boolean)) {
    const { language, title, description } = JSON.parse(line) as Record<'language' | 'title' | 'description', unknown>;
    const tag = languageTag(language);
    if (tag === null || typeof title !== 'string' || typeof description !== 'string') continue;
    const before = asked.get(tag) ?? 0;
    if (before >= MOST_OF_A_LANGUAGE) continue;
    asked.set(tag, before + 1);
    const letters = `${title}${description}`.match(/\p{L}/gu)?.length ?? 0;
    const count = counts[LENGTHS.findLastIndex((least) => letters >= least)];
    const found = languageOf({ title, summary: '', ...markdownToText(description) });
    if (count === undefined) continue;
    count.asked++;
    if (found !== null) count.told++;
    if (found === tag) count.right++;
  }
  counts.forEach(({ asked: texts, told, right }, at) => {
    const from = LENGTHS[at] ?? 0;
    print(
      `talks of ${from} letters or more: ${texts}, told ${share(told, texts)}, of these as named ${share(right, told)}`,
    );
  });
  for (const name of ENGLISH_BLOGS) {
    const folder = join(values.data, `blog-${name}`);
    if (!existsSync(join(folder, 'posts.jsonl'))) continue;
    const started = performance.now();
    const found = readPosts(folder).map(languageOf);
    const others = found.filter((tag) => tag !== null && tag !== 'en');
    const told = found.length - found.filter((tag) => tag === null).length;
    const each = (performance.now() - started) / found.length;
    print(
      `${name}: ${found.length} posts, told ${share(told, found.length)}, other than English ${others.length} (${[...new Set(others)].join(', ')}), ${each.toFixed(2)} ms each with reading`,
    );
  }
  return 0;
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await command(languages);
