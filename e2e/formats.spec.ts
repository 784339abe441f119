// Archives and exports through the real page: what comes in, what is asked, what is left out, and no script of theirs.
import { expect, test, text } from './support/fixtures.ts';
import { exportFormats, makeItem } from '../src/testing/exports/index.ts';
import { packZip } from '../src/testing/packFiles.ts';

const words = text.library;
const bufferOf = async (blob: Blob): Promise<Buffer> => Buffer.from(await blob.arrayBuffer());
const HOSTILE =
  '<p onclick="window.stolen=1">Harmless words about gulls.<script>window.stolen=2</script>' +
  '<img src=x onerror="window.stolen=3"><a href="javascript:window.stolen=4">press</a></p>';

test.beforeEach(async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('an export of WordPress in an archive comes in; its drafts when asked for, and all of it is undone at once', async ({
  kindred,
}) => {
  const { page, grid } = kindred;
  const files = await exportFormats
    .get('WordPress WXR 1.2')
    ?.write([
      makeItem(1),
      makeItem(2, { state: 'draft' }),
      makeItem(3, { title: 'Gulls <img src=x onerror="window.stolen=5">', html: HOSTILE }),
    ]);
  const zip = await packZip(files ?? {});
  await kindred.chooseFiles([
    { name: 'ferry-2024-05-01.zip', mimeType: 'application/zip', buffer: await bufferOf(zip) },
  ]);
  const region = page.getByRole('region', { name: words.importing.region });
  await expect(region).toContainText('2 added');
  await region.getByRole('button', { name: words.result.include.draft }).click();
  await expect(region).toContainText('1 added');
  await expect(grid).toHaveAttribute('aria-rowcount', '108');

  const search = page.getByRole('searchbox', { name: words.list.search });
  await search.fill('harmless gulls');
  await grid
    .getByText(/^Gulls/)
    .first()
    .click();
  await expect(page.getByText('Harmless words about gulls.')).toBeVisible();
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  await expect(page.locator('a[href^="javascript"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await search.fill('');

  await region.getByRole('button', { name: words.result.undo, exact: true }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
});

test('a table that nobody can tell asks for its columns', async ({ kindred }) => {
  const { page, grid } = kindred;
  const rows = [1, 2, 3].map((n) => `${n},Gull ${n},The gulls of berth ${n} sat on the slip until noon.`);
  await kindred.chooseFiles([
    { name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from(`no,a,b\n${rows.join('\n')}\n`) },
  ]);
  await page.getByRole('button', { name: words.result.chooseColumns }).click();
  const dialog = page.getByRole('dialog', { name: words.columns.title });
  await dialog.getByLabel(words.columns.parts.text).selectOption('b');
  await dialog.getByLabel(words.columns.parts.title).selectOption('a');
  await dialog.getByRole('button', { name: words.columns.add }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '108');
  await page.getByRole('searchbox', { name: words.list.search }).fill('berth 2');
  await expect(grid.getByText('Gull 2')).toBeVisible();
});

test('a source that is unticked is suggested no more', async ({ kindred }) => {
  const { page } = kindred;
  await kindred.goTo('library');
  await page.locator('.sources-panel summary').click();
  const source = page.locator('.sources-panel input[type=checkbox]').first();
  await source.uncheck();
  await kindred.goTo('write');
  await expect(kindred.suggestions()).toHaveCount(0);
  await kindred.goTo('library');
  await page.locator('.sources-panel summary').click();
  await source.check();
  await kindred.goTo('write');
  await expect(kindred.suggestions().first()).toBeVisible();
});
