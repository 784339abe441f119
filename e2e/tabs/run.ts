// `npm run test:tabs -- --minutes 10 --seed 1`: several tabs at random, for as long as is asked.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { launchOptions } from '../../scripts/browser.js';
import { buildIfStale } from '../../scripts/prepare.js';
import { inWords } from './report.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('Usage: npm run test:tabs -- [--minutes 10] [--seed 1] [--quiet]');
  process.exit(2);
}

await buildIfStale();
const server = await preview({ preview: { port: 4190, strictPort: false } });
const browser = await chromium.launch(launchOptions());
try {
  const address = server.resolvedUrls?.local[0] ?? '';
  const log = (line: string): void => {
    if (!values.quiet) process.stderr.write(`${line}\n`);
  };
  // One would answer with the site's own list of models in place of the tiny ones.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const report = await soak({ context, address, minutes, seed, log });
  console.log(inWords(report));
  process.exitCode = report.problems.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}
