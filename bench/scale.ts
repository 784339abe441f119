// `npm run bench:scale`: a library of 100,000 posts, imported, opened again and asked; time, memory and disk.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from '../cli/command.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { giveReport } from './giveReport.ts';
import { wholeOption } from './options.ts';
import { randomOf } from './random.ts';
import type { Answers, Imported, Opened, Question } from './scale/page.ts';
import { serveBench } from './server.ts';
import { median, quantile } from './statistics.ts';
import { benchPosts } from './store/posts.ts';
import { Profile } from './store/profile.ts';

const USAGE = `Usage: npm run bench:scale [-- --posts N --dimension N --characters N --questions N --seed N --data DIR
  --json FILE --markdown FILE]`;
/** Lines that are handed to the page at once. */
const LINES_AT_ONCE = 2000;
/** Characters of a draft. */
const DRAFT_LENGTH = 600;

const { values: options } = parseArgs({
  options: {
    posts: { type: 'string', default: '100000' },
    dimension: { type: 'string', default: '128' },
    characters: { type: 'string', default: '1500' },
    questions: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

interface Figures {
  posts: number;
  from: string;
  textBytes: number;
  imported: Imported;
  diskBytes: number;
  afterImport: Answers;
  opened: Opened;
  afterOpening: Answers;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes: number | null): string => (bytes === null ? 'not told' : `${(bytes / 1e6).toFixed(0)} MB`);
const times = (all: readonly number[]): string =>
  all.length === 0 ? 'none' : `p50 ${median(all).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms`;

function report({ posts, from, textBytes, imported, diskBytes, afterImport, opened, afterOpening }: Figures): string {
  const questions = afterOpening.words.length + afterOpening.both.length;
  const rows = [
    ['posts', `${posts.toLocaleString('en')} ${from}, ${megabytes(textBytes)} of text`],
    ['passages, with vectors that are made up', imported.passages.toLocaleString('en')],
    ['import until all is stored', seconds(imported.stored)],
    ['then until all has vectors', seconds(imported.embedded)],
    ['memory of the page after it', megabytes(imported.memory)],
    ['on the disk', megabytes(diskBytes)],
    ['answers then', times(afterImport.both)],
    ['opening until the first answer by words', seconds(opened.words)],
    ['and by words and meaning', seconds(opened.both)],
    ['memory of the page after it', megabytes(opened.memory)],
    ['answers then', times(afterOpening.both)],
    ['questions whose own post was found', `${afterOpening.found} of ${questions}`],
  ];
  return `${['| | |', '|---|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n')}\n`;
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const whole = (name: 'posts' | 'dimension' | 'characters' | 'questions' | 'seed'): number =>
    wholeOption(name, options[name], USAGE);
  const [count, dimension, length, seed] = [whole('posts'), whole('dimension'), whole('characters'), whole('seed')];
  const { posts, from } = benchPosts(count, 1, options.data, seed);
  const random = randomOf(seed);
  const asked = Array.from({ length: whole('questions') }, (): Question => {
    const { title, text } = posts[Math.floor(random() * posts.length)] ?? { title: '', text: '' };
    return { title, text: text.slice(0, Math.min(length, DRAFT_LENGTH)) };
  });
  const server = await serveBench({ page: 'bench/scale/page.html' });
  const profile = new Profile();
  const open = new Set<{ close(): Promise<void> }>();
  const launched = async () => {
    const { context, page } = await profile.launch();
    open.add(context);
    page.setDefaultTimeout(0);
    await page.goto(server.address);
    await page.waitForFunction(() => 'scalePage' in window, undefined, { timeout: 120_000 });
    return { context, page };
  };
  try {
    const first = await launched();
    let textBytes = 0;
    for (let at = 0; at < posts.length; at += LINES_AT_ONCE) {
      const lines = posts.slice(at, at + LINES_AT_ONCE).map(({ id, title, text, date, tags, url }) => {
        const cut = text.slice(0, length);
        textBytes += Buffer.byteLength(title + cut);
        return JSON.stringify({ id, title, text: cut, date, tags, url: url === null ? null : `${url}#${id}` });
      });
      await first.page.evaluate((some) => window.scalePage.take(some), `${lines.join('\n')}\n`);
    }
    const imported = await first.page.evaluate((numbers) => window.scalePage.importAll(numbers), dimension);
    process.stderr.write(`imported ${imported.posts} posts\n`);
    const afterImport = await first.page.evaluate((all) => window.scalePage.answers(all), asked);
    await first.page.evaluate(() => window.scalePage.close());
    await first.context.close();
    const diskBytes = profile.storedBytes();
    const [question = { title: '', text: '' }] = asked;
    const again = await launched();
    const opened = await again.page.evaluate(([numbers, one]) => window.scalePage.openAgain(numbers, one), [
      dimension,
      question,
    ] as const);
    const afterOpening = await again.page.evaluate((all) => window.scalePage.answers(all), asked);
    await again.context.close();
    const figures = {
      posts: imported.posts,
      from,
      textBytes,
      imported,
      diskBytes,
      afterImport,
      opened,
      afterOpening,
    };
    giveReport(report(figures), figures, options);
    return 0;
  } finally {
    for (const context of open) await context.close();
    profile.remove();
    await server.close();
  }
}

await command(main);
