// `npm run bench:store`: what is written and read again, beside rows and other stores, and how soon a saved post is found.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from '../cli/command.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { giveReport } from './giveReport.ts';
import { serveBench, type BenchServer } from './server.ts';
import type { ReopenTimes, StoredBenchPost } from './store/contender.ts';
import { OURS } from './store/names.ts';
import type { StoreCase } from './store/page.ts';
import { benchPosts } from './store/posts.ts';
import { Profile } from './store/profile.ts';
import { freshnessMarkdown, storeMarkdown, type FreshnessRow, type StoreRow, type StoreTable } from './store/report.ts';

const USAGE = `Usage: npm run bench:store [-- --cases 20000x384,100000x384 --reopen N --budget SECONDS --seed N --data DIR
  --only store|freshness --contenders Kindred,Orama --json FILE --markdown FILE]`;
const PASSAGES_PER_POST = 8;
/** Posts that are handed to the page at once. */
const POSTS_AT_ONCE = 500;
/** Characters of the draft that is asked. */
const DRAFT_LENGTH = 900;
const FRESHNESS = { dimension: 384, saved: 40, msPerPassage: 15 };
const AHEAD = [0, 5000];

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000x384,100000x384' },
    reopen: { type: 'string', default: '3' },
    budget: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    only: { type: 'string' },
    contenders: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text} is no whole number above 0. ${USAGE}`);
  return value;
}

const isAsked = (name: string): boolean =>
  [OURS, ...(options.contenders?.split(',') ?? [''])].some((beginning) => name.startsWith(beginning));

/** Does something in a page of a new browser process on a profile, and ends the process. */
function inBrowser<T>(
  server: BenchServer,
  profile: Profile,
  work: (page: Awaited<ReturnType<Profile['launch']>>['page']) => Promise<T>,
): Promise<T> {
  return profile.inPage(async (page) => {
    await page.goto(server.address);
    await page.waitForFunction(() => 'storeBench' in window, undefined, { timeout: 120_000 });
    return work(page);
  });
}

async function measureOne(
  server: BenchServer,
  name: string,
  posts: readonly StoredBenchPost[],
  one: StoreCase,
): Promise<StoreRow> {
  const profile = new Profile();
  const budgetMs = 1000 * whole('budget', options.budget);
  try {
    const write = await inBrowser(server, profile, async (page) => {
      for (let from = 0; from < posts.length; from += POSTS_AT_ONCE)
        await page.evaluate((some) => window.storeBench.take(some), posts.slice(from, from + POSTS_AT_ONCE));
      return page.evaluate(([who, what, budget]) => window.storeBench.write(who, what, budget), [
        name,
        one,
        budgetMs,
      ] as const);
    });
    const reopen: ReopenTimes[] = [];
    const [first] = posts;
    const question = { title: first?.title ?? '', text: first?.text.slice(0, DRAFT_LENGTH) ?? '' };
    for (let time = 0; time < whole('reopen', options.reopen); time++) {
      const times = await inBrowser(server, profile, (page) =>
        page.evaluate(([who, what, asked]) => window.storeBench.reopen(who, what, asked), [
          name,
          one,
          question,
        ] as const),
      );
      if (times.found.vectors !== first?.id)
        throw new Error(`It found ${times.found.vectors} where ${first?.id ?? ''} is nearest.`);
      reopen.push(times);
    }
    return { name, write, reopen, diskBytes: profile.storedBytes() };
  } finally {
    profile.remove();
  }
}

async function measureCase(server: BenchServer, name: string): Promise<StoreTable> {
  const [passages, dimension] = name.split('x').map((part) => whole('cases', part));
  if (passages === undefined || dimension === undefined)
    throw new Error(`--cases ${name} is no COUNTxDIMENSION. ${USAGE}`);
  const seed = whole('seed', options.seed);
  const { posts, from } = benchPosts(Math.ceil(passages / PASSAGES_PER_POST), PASSAGES_PER_POST, options.data, seed);
  const one: StoreCase = { dimension, seed, passagesPerPost: PASSAGES_PER_POST };
  const textBytes = posts.reduce((sum, { title, summary, text }) => sum + Buffer.byteLength(title + summary + text), 0);
  const table: StoreTable = { passages, dimension, posts: posts.length, from, textBytes, rows: [], failed: [] };
  const profile = new Profile();
  const contenders = await inBrowser(server, profile, (page) => page.evaluate(() => window.storeBench.contenders()));
  profile.remove();
  for (const contender of contenders.filter((asked) => isAsked(asked.name))) {
    process.stderr.write(`${name} ${contender.name}\n`);
    try {
      if (passages > contender.limit) throw new Error(`It is tried with ${contender.limit} passages at most.`);
      table.rows.push(await measureOne(server, contender.name, posts, one));
    } catch (error) {
      const [why = ''] = String(error instanceof Error ? error.message : error).split('\n');
      table.failed.push({ name: contender.name, why: why.replace(/^page\.evaluate: (Error: )?/, '') });
    }
  }
  return table;
}

async function measureFreshness(server: BenchServer): Promise<FreshnessRow[]> {
  const rows: FreshnessRow[] = [];
  for (const ahead of AHEAD) {
    process.stderr.write(`freshness with ${ahead} posts ahead\n`);
    const profile = new Profile();
    const ms = await inBrowser(server, profile, (page) =>
      page.evaluate((how) => window.storeBench.freshness(how), { ...FRESHNESS, ahead }),
    );
    profile.remove();
    rows.push({ ahead, msPerPassage: FRESHNESS.msPerPassage, ms });
  }
  return rows;
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const server = await serveBench({
    page: 'bench/store/page.html',
    alias: { '@xenova/transformers': resolve(ROOT, 'bench/store/contenders/transformersStub.ts') },
    asTheyAre: ['@babycommando/entity-db'],
  });
  try {
    const tables: StoreTable[] = [];
    if (options.only !== 'freshness')
      for (const name of options.cases.split(',')) tables.push(await measureCase(server, name));
    const freshness = options.only === 'store' ? [] : await measureFreshness(server);
    const parts = tables.map(storeMarkdown);
    if (freshness.length > 0) parts.push(freshnessMarkdown(freshness));
    giveReport(`${parts.join('\n\n')}\n`, { tables, freshness }, options);
    return 0;
  } finally {
    await server.close();
  }
}

await command(main);
