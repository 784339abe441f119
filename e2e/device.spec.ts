// Devices that lack something: storage, SIMD, room, an unharmed model. The page says so and goes on.
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/browser.js';
import { beforeWorker } from './support/beforeWorker.ts';
import { Kindred, expect, test, text } from './support/fixtures.ts';

test('without IndexedDB the demo works from memory, and the page says so', async ({ kindred }) => {
  await beforeWorker(kindred.page, 'library', `Object.defineProperty(self, 'indexedDB', { value: undefined });`);
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('library');
  await expect(kindred.page.getByText(text.library.notices.memory)).toBeVisible();
  await kindred.goTo('status');
  await expect(kindred.fact(text.status.storage.kept)).toContainText(text.status.storage.memory);
});

test('on a processor without SIMD words answer, and Status names the reason', async ({ baseURL }) => {
  // V8 has no SIMD for WebAssembly on a processor without SSE 4.1.
  const browser = await chromium.launch(launchOptions(['--js-flags=--no-enable-sse4-1']));
  try {
    const kindred = new Kindred(await browser.newPage({ baseURL: baseURL ?? '' }));
    await kindred.open();
    await expect(kindred.suggestions().first()).toBeVisible();
    await expect(kindred.panel.getByText(text.write.panel.modelFailed)).toBeVisible();
    await kindred.goTo('status');
    await expect(kindred.page.getByText(/SIMD/).first()).toBeVisible();
  } finally {
    await browser.close();
  }
});

test('a truncated model is refused, never cached, and a retry brings it in', async ({ kindred }) => {
  const { page } = kindred;
  await page.route(/\.onnx$/, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
  });
  await kindred.open();
  await expect(kindred.panel.getByText(text.write.panel.modelFailed)).toBeVisible({ timeout: 60_000 });
  await kindred.goTo('status');
  await expect(page.getByText(/\.onnx/).first()).toBeVisible();
  await page.unroute(/\.onnx$/);
  await page.getByRole('button', { name: text.model.retry }).click();
  expect(await kindred.embeddedNow()).toBeGreaterThan(100);
});

test('an altered model is refused by its hash', async ({ kindred }) => {
  await kindred.page.route(/\.onnx$/, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body.writeUInt8(body.readUInt8(1_000_000) ^ 1, 1_000_000);
    await route.fulfill({ response, body });
  });
  await kindred.open();
  await expect(kindred.panel.getByText(text.write.panel.modelFailed)).toBeVisible({ timeout: 60_000 });
});

test('a full disk stops the import cleanly and keeps what was stored', async ({ kindred, baseURL }) => {
  test.slow();
  const { page } = kindred;
  await kindred.open();
  expect(await kindred.embeddedNow()).toBeGreaterThan(100);
  const devtools = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 200_000 });
  const filler = Array.from({ length: 40 }, (_, post) => ({
    name: `big-${post}.md`,
    mimeType: 'text/markdown',
    buffer: Buffer.from(
      `# Big post ${post}\n\n${Array.from({ length: 12_000 }, (_, word) => `word${(word * 7919 + post * 104_729) % 99_991}`).join(' ')}.`,
    ),
  }));
  await kindred.chooseFiles(filler);
  await page.getByRole('button', { name: text.library.room.begin }).click();
  await expect(page.getByText(/no room left/)).toBeVisible({ timeout: 60_000 });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.reload();
  await kindred.goTo('library');
  expect(Number(await kindred.grid.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(105);
});
