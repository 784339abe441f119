// A device that sleeps and a tab that is frozen while posts are read: on waking it goes on, and nothing is taken for a failure.
import type { Page } from '@playwright/test';
import { expect, test, text, type Kindred } from './support/fixtures.ts';

/** Longer than a worker is ever waited for that has shown how fast it is. */
const ASLEEP_MS = 12_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Stops the processes of every page, threads and all, as a sleeping device does. */
async function sleep(page: Page, ms: number): Promise<void> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser is gone.');
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const id of pages) process.kill(id, 'SIGSTOP');
  await pause(ms);
  for (const id of pages) process.kill(id, 'SIGCONT');
  await devtools.detach();
}

async function freeze(page: Page, ms: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await pause(ms);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await devtools.detach();
}

/** Some posts of the demo are read, and not yet all. */
async function whileReading(kindred: Kindred): Promise<void> {
  await kindred.open();
  await kindred.goTo('status');
  const { vectors, toCompute } = text.status.posts;
  const more = toCompute(2).replace(/^\d+ /, '');
  await expect(kindred.fact(vectors)).toHaveText(new RegExp(`^[1-9].*${more}`), { timeout: 120_000 });
}

for (const [what, stop] of [
  ['the device sleeps', sleep],
  ['the tab is frozen', freeze],
] as const) {
  test(`when ${what} while posts are read, it goes on afterwards with the same worker`, async ({ kindred }) => {
    test.slow();
    test.skip(process.platform === 'win32' && stop === sleep, 'Windows can not stop a process.');
    await whileReading(kindred);
    await stop(kindred.page, ASLEEP_MS);
    const embedded = await kindred.embeddedNow();
    const figure = /[\d,]+/.exec(await kindred.fact(text.status.posts.vectors).innerText());
    expect(embedded).toBe(Number(figure?.[0].replaceAll(',', '')));
    await expect(kindred.fact(text.status.device.losses)).toHaveCount(0);
  });
}
