// Every view passes axe in light, dark and high contrast, and fits 360 pixels.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, test, text, type Kindred } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations({ page }: Kindred): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

const choice = ({ page }: Kindred) => page.getByRole('group', { name: text.model.choose });

const views = ['write', 'library', 'status'] as const;

// With two models Status has a choice to show.
test.beforeEach(({ kindred }) => withTinyModels(kindred.page));

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme}`, async ({ kindred }) => {
    await kindred.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await kindred.open();
    await expect(kindred.suggestions().first()).toBeVisible();
    for (const view of views) {
      await kindred.goTo(view);
      if (view === 'status') await expect(choice(kindred)).toBeVisible({ timeout: 60_000 });
      expect(await violations(kindred), view).toEqual([]);
    }
    await kindred.goTo('write');
    await kindred.panel.getByRole('button', { name: text.write.panel.options }).click();
    await expect(kindred.panel.getByRole('combobox').first()).toBeVisible();
    expect(await violations(kindred), 'what is shown').toEqual([]);
    await kindred.suggestions().first().getByText(text.write.why.button, { exact: true }).click();
    await expect(kindred.page.getByRole('heading', { name: text.write.why.speaksFor })).toBeVisible();
    expect(await violations(kindred), 'why a post is suggested').toEqual([]);
  });
}

test('at 360 pixels nothing scrolls sideways, and the panel is a sheet with a count', async ({ kindred }) => {
  await kindred.page.setViewportSize({ width: 360, height: 740 });
  await kindred.open();
  for (const view of views) {
    await kindred.goTo(view);
    const overflow = await kindred.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, view).toBeLessThanOrEqual(0);
    expect(await violations(kindred), view).toEqual([]);
  }
  await kindred.goTo('write');
  const count = kindred.page.getByRole('button', { name: /related posts?$/ });
  await expect(count).toBeVisible();
  await count.click();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('the report of posts that say the same passes axe, wide, narrow and dark', async ({ kindred }) => {
  const { page } = kindred;
  const words = text.library.competing;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('library');
  await page.getByRole('button', { name: words.compare }).click();
  await expect(page.getByRole('region', { name: words.region }).getByRole('listitem').first()).toBeVisible();
  expect(await violations(kindred)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violations(kindred)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the keyboard alone reaches every view, the search and the keys', async ({ kindred }) => {
  const { page } = kindred;
  await kindred.open();
  await page.keyboard.press('Control+k');
  await page
    .getByRole('searchbox', { name: text.shell.search.field })
    .or(page.getByRole('combobox', { name: text.shell.search.field }))
    .first()
    .fill('library');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: text.library.heading })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: text.shell.keys.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
