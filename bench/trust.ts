// `npm run bench:draft`: from a pause in typing to the draft's vectors, idle and while posts are read; `npm run bench:memory`: the memory of
// the runtime over 1,000 mixed texts. Both with the shipped model on WASM, in headless Chromium.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { launchOptions } from '../scripts/browser.js';
import { serveBench } from './server.ts';
import type { DraftTimes } from './trust/draftLane.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BLOG = join(ROOT, '../shared/data/blog-18f/posts.jsonl');
const DEMO = join(ROOT, 'demo/posts');

/** A real blog where it is at hand, else the demo's posts. */
function posts(): { from: string; texts: string[] } {
  if (existsSync(BLOG)) {
    const lines = readFileSync(BLOG, 'utf8').split('\n').filter(Boolean);
    return { from: '18F', texts: lines.map((line) => (JSON.parse(line) as { text: string }).text) };
  }
  const files = readdirSync(DEMO).filter((name) => name.endsWith('.md'));
  return {
    from: 'the demo',
    texts: files.map((name) => readFileSync(join(DEMO, name), 'utf8').replace(/^---[\s\S]*?---/, '')),
  };
}

async function inPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const server = await serveBench({ page: 'bench/trust/page.html', app: true });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    await page.goto(server.address);
    await page.waitForFunction(() => 'trustBench' in window, undefined, { timeout: 120_000 });
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

const line = (name: string, { p50, p95, pauses }: DraftTimes): string =>
  `| ${name} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${pauses} |`;

async function draft(page: Page, texts: readonly string[], pauses: number): Promise<string[]> {
  const report = await page.evaluate(([given, many]) => window.trustBench.draft(given, many), [texts, pauses] as const);
  const { alone, beside } = report.passagesPerSecond;
  return [
    `${report.model}, WASM ×${report.threads}`,
    '',
    '| from pause to vectors, ms | p50 | p95 | pauses |',
    '|---|---|---|---|',
    line('idle', report.idle),
    line('while posts are read', report.importing),
    line('the last of five, four superseded, while posts are read', report.superseded),
    '',
    `A passage of the queue takes ${report.passageMs.toFixed(0)} ms; the queue reads ${alone.toFixed(1)} passages a second alone, ${beside.toFixed(1)} beside drafts.`,
  ];
}

async function memory(page: Page, texts: readonly string[]): Promise<string[]> {
  const { model, steps, recycled } = await page.evaluate((given) => window.trustBench.memory(given), texts);
  const base = steps[0]?.bytes ?? NaN;
  return [
    `${model}, WASM`,
    '',
    '| texts | linear memory, MB | against the model alone |',
    '|---|---|---|',
    ...steps.map(
      ({ texts: count, bytes }) => `| ${count} | ${(bytes / 1e6).toFixed(1)} | ${(bytes / base).toFixed(2)} |`,
    ),
    '',
    `Workers replaced meanwhile: ${recycled}.`,
  ];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { pauses: { type: 'string', default: '60' } },
});
const { from, texts } = posts();
const wanted = positionals[0] === 'memory' ? memory : (page: Page) => draft(page, texts, Number(values.pauses));
const report = await inPage((page) => wanted(page, texts));
process.stdout.write(`Posts of ${from}, ${report.join('\n')}\n`);
