// `npm run test:crash`: kills the page, the worker or the browser at random moments, and looks whether anything was lost.
import { parseArgs } from 'node:util';
import { command } from '../cli/command.ts';
import { BrowserProcess } from './crash/browserProcess.ts';
import { Ledger } from './crash/ledger.ts';
import { interrupt, openPage, type Outcome } from './crash/run.ts';
import { randomOf } from './random.ts';
import { serveBench } from './server.ts';

const USAGE = 'Usage: npm run test:crash [-- --times N --seed N]';

const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text} is no whole number above 0. ${USAGE}`);
  return value;
}

const line = ({ action, kill, afterMs, acknowledged, faults }: Outcome): string =>
  [
    `${action}, ${kill} killed after ${afterMs} ms`,
    acknowledged ? 'acknowledged before' : 'not acknowledged',
    faults.length === 0 ? 'all there' : `FAILED: ${faults.slice(0, 5).join(' ')}`,
  ].join('; ');

/** Vectors after all interruptions, against those of the same posts read without any: the same to the last bit. */
async function sameVectors(browser: BrowserProcess, address: string, ledger: Ledger): Promise<string[]> {
  const page = await openPage(browser, address);
  const posts = ledger.present.map((n) => ({ n, version: ledger.versionOf(n) }));
  const faults = await page.evaluate(async (all) => {
    const { crashPage } = window;
    const interrupted = await crashPage.vectorsByText();
    await crashPage.start();
    await crashPage.remove(all.map(({ n }) => n));
    await crashPage.put(all.map(({ n, version }) => ({ n, version })));
    const atRest = await crashPage.faultsAtRest();
    const anew = await crashPage.vectorsByText();
    const same = JSON.stringify(interrupted) === JSON.stringify(anew);
    return same ? atRest : [...atRest, 'Vectors are others than those that the model gives for the texts.'];
  }, posts);
  await page.close();
  return faults;
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const [times, seed] = [whole('times', options.times), whole('seed', options.seed)];
  const server = await serveBench({ page: 'bench/crash/page.html', app: true });
  const browser = new BrowserProcess();
  let failures = 0;
  try {
    const ledger = new Ledger();
    const random = randomOf(seed);
    for (let time = 1; time <= times; time++) {
      const outcome = await interrupt({ browser, ledger, address: server.address, random });
      process.stdout.write(`${time} of ${times}: ${line(outcome)}\n`);
      if (outcome.faults.length > 0) failures++;
    }
    const faults = await sameVectors(browser, server.address, ledger);
    for (const fault of faults) process.stdout.write(`At the end: ${fault}\n`);
    if (faults.length > 0) failures++;
    process.stdout.write(`${times} interruptions, seed ${seed}: ${failures} failures\n`);
    return failures === 0 ? 0 : 1;
  } finally {
    await browser.dispose();
    await server.close();
  }
}

await command(main);
