// The page without a network, on a host that sends no headers, and while another version comes.
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/browser.js';
import { productionHeaders } from '../scripts/headers.ts';
import {
  fileOf,
  startStaticHost,
  type HostedFile,
  type StaticHost,
  type StaticHostOptions,
} from '../scripts/staticHost.ts';
import { Kindred, expect, test, text } from './support/fixtures.ts';
import { tinyModelFile } from './support/tinyModels.ts';

const dist = new URL('../dist', import.meta.url).pathname;
const words = text.status.offline;

let browser: Browser;
let context: BrowserContext;
let host: StaticHost;

test.beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});
test.afterAll(() => browser.close());
test.afterEach(async () => {
  await context.close();
  await host.stop().catch(() => undefined);
});

async function openOn(
  options: Omit<StaticHostOptions, 'folder'>,
  serviceWorkers: 'allow' | 'block' = 'allow',
): Promise<{ page: Page; kindred: Kindred }> {
  host = await startStaticHost({ folder: dist, ...options });
  context = await browser.newContext({ baseURL: host.origin, serviceWorkers });
  const page = await context.newPage();
  const kindred = new Kindred(page);
  await kindred.open();
  return { page, kindred };
}

/** The policy forbids what Playwright's own waiting for a function needs. */
const until = (page: Page, holds: () => boolean) =>
  // A page that is being loaded anew can't be asked.
  expect.poll(() => page.evaluate(holds).catch(() => false), { timeout: 60_000 }).toBe(true);
const isolated = (page: Page) => until(page, () => crossOriginIsolated && document.readyState === 'complete');

async function writesAndIsAnswered(kindred: Kindred): Promise<void> {
  await kindred.newDraft('Night alarms', 'The pager rang at three in the morning and nobody stood on a pier.');
  await expect(kindred.suggestions().first()).toBeVisible();
}

test('a host without headers: isolated after the first visit, threads, and whole without a network', async () => {
  test.slow();
  const { page, kindred } = await openOn({});
  let loads = 0;
  page.on('load', () => loads++);
  await isolated(page);
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible({ timeout: 120_000 });
  expect(loads).toBeLessThanOrEqual(2);
  await kindred.goTo('status');
  await expect(kindred.fact(words.page)).toHaveText(words.states.kept);
  await expect(kindred.fact(words.isolation)).toHaveText(words.isolated);

  await context.setOffline(true);
  await host.stop();
  const before = host.sent.length;
  await page.reload();
  await expect(kindred.page.getByRole('heading', { level: 1, name: text.shell.views.status })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await kindred.goTo('write');
  await writesAndIsAnswered(kindred);
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible({ timeout: 60_000 });
  await kindred.goTo('status');
  await expect(kindred.fact(text.model.state)).toHaveText(text.model.states.ready);
  await kindred.goTo('library');
  await expect(kindred.grid).toBeVisible();
  expect(host.sent).toHaveLength(before);
});

test('a second visit asks the network for nothing of the model', async () => {
  test.slow();
  const { page, kindred } = await openOn({ headers: productionHeaders });
  await kindred.goTo('status');
  await expect(kindred.fact(text.model.state)).toHaveText(text.model.states.ready, { timeout: 120_000 });
  await expect(kindred.fact(words.page)).toHaveText(words.states.kept);
  const before = host.sent.length;
  await page.reload();
  await expect(kindred.fact(text.model.state)).toHaveText(text.model.states.ready, { timeout: 60_000 });
  const asked = host.sent.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.startsWith('models/') || path.startsWith('assets/'))).toEqual([]);
});

test('the policy binds the workers too, on a host that sends none', async () => {
  const { page } = await openOn({ replace: tinyModelFile });
  await isolated(page);
  await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2);
  for (const worker of page.workers().slice(0, 2)) {
    const refused = await worker.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
          fetch('http://127.0.0.1:9/leak').catch(() => setTimeout(() => resolve('not refused'), 1_000));
        }),
    );
    expect(refused).toBe('connect-src');
  }
});

test('a new version waits, the old page keeps its files, and the author decides', async () => {
  test.slow();
  let deployed = 'a';
  const mark = (file: HostedFile, path: string): HostedFile => {
    if (deployed === 'a') return file;
    const body = file.body.toString('utf8');
    const changed =
      path === 'sw.js'
        ? body.replace(/version:`[0-9a-f]{16}`/, 'version:`bbbbbbbbbbbbbbbb`')
        : body.replace('lang="en-GB"', 'lang="en-IE"');
    return fileOf(Buffer.from(changed), path);
  };
  const { page, kindred } = await openOn({
    headers: productionHeaders,
    replace: (path, found) => {
      const file = tinyModelFile(path, found);
      if (file !== null && (path === 'sw.js' || path === 'index.html')) return mark(file, path);
      // Of the old version nothing is left on the host but what both have.
      return deployed === 'b' && /assets\/(?:Status|Library)View/.test(path) && gone ? null : file;
    },
  });
  let gone = false;
  const language = () => page.evaluate(() => document.documentElement.lang);
  const cacheNames = () => page.evaluate(async () => (await caches.keys()).filter((name) => name.includes('shell')));
  await expect.poll(cacheNames, { timeout: 60_000 }).toHaveLength(1);
  await until(page, () => navigator.serviceWorker.controller !== null);
  const [first] = await cacheNames();

  deployed = 'b';
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const notice = page.getByRole('region', { name: text.shell.notices.region });
  await expect(notice).toContainText(text.shell.newVersion.message);
  expect(await language()).toBe('en-GB');
  gone = true;
  await kindred.goTo('library');
  await kindred.goTo('status');
  await expect(kindred.fact(words.version)).toHaveText(words.newer);
  // A reload alone leaves it at the old one: another page could still be of it.
  await page.reload();
  expect(await language()).toBe('en-GB');
  expect(await cacheNames()).toContain(first);
  await page.getByRole('button', { name: text.shell.newVersion.take }).first().click();
  await until(page, () => document.documentElement.lang === 'en-IE');
  await kindred.goTo('status');
  await expect.poll(cacheNames).toEqual(['kindred-shell-bbbbbbbbbbbbbbbb']);
});

test('where there are no service workers Status says so, and one thread works', async () => {
  const { kindred } = await openOn({ replace: tinyModelFile }, 'block');
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('status');
  await expect(kindred.fact(words.page)).toHaveText(words.impossible.refused);
  await expect(kindred.fact(words.isolation)).toHaveText(words.notIsolated);
  await expect(kindred.page.getByText(/not cross-origin isolated/)).toBeVisible({ timeout: 60_000 });
});
