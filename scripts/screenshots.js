// `npm run screenshots`: pictures of every view, wide, narrow and dark, from the built page with the demo embedded.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { launchOptions } from './browser.js';
import { buildIfStale } from './prepare.js';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'test-results/screenshots' } } });
const out = values.out;
mkdirSync(out, { recursive: true });

await buildIfStale();
const server = await preview({ preview: { port: 4175 }, logLevel: 'warn' });
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4175/';
const browser = await chromium.launch(launchOptions());
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
const page = await context.newPage();

const sizes = {
  wide: { width: 1440, height: 900 },
  full: { width: 1920, height: 1080 },
  narrow: { width: 360, height: 740 },
};
const views = { write: '#/', library: '#/library', status: '#/status' };

/** @param {string} name */
const shoot = (name) => page.screenshot({ path: join(out, `${name}.png`) });

/** @param {keyof typeof views} view */
async function goTo(view) {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(view, 'i') })
    .click();
  await page.waitForTimeout(700);
  // The caret of a restored draft may lie below the fold, and the editor has brought it into view by now.
  await page.evaluate(() => document.querySelectorAll('main, main section').forEach((part) => part.scrollTo(0, 0)));
  await page.waitForTimeout(200);
}

await page.goto(address);
await page.getByRole('complementary').getByRole('listitem').first().waitFor();
await shoot('first-visit');

await goTo('status');
await page.getByText('every passage has one').waitFor({ timeout: 600_000 });

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    for (const view of /** @type {(keyof typeof views)[]} */ (Object.keys(views))) {
      await goTo(view);
      await shoot(`${view}-${size}${colorScheme === 'dark' ? '-dark' : ''}`);
    }
  }
}

await browser.close();
await server.close();
console.log(`Pictures are in ${out}.`);
