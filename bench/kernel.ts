// `npm run bench:kernel`: would an engine of our own be faster? Small int8 kernels against the runtime's, and its own split.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { command, endProgress, showProgress } from '../cli/command.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { launchOptions } from '../scripts/browser.js';
import { giveReport } from './giveReport.ts';
import { compileGemm } from './kernel/compileGemm.ts';
import { nameOf, type GemmKind } from './kernel/gemmSource.ts';
import type { KernelModule } from './kernel/kernelBench.ts';
import { toMarkdown, type KernelReport } from './kernel/report.ts';
import { wholeOption } from './options.ts';
import { PageServer } from './pageServer.ts';

const USAGE =
  'Usage: npm run bench:kernel [-- --turns N --rows 8,16,32,64,128 --network FILE --json FILE --markdown FILE]';
const KINDS: GemmKind[] = [
  { dot: 'plain', vectors: 2 },
  { dot: 'plain', vectors: 3 },
  { dot: 'relaxed', vectors: 2 },
  { dot: 'relaxed', vectors: 3 },
];
/** Depth × columns of the four products of a layer. */
const SHAPES = [
  [384, 1152],
  [384, 384],
  [384, 1536],
  [1536, 384],
] as const;
const SPLIT_TOKENS = [8, 16, 50, 128];
const SPLIT_RUNS = 15;

const { values: options } = parseArgs({
  options: {
    turns: { type: 'string', default: '60' },
    rows: { type: 'string', default: '8,16,32,64,128' },
    network: { type: 'string', default: resolve(ROOT, 'public/models/all-minilm-l6-v2/model.int8.onnx') },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (!existsSync(options.network)) throw new Error(`There is no network ${options.network}. ${USAGE}`);
  const turns = wholeOption('turns', options.turns, USAGE);
  const modules: KernelModule[] = [];
  for (const kind of KINDS) modules.push({ kind, bytes: [...(await compileGemm(kind))] });
  const server = await PageServer.start('bench/kernel/page.html');
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    await page.goto(server.address);
    await page.waitForFunction(() => 'kernelBench' in window);
    const known = await page.evaluate(
      (all) => all.filter(({ bytes }) => WebAssembly.validate(Uint8Array.from(bytes))),
      modules,
    );
    for (const { kind } of modules.slice(known.length))
      process.stderr.write(`NOT MEASURED: no ${nameOf(kind)} here.\n`);
    const report: KernelReport = {
      browser: browser.version(),
      date: new Date().toISOString().slice(0, 10),
      turns,
      kernels: [],
      splits: [],
    };
    for (const text of options.rows.split(',')) {
      const rows = wholeOption('rows', text, USAGE);
      if (rows % 4 !== 0) throw new Error(`--rows ${rows} is no multiple of 4, the rows of a tile. ${USAGE}`);
      for (const [depth, columns] of SHAPES) {
        showProgress(`${rows} rows, ${depth} × ${columns}`);
        const wanted = { rows, depth, columns, turns };
        const figures = await page.evaluate(([all, one]) => window.kernelBench.measure(all, one), [
          known,
          wanted,
        ] as const);
        report.kernels.push(...figures);
      }
    }
    const network = server.give(options.network);
    for (const tokens of SPLIT_TOKENS) {
      showProgress(`split at ${tokens} tokens`);
      const split = await page.evaluate(([file, count, runs]) => window.kernelBench.split(file, count, runs), [
        network,
        tokens,
        SPLIT_RUNS,
      ] as const);
      report.splits.push({ tokens, ...split });
    }
    endProgress();
    giveReport(toMarkdown(report), report, options);
    return 0;
  } finally {
    await browser.close();
    await server.close();
  }
}

await command(main);
