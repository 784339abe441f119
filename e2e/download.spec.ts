// The model over a bad line, from a real server that cuts, changes, and waits; and on devices that save data or are full.
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/browser.js';
import { productionHeaders } from '../scripts/headers.ts';
import { startStaticHost, type Sent, type StaticHost, type StaticHostOptions } from '../scripts/staticHost.ts';
import { beforeWorker } from './support/beforeWorker.ts';
import { Kindred, expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const dist = new URL('../dist', import.meta.url).pathname;
const network = 'models/kindred-post-1-quick/model.int8.onnx';
const words = text.model;
const MB = 1_000_000;

let browser: Browser;
let context: BrowserContext;
let host: StaticHost;

test.beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});
test.afterAll(() => browser.close());

async function hostOf(options: Omit<StaticHostOptions, 'folder'>): Promise<void> {
  host = await startStaticHost({ folder: dist, headers: productionHeaders, ...options });
  context = await browser.newContext({ baseURL: host.origin, serviceWorkers: 'block' });
}

async function openStatus(page: Page): Promise<Kindred> {
  const kindred = new Kindred(page);
  await page.goto('/#/status');
  await expect(page.getByRole('heading', { level: 1, name: text.shell.views.status })).toBeVisible();
  return kindred;
}

const asked = (): Sent[] => host.sent.filter(({ path }) => path === network);
const ready = (kindred: Kindred) =>
  expect(kindred.fact(words.state)).toHaveText(words.states.ready, { timeout: 120_000 });

test.describe('from a server that', () => {
  test.afterEach(async () => {
    await context.close();
    await host.stop();
  });

  test('cuts, goes on by range, and then has another version, the whole comes and is kept', async () => {
    test.slow();
    let version = '"1"';
    await hostOf({
      replace: (path, file) => (file !== null && path === network ? { ...file, tag: version } : file),
      misbehave(path, nth) {
        if (path !== network) return null;
        if (nth === 2) version = '"2"';
        return nth < 2 ? { cutAfter: 5 * MB } : null;
      },
    });
    const kindred = await openStatus(await context.newPage());
    await ready(kindred);
    expect(asked().map(({ range, status }) => [range, status])).toEqual([
      [null, 200],
      [expect.stringMatching(/^bytes=[1-9]\d*-$/), 206],
      [expect.stringMatching(/^bytes=[1-9]\d*-$/), 200],
    ]);
    await kindred.page.reload();
    await ready(kindred);
    await expect(kindred.fact(words.size)).toContainText(words.fromCache);
    expect(asked()).toHaveLength(3);
  });

  test('is slow: a tab that is closed midway costs a part, and one that stops is asked for the rest', async () => {
    test.slow();
    await hostOf({ misbehave: (path, nth) => (path === network && nth < 2 ? { rate: 1.5 * MB } : null) });
    const first = await context.newPage();
    await openStatus(first);
    // From the page the worker takes it over; what it has is kept.
    const parts = async (): Promise<number> => {
      const cache = await caches.open('kindred-model-parts');
      return (await cache.keys()).filter(({ url }) => url.includes('onnx') && url.includes('part=')).length;
    };
    await expect.poll(() => first.evaluate(parts), { timeout: 60_000 }).toBeGreaterThan(3);
    await first.close();

    const kindred = await openStatus(await context.newPage());
    await expect.poll(() => asked()[1]?.range ?? null, { timeout: 60_000 }).not.toBeNull();
    const from = Number(/\d+/.exec(asked()[1]?.range ?? '')?.[0]);
    expect(from).toBeGreaterThan(2 * MB);
    await kindred.page.getByRole('button', { name: words.stop }).click();
    await expect(kindred.page.getByText(words.held.stopped('19.8 MB'))).toBeVisible();
    await kindred.page.getByRole('button', { name: words.fetch }).click();
    await ready(kindred);
    expect(Number(/\d+/.exec(asked()[2]?.range ?? '')?.[0])).toBeGreaterThanOrEqual(from);
    expect(asked()[2]?.status).toBe(206);
  });

  test('is asked for the model by the page at once, and by the worker not again; the next visit asks for nothing', async () => {
    test.slow();
    await hostOf({});
    const kindred = await openStatus(await context.newPage());
    await ready(kindred);
    await expect(kindred.fact(words.size)).toContainText(words.downloaded);
    expect(asked()).toMatchObject([{ range: null, status: 200 }]);
    const order = host.sent.map(({ path }) => path);
    // The worker that runs the model had not begun when its model was on the way.
    expect(order.indexOf(network)).toBeLessThan(order.findIndex((path) => path.includes('embedder.worker')));
    const before = host.sent.length;
    await kindred.page.reload();
    await ready(kindred);
    await expect(kindred.fact(words.size)).toContainText(words.fromCache);
    expect(host.sent.slice(before).filter(({ path }) => /\.onnx$/.test(path))).toEqual([]);
  });

  test('does not have it: the file is named, with the remedy', async () => {
    await hostOf({ misbehave: (path) => (path === network ? { status: 404 } : null) });
    const kindred = await openStatus(await context.newPage());
    await expect(
      kindred.page.getByText(/model\.int8\.onnx is not there: the server answers 404/).first(),
    ).toBeVisible();
    await expect(kindred.page.getByRole('button', { name: words.retry })).toBeVisible();
  });
});

test('a device that saves data fetches the model only when asked', async ({ kindred }) => {
  const { page } = kindred;
  await withTinyModels(page);
  const saving = `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`;
  await page.addInitScript(saving);
  await beforeWorker(page, 'library', saving);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  const fetch = kindred.panel.getByRole('button', { name: text.write.panel.fetchModel('') });
  await expect(fetch).toBeVisible();
  expect(fetched.filter((url) => /\.onnx|ort-wasm/.test(url))).toEqual([]);
  await fetch.click();
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible({ timeout: 120_000 });
});

test('a full disk keeps no model, and Status says so while it works', async ({ kindred, baseURL }) => {
  test.slow();
  const devtools = await kindred.page.context().newCDPSession(kindred.page);
  const { origin } = new URL(baseURL ?? '');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 8 * MB });
  await openStatus(kindred.page);
  await ready(kindred);
  await expect(kindred.fact(words.size)).toContainText(words.notKept.full);
});
