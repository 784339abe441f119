// `npm run bench:panel`: from a pause in typing to the settled panel, in the built page, beside the demo's posts and beside a large library.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { command } from '../cli/command.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { productionHeaders } from '../scripts/headers.ts';
import { buildIfStale } from '../scripts/prepare.js';
import { fileOf, startStaticHost, type HostedFile } from '../scripts/staticHost.ts';
import { text } from '../src/ui/text.ts';
import { benchTexts } from './engine/texts.ts';
import { giveReport } from './giveReport.ts';
import { wholeOption } from './options.ts';
import { buildPage } from './pageBuild.ts';
import { panelReport, type PanelFigures } from './panel/report.ts';
import { openRead, typeOn, watchPage } from './panel/typing.ts';
import { benchPosts } from './store/posts.ts';
import { Profile } from './store/profile.ts';

const USAGE = `Usage: npm run bench:panel [-- --only demo|large --pauses N --passages N --seed N --data DIR --json FILE --markdown FILE]`;
const SEED_PAGE = 'bench/panel/page.html';
const PASSAGES_PER_POST = 8;
/** Posts that are handed to the page at once. */
const POSTS_AT_ONCE = 500;
/** Reading the demo may take a crowded machine so long. */
const READING_MS = 900_000;
/** Paragraphs that the draft beside the large library begins with, and those that are typed. */
const BEGUN = 4;
const TYPED = 40;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    pauses: { type: 'string', default: '60' },
    passages: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const whole = (name: 'pauses' | 'passages' | 'seed'): number => wholeOption(name, options[name], USAGE);

type Host = Awaited<ReturnType<typeof startStaticHost>>;

/** The site, and beside it the page that fills a database: both of one origin. */
async function serve(): Promise<Host> {
  await buildIfStale();
  const beside = await buildPage(SEED_PAGE);
  const fromBench = (path: string): HostedFile | null => {
    const file = join(beside, path);
    return existsSync(file) ? fileOf(readFileSync(file), path) : null;
  };
  return startStaticHost({
    folder: join(ROOT, 'dist'),
    headers: productionHeaders,
    replace: (path, file) => file ?? fromBench(path),
  });
}

/** What Status says of the library and of where its model runs. */
async function facts(page: Page): Promise<Pick<PanelFigures, 'posts' | 'passages' | 'runsOn'>> {
  const { posts, device } = text.status;
  const said = (term: string): Promise<string> =>
    page
      .locator('dl > div')
      .filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) }) })
      .getByRole('definition')
      .innerText();
  const count = async (term: string): Promise<number> =>
    Number(/[\d,]+/.exec(await said(term))?.[0].replaceAll(',', ''));
  const [threads = '?'] = (await said(device.threads).catch(() => '1')).split(/\s/);
  return {
    posts: await count(posts.posts),
    passages: await count(posts.passages),
    runsOn: `${await said(device.backend)} ×${threads}`,
  };
}

async function demo(host: Host, prose: string): Promise<PanelFigures> {
  const profile = new Profile();
  try {
    return await profile.inPage(async (page) => {
      await watchPage(page);
      await openRead(page, host.origin, READING_MS);
      const typed = await typeOn(page, prose, whole('pauses'), whole('seed'));
      await page.getByRole('navigation').getByRole('link', { name: text.shell.views.status }).click();
      return { library: 'The demo', ...(await facts(page)), ...typed };
    });
  } finally {
    profile.remove();
  }
}

async function large(host: Host, begun: string, prose: string): Promise<PanelFigures> {
  const profile = new Profile();
  const { posts, from } = benchPosts(
    Math.ceil(whole('passages') / PASSAGES_PER_POST),
    PASSAGES_PER_POST,
    options.data,
    whole('seed'),
  );
  try {
    await profile.inPage(async (page) => {
      await page.goto(`${host.origin}/${SEED_PAGE}`);
      for (let at = 0; at < posts.length; at += POSTS_AT_ONCE)
        await page.evaluate((some) => window.panelBench.take(some), posts.slice(at, at + POSTS_AT_ONCE));
      await page.evaluate((seed) => window.panelBench.seed(seed), whole('seed'));
    });
    return await profile.inPage(async (page) => {
      await watchPage(page);
      await openRead(page, host.origin, READING_MS);
      await page.locator('.cm-content').click();
      await page.keyboard.insertText(begun);
      const typed = await typeOn(page, prose, whole('pauses'), whole('seed'));
      await page.getByRole('navigation').getByRole('link', { name: text.shell.views.status }).click();
      return { library: `Posts ${from}, repeated`, ...(await facts(page)), ...typed };
    });
  } finally {
    profile.remove();
  }
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (![undefined, 'demo', 'large'].includes(options.only)) throw new Error(`--only ${options.only}? ${USAGE}`);
  const demoFolder = join(ROOT, 'demo');
  const own = await benchTexts('', demoFolder, TYPED, whole('seed'));
  const real = await benchTexts(join(options.data, 'blog-18f'), demoFolder, BEGUN + TYPED, whole('seed'));
  const host = await serve();
  try {
    const figures: PanelFigures[] = [];
    if (options.only !== 'large') figures.push(await demo(host, `\n\n${own.texts.join('\n\n')}`));
    if (options.only !== 'demo') {
      const begun = real.texts.slice(0, BEGUN).join('\n\n');
      figures.push(await large(host, begun, `\n\n${real.texts.slice(BEGUN).join('\n\n')}`));
    }
    giveReport(`${panelReport(figures)}\n`, figures, options);
    return 0;
  } finally {
    await host.stop();
  }
}

await command(main);
