// The page that measures a device: reached from Status, works alone, can be stopped, gives a table to paste.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { bench as words } from '../src/ui/text/bench.ts';
import { expect, test, text } from './support/fixtures.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('measures this device by lengths, stops when told, and keeps what it has', async ({ kindred }) => {
  const { page } = kindred;
  await kindred.open();
  await kindred.goTo('status');
  await page.getByRole('link', { name: text.status.device.measure }).click();
  await expect(page).toHaveTitle(words.pageTitle);

  await page.getByRole('button', { name: words.start }).click();
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: words.stop, exact: true }).click();
  await expect(page.getByText(words.stopped)).toBeVisible();

  // A header, and a rate above zero for each length.
  const [length, rate] = await rows.nth(1).getByRole('cell').or(rows.nth(1).getByRole('rowheader')).allInnerTexts();
  expect(length).toMatch(/^\d+ tokens$/);
  expect(Number(rate)).toBeGreaterThan(0);
  await expect(page.getByText(/worst probe 0\.99\d+/)).toBeVisible();
  await expect(page.getByText(`${words.notMeasured}: the browser`)).toBeVisible();
  await expect(page.getByRole('button', { name: words.again })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on it in ${colorScheme}, and it fits 360 pixels`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/bench.html');
    await page.getByRole('button', { name: words.start }).click();
    await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible({ timeout: 90_000 });
    await page.getByRole('button', { name: words.stop, exact: true }).click();
    await page.evaluate(axeSource);
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    });
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
}
