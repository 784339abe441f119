// `npm run bench`: our embedding beside others', in one Chromium, on the same texts, interleaved.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright';
import { command, endProgress, showProgress } from '../cli/command.ts';
import { modelDir, ROOT } from '../cli/modelOptions.ts';
import { launchOptions } from '../scripts/browser.js';
import { contenders, OURS, type EngineFiles } from './engine/contender.ts';
import { weigh, type Download } from './engine/downloads.ts';
import type { SessionCase } from './engine/engineBench.ts';
import { toMarkdown } from './engine/report.ts';
import type { EngineReport, LengthFigures, SessionReport, SpeedFigures, SpeedReport } from './engine/report.ts';
import { baseLabel, sessionCases } from './engine/sessionCases.ts';
import { measureTasks, type TaskLoss } from './engine/taskLoss.ts';
import { benchTexts, wordCount } from './engine/texts.ts';
import { giveReport } from './giveReport.ts';
import { interleave } from './interleave.ts';
import { wholeOption } from './options.ts';
import { PageServer } from './pageServer.ts';

const USAGE = `Usage: npm run bench [-- --texts N --rounds N --seed N --data DIR --usual FILE --fp32 FILE
  --only speed|lengths|downloads|tasks|sessions --variants FILE,FILE --contenders Kindred,bare --json FILE --markdown FILE]`;
const MODEL = 'all-minilm-l6-v2';
const PAGE = 'bench/engine/page.html';
const LENGTHS = [8, 16, 32, 64, 128, 256];
/** Tokens that a case runs before the next has its turn, and texts at least. */
const TOKENS_A_TURN = 600;
const LEAST_RUNS = 4;
const DISCARDED = 2;
const ONLY = ['speed', 'lengths', 'downloads', 'tasks', 'sessions'];
/** Ways to open a session are near each other: one run a turn, and many turns. */
const SESSION_TOKENS = [16, 64, 128];
const SESSION_ROUNDS = { counted: 30, discarded: DISCARDED };

const { values: options } = parseArgs({
  options: {
    texts: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: resolve(ROOT, '../shared/data') },
    usual: { type: 'string', default: resolve(ROOT, 'build/usual/model_quantized.onnx') },
    fp32: { type: 'string', default: resolve(ROOT, `build/${MODEL}/model.fp32.onnx`) },
    only: { type: 'string' },
    contenders: { type: 'string' },
    variants: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const whole = (name: 'texts' | 'rounds' | 'seed'): number => wholeOption(name, options[name], USAGE);
/** Beginnings of the names of the contenders that were asked for; ours is always there, as the others are compared with it. */
const askedNames = (): string[] | null =>
  options.contenders === undefined ? null : [OURS, ...options.contenders.split(',')];
const asked = (part: string): boolean => options.only === undefined || options.only === part;

/** Addresses on the page's server of what is there; says what is not, and how to have it. */
function findFiles(server: PageServer): EngineFiles {
  const folder = server.addressOf(`/models/${MODEL}/`);
  const networks: EngineFiles['networks'] = { ours: `${folder}model.int8.onnx` };
  if (existsSync(options.usual)) networks.usual = server.give(options.usual);
  else {
    const what = `the int8 file that others publish of ${MODEL} (onnx/model_quantized.onnx)`;
    process.stderr.write(`NOT MEASURED: ${what} is not at ${options.usual}; name it with --usual.\n`);
  }
  if (existsSync(options.fp32)) networks.fp32 = server.give(options.fp32);
  else {
    const make = 'python -m kindred_training.export --out DIR, in training/';
    process.stderr.write(
      `NOT MEASURED: fp32. ${options.fp32} is not there; make it with ${make}, or name it with --fp32.\n`,
    );
  }
  return { folder, networks };
}

interface BenchPage {
  page: Page;
  /** Seconds that this browser's pages and their workers spent on processors. */
  cpuSeconds: () => Promise<number>;
  tokens: number[];
  close: () => Promise<void>;
}

async function openPage(browser: Browser, server: PageServer, files: EngineFiles, texts: string[]): Promise<BenchPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(server.address);
  await page.waitForFunction(() => 'engineBench' in window);
  const tokens = await page.evaluate(([all, where]) => window.engineBench.prepare(all, where), [texts, files] as const);
  const devtools = await browser.newBrowserCDPSession();
  return {
    page,
    tokens,
    async cpuSeconds() {
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    },
    async close() {
      await devtools.detach();
      await context.close();
    },
  };
}

const showRound = (done: number): void => showProgress(`round ${done}`);

async function measureSpeed({ page, cpuSeconds, tokens }: BenchPage): Promise<SpeedReport> {
  const { opened, failed } = await page.evaluate((some) => window.engineBench.openAll(some), askedNames());
  const rounds = { counted: whole('rounds'), discarded: DISCARDED };
  const turn = (name: string) => page.evaluate((one) => window.engineBench.turn(one), name);
  const names = opened.map(({ name }) => name);
  const times = await interleave(names, rounds, turn, cpuSeconds, showRound);
  // One handle for all: the vectors stay in the page.
  const reference = await page.evaluateHandle(() => window.engineBench.reference());
  const figures: SpeedFigures[] = [];
  for (const contender of opened) {
    const vectors = await page.evaluate(([name, golden]) => window.engineBench.judge(name, golden), [
      contender.name,
      reference,
    ] as const);
    figures.push({ ...contender, ...(times.get(contender.name) ?? { ms: [], cpuMs: [] }), ...vectors });
  }
  const tokenising: SpeedReport['tokenising'] = { tokensMs: [], wholeMs: [] };
  for (let round = 0; round < rounds.counted + rounds.discarded; round++) {
    const { tokensMs, wholeMs } = await page.evaluate(() => window.engineBench.tokenising());
    if (round < rounds.discarded) continue;
    tokenising.tokensMs.push(tokensMs);
    tokenising.wholeMs.push(wholeMs);
  }
  endProgress();
  return { figures, failed, tokens, tokenising };
}

async function measureLengths({ page, cpuSeconds }: BenchPage, files: EngineFiles): Promise<LengthFigures[]> {
  const cases: SessionCase[] = (['ours', 'fp32'] as const).flatMap((name) => {
    const network = files.networks[name];
    if (network === undefined) return [];
    return [1, 2].map((threads) => ({
      label: `${name === 'ours' ? 'int8' : 'fp32'}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
      network,
      choice: { threads },
    }));
  });
  cases.push({ label: 'int8, 2 workers', network: files.networks.ours ?? '', choice: { threads: 1 }, workers: 2 });
  for (const one of cases) await page.evaluate((wanted) => window.engineBench.openCase(wanted), one);
  const rounds = { counted: whole('rounds'), discarded: DISCARDED };
  const figures: LengthFigures[] = [];
  for (const tokens of LENGTHS) {
    const turn = (label: string) =>
      page.evaluate(([one, count, runs]) => window.engineBench.caseTurn(one, count, runs), [
        label,
        tokens,
        Math.max(LEAST_RUNS, Math.round(TOKENS_A_TURN / tokens)),
      ] as const);
    const times = await interleave(
      cases.map(({ label }) => label),
      rounds,
      turn,
      cpuSeconds,
    );
    for (const [label, { ms }] of times) figures.push({ label, tokens, ms });
    showProgress(`${tokens} tokens`);
  }
  endProgress();
  return figures;
}

/** Asked for by name only: for who looks for a faster way. */
async function measureSessions(
  { page, cpuSeconds }: BenchPage,
  server: PageServer,
  files: EngineFiles,
): Promise<SessionReport> {
  const variants = (options.variants?.split(',') ?? []).map((file) => {
    if (!existsSync(file)) throw new Error(`There is no file ${file}. ${USAGE}`);
    return { name: basename(file), address: server.give(file) };
  });
  const cases = sessionCases(files.networks.ours ?? '', variants);
  for (const one of cases) await page.evaluate((wanted) => window.engineBench.openCase(wanted), one);
  const labels = cases.map(({ label }) => label);
  const figures: LengthFigures[] = [];
  for (const tokens of SESSION_TOKENS) {
    const turn = (label: string) =>
      page.evaluate(([one, count]) => window.engineBench.caseTurn(one, count, 1), [label, tokens] as const);
    const times = await interleave(labels, SESSION_ROUNDS, turn, cpuSeconds, showRound);
    for (const [label, { ms }] of times) figures.push({ label, tokens, ms });
  }
  const agreements = await page.evaluate((all) => window.engineBench.compareCases(all), labels);
  endProgress();
  return { figures, agreements, bases: cases.map(({ label, choice }) => [label, baseLabel(choice.threads)]) };
}

/** What each contender asks its server for, and how long until it is ready, with nothing in the browser's caches. */
async function measureDownloads(
  open: () => Promise<BenchPage>,
  server: PageServer,
  files: EngineFiles,
): Promise<Download[]> {
  const downloads: Download[] = [];
  const wanted = contenders(files).filter(
    ({ kind, threads, batch = 32 }) => (kind === 'ours' && threads === null) || (kind === 'pipeline' && batch === 32),
  );
  for (const contender of wanted) {
    showProgress(contender.name);
    const { page, close } = await open();
    server.sent.length = 0;
    try {
      const readyMs = await page.evaluate((one) => window.engineBench.loadOne(one), contender);
      downloads.push({ name: contender.name, readyMs, ...weigh(server.sent) });
    } catch (error) {
      process.stderr.write(`${contender.name} did not start: ${String(error)}\n`);
    }
    await close();
  }
  endProgress();
  return downloads;
}

/** Of every model whose fp32 network is there: that of the comparison, and those that were exported with theirs. */
async function tasks(): Promise<TaskLoss[]> {
  const networks = [...new Set([MODEL, basename(modelDir())])].map((id) => ({
    id,
    fp32: id === MODEL ? options.fp32 : resolve(ROOT, 'build', id, 'model.fp32.onnx'),
  }));
  const onMissing = (what: string): void => void process.stderr.write(`NOT MEASURED: ${what}.\n`);
  const models = networks.filter(({ fp32 }) => existsSync(fp32));
  for (const { id, fp32 } of networks)
    if (!models.some((model) => model.id === id)) onMissing(`tasks of ${id}: its fp32 network is not at ${fp32}`);
  const losses = await measureTasks({ models, data: options.data, onProgress: showProgress, onMissing });
  endProgress();
  return losses;
}

/** A page for one part of the report. */
async function within<Result>(
  open: () => Promise<BenchPage>,
  work: (page: BenchPage) => Promise<Result>,
): Promise<Result> {
  const opened = await open();
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (options.only !== undefined && !ONLY.includes(options.only)) throw new Error(`--only ${options.only}? ${USAGE}`);
  const { texts, from } = await benchTexts(
    join(options.data, 'blog-18f'),
    join(ROOT, 'demo'),
    whole('texts'),
    whole('seed'),
  );
  const server = await PageServer.start(PAGE);
  const browser = await chromium.launch(launchOptions());
  try {
    const files = findFiles(server);
    const open = (): Promise<BenchPage> => openPage(browser, server, files, texts);
    const report: EngineReport = {
      browser: browser.version(),
      date: new Date().toISOString().slice(0, 10),
      rounds: whole('rounds'),
      texts: { count: texts.length, from, words: texts.reduce((sum, text) => sum + wordCount(text), 0) / texts.length },
      speed: asked('speed') ? await within(open, (page) => measureSpeed(page)) : null,
      lengths: asked('lengths') ? await within(open, (page) => measureLengths(page, files)) : null,
      sessions: options.only === 'sessions' ? await within(open, (page) => measureSessions(page, server, files)) : null,
      downloads: asked('downloads') ? await measureDownloads(open, server, files) : null,
      tasks: asked('tasks') ? await tasks() : null,
    };
    giveReport(toMarkdown(report), report, options);
    return 0;
  } finally {
    await browser.close();
    await server.close();
  }
}

await command(main);
