// `npm run bench:search`: our search beside others', in one Chromium, on the same vectors, posts and questions.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from '../cli/command.ts';
import { findSites, readSite } from '../cli/eval/site.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { giveReport } from './giveReport.ts';
import { wholeOption } from './options.ts';
import { randomOf } from './random.ts';
import { BenchBrowser, type BenchPage } from './search/browser.ts';
import type { BenchPost } from './search/contender.ts';
import {
  toMarkdown,
  vectorRows,
  wordRow,
  type BuildFigures,
  type SearchReport,
  type VectorTable,
  type WordTable,
} from './search/report.ts';
import { OURS } from './search/vectors/ours.ts';
import type { KnownQuestion } from './search/wordBench.ts';
import { syntheticPosts } from './syntheticPosts.ts';

const USAGE = `Usage: npm run bench:search [-- --cases 10000x64,100000x256 --rounds N --budget SECONDS --seed N
  --data DIR --posts N --only vectors|words --contenders Kindred,voy --json FILE --markdown FILE]`;
const CASES = '10000x64,10000x256,100000x64,100000x256,1000000x64';
const QUESTIONS = 50;
/** Posts that are taken out and put back. */
const MOVED = 40;
/** Words of a draft. */
const DRAFT_WORDS = 150;

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: CASES },
    rounds: { type: 'string', default: '60' },
    budget: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    posts: { type: 'string', default: '5000' },
    only: { type: 'string' },
    contenders: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** A whole number of at least one, from the command line. */
const whole = (name: string, text: string): number => wholeOption(name, text, USAGE);

/** Whether a contender was asked for: by the beginning of its name. Ours always is, as the others are compared with it. */
function isAsked(name: string): boolean {
  const asked = [OURS, ...(options.contenders?.split(',') ?? [''])];
  return asked.some((beginning) => name.startsWith(beginning));
}

/** Builds each contender by itself, so that what the heap grows by is its own. */
async function buildAll(
  { page, heap }: BenchPage,
  names: readonly string[],
  build: (name: string) => Promise<{ ms: number; memory?: number | null }>,
): Promise<{ builds: Map<string, BuildFigures>; failed: VectorTable['failed'] }> {
  const builds = new Map<string, BuildFigures>();
  const failed: VectorTable['failed'] = [];
  for (const name of names.filter(isAsked)) {
    process.stderr.write(`  ${name}\n`);
    const before = await heap();
    try {
      const { ms, memory } = await build(name);
      builds.set(name, { buildMs: ms, linearBytes: memory ?? null, heapBytes: Math.max(0, (await heap()) - before) });
    } catch (error) {
      if (page.isClosed()) throw error;
      failed.push({ name, why: firstLine(error) });
    }
  }
  return { builds, failed };
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')[0]!
    .replace(/^page\.evaluate: (Error: )?/, '');

async function measureVectors(browser: BenchBrowser, name: string): Promise<VectorTable> {
  const [count, dimension] = name.split('x').map((part) => whole('cases', part));
  if (count === undefined || dimension === undefined)
    throw new Error(`--cases ${name} is no COUNTxDIMENSION. ${USAGE}`);
  process.stderr.write(`${count} vectors of ${dimension}\n`);
  const opened = await browser.open();
  const { page } = opened;
  const seed = whole('seed', options.seed);
  const names = await page.evaluate((one) => window.searchBench.vectors.prepare(one), {
    count,
    dimension,
    questions: QUESTIONS,
    seed,
  });
  const budgetMs = 1000 * whole('budget', options.budget);
  const { builds, failed } = await buildAll(opened, names, (contender) =>
    page.evaluate(([one, budget]) => window.searchBench.vectors.build(one, budget), [contender, budgetMs] as const),
  );
  const rounds = whole('rounds', options.rounds);
  const ways = await page.evaluate((times) => window.searchBench.vectors.measure(times), rounds);
  await opened.close();
  return { count, dimension, rows: vectorRows(ways, builds, OURS), failed };
}

/** Real posts where they are, else made-up ones; a random sample in either case. */
function benchPosts(count: number, seed: number): { posts: BenchPost[]; drafts: Map<string, string>; from: string } {
  const sites = existsSync(options.data) ? findSites(options.data, null) : [];
  const random = randomOf(seed);
  const drafts = new Map<string, string>();
  if (sites.length === 0) {
    const posts = syntheticPosts(count, seed).map((fields, index) => ({ ...fields, id: `p${index}` }));
    for (const { id, text } of posts) drafts.set(id, text.split(' ').slice(0, DRAFT_WORDS).join(' '));
    return { posts, drafts, from: 'made-up words' };
  }
  const all = sites.flatMap((folder) =>
    readSite(folder).posts.map(({ id, title, summary, text, blocks, tags, draft }) => {
      const unique = `${folder}/${id}`;
      drafts.set(unique, draft);
      return { place: random(), post: { id: unique, title, summary, text, blocks, tags } };
    }),
  );
  const posts = all
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ post }) => post);
  return { posts, drafts, from: 'of real blogs' };
}

async function measureWords(browser: BenchBrowser): Promise<WordTable> {
  const { posts, drafts, from } = benchPosts(whole('posts', options.posts), whole('seed', options.seed));
  process.stderr.write(`words of ${posts.length} posts\n`);
  const opened = await browser.open();
  const { page } = opened;
  const names = await page.evaluate((all) => window.searchBench.words.prepare(all), posts);
  const { builds, failed } = await buildAll(opened, names, (name) =>
    page.evaluate((one) => window.searchBench.words.build(one), name),
  );
  const questions: KnownQuestion[] = posts
    .slice(0, QUESTIONS)
    .map(({ id, title }) => ({ id, title, text: drafts.get(id) ?? '' }));
  const moved = posts.slice(QUESTIONS, QUESTIONS + MOVED).map(({ id }) => id);
  const reports = await page.evaluate(([asked, some]) => window.searchBench.words.measure(asked, some), [
    questions,
    moved,
  ] as const);
  await opened.close();
  const rows = reports.flatMap((report) => {
    const build = builds.get(report.name);
    return build === undefined ? [] : [wordRow(report, build)];
  });
  return { posts: posts.length, questions: questions.length, from, rows, failed };
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const browser = await BenchBrowser.start();
  try {
    const report: SearchReport = {
      browser: browser.version,
      date: new Date().toISOString().slice(0, 10),
      seed: whole('seed', options.seed),
      rounds: whole('rounds', options.rounds),
      vectors: [],
      words: null,
    };
    if (options.only !== 'words') {
      for (const name of options.cases.split(',')) report.vectors.push(await measureVectors(browser, name));
    }
    if (options.only !== 'vectors') report.words = await measureWords(browser);
    giveReport(toMarkdown(report), report, options);
    return 0;
  } finally {
    await browser.close();
  }
}

await command(main);
