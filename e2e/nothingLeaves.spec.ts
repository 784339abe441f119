// Nothing leaves: every request of page and workers passes a proxy that the test reads.
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/browser.js';
import { Kindred, expect, test, text } from './support/fixtures.ts';
import { startRecordingProxy } from './support/recordingProxy.ts';

const secret = 'Zanzibarquartz lighthouse ledger';

/** The ways in which words travel: as they are, in an address, in base64, by letter pairs of hex. */
function disguises(words: string): string[] {
  const bytes = Buffer.from(words);
  return [
    words,
    words.toLowerCase(),
    encodeURIComponent(words),
    words.replaceAll(' ', '+'),
    bytes.toString('hex'),
    ...[0, 1, 2].map((shift) => Buffer.from(words.slice(shift)).toString('base64').slice(0, 24)),
  ];
}

test('no request goes to another origin and none carries the draft', async ({ baseURL }) => {
  test.slow();
  const origin = new URL(baseURL ?? '').origin;
  const proxy = await startRecordingProxy();
  const browser = await chromium.launch({
    ...launchOptions(),
    // Loopback passes the proxy too.
    proxy: { server: proxy.server, bypass: '<-loopback>' },
  });
  try {
    const page = await browser.newPage({ baseURL: origin });
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    const kindred = new Kindred(page);
    await kindred.open();
    await kindred.newDraft(
      'Three in the morning',
      `${secret} is what nobody may see. The pager rang at three in the morning and nobody stood on the pier: the alarm could name no sailing and no passenger, so it should have waited for the first boat.`,
    );
    await expect(kindred.suggestions().first()).toBeVisible();
    expect(await kindred.embeddedNow()).toBeGreaterThan(100);
    await expect(kindred.fact(text.status.privacy.elsewhere)).toHaveText(/^0/);
    await kindred.chooseFiles([
      {
        name: 'own.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from(`# ${secret}\n\n${secret} again, in a post of my own.`),
      },
    ]);
    await page.getByRole('searchbox', { name: text.library.list.search }).fill(secret);
    await expect(kindred.grid.getByRole('row', { name: secret })).toBeVisible();
    await kindred.goTo('write');
    await expect(kindred.suggestion(secret)).toBeVisible();

    expect(proxy.requests.length).toBeGreaterThan(10);
    expect(proxy.requests.filter(({ url }) => url.includes('/models/')).length).toBeGreaterThan(0);
    // Layer one, by who asks: the page and its workers ask nothing but their own origin.
    expect(asked.some((url) => url.includes('/models/'))).toBe(true);
    expect(asked.filter((url) => new URL(url).origin !== origin && !url.startsWith('blob:'))).toEqual([]);
    // Layer two, by what passes: anything else is the browser's own talk with its maker (time, autofill, updates).
    const maker = /^(?:https?:\/\/)?[a-z0-9-]+\.(?:google|googleapis|gvt1)\.com[:/]/;
    const elsewhere = proxy.requests.filter(({ url }) => !url.startsWith(`${origin}/`) && !maker.test(url));
    expect(elsewhere.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    for (const { method, url, headers, body } of proxy.requests) {
      const sent = `${method} ${url} ${headers} ${body}`;
      for (const words of disguises(secret)) expect(sent).not.toContain(words);
    }
  } finally {
    await browser.close();
    await proxy.close();
  }
});

test('the policy stops a request to another origin, in the page and in a worker', async ({ kindred }) => {
  await kindred.open();
  const outcome = await kindred.page.evaluate(() =>
    fetch('http://127.0.0.1:9/leak').then(
      () => 'sent',
      (error: unknown) => String(error),
    ),
  );
  expect(outcome).toContain('TypeError');
  await kindred.goTo('status');
  await expect(kindred.page.getByText(text.status.privacy.policyHolds)).toBeVisible();
});
