// An author keeps the library in a file and brings it back: in another browser, in place of another library, out of a damaged file.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, Kindred, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const words = text.backup;
const region = (page: Page) => page.getByRole('region', { name: words.region });
const result = (page: Page) => page.getByTestId('backup-result');
const ask = {
  title: 'When the water is over the slip',
  body: 'The tide table tells the skipper when the ferry can land.',
};

/** As in browsers without a dialog for saving: what is written comes as a download. */
const withoutPicker = (page: Page) => page.addInitScript(() => Reflect.set(window, 'showSaveFilePicker', undefined));

/** An author who has been here before: the demo doesn't come by itself. */
const withoutDemo = (page: Page) =>
  page.addInitScript(() => {
    const key = 'kindred.preferences';
    if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify({ demoOffered: true }));
  });

async function backUp(kindred: Kindred): Promise<Buffer> {
  await kindred.goTo('library');
  const download = kindred.page.waitForEvent('download');
  await region(kindred.page).getByRole('button', { name: words.backUp }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^kindred-\d{4}-\d\d-\d\d\.kindred$/);
  await expect(result(kindred.page)).toContainText('Backed up: 104 posts');
  return readFile(await file.path());
}

async function choose(page: Page, buffer: Buffer): Promise<void> {
  await page
    .getByTestId('choose-backup')
    .setInputFiles({ name: 'a.kindred', mimeType: 'application/octet-stream', buffer });
}

/** Titles and strengths, as they stand once the model has answered. */
async function answers(kindred: Kindred): Promise<string[]> {
  await kindred.goTo('write');
  await kindred.newDraft(ask.title, ask.body);
  await expect(kindred.suggestions().first()).toBeVisible();
  await expect(kindred.panel.getByText(text.write.panel.byWords)).toHaveCount(0);
  return kindred.suggestions().getByRole('heading').allInnerTexts();
}

test.beforeEach(async ({ kindred }) => {
  test.slow();
  await withTinyModels(kindred.page);
  await withoutPicker(kindred.page);
  await kindred.open();
});

test('a backup restored in a fresh browser answers the same, and nothing is embedded again', async ({
  kindred,
  browser,
  baseURL,
}) => {
  await kindred.embeddedNow();
  const before = await answers(kindred);
  const backup = await backUp(kindred);

  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const other = new Kindred(await context.newPage());
  await withTinyModels(other.page);
  await withoutDemo(other.page);
  await other.open();
  await other.goTo('library');
  await expect(region(other.page)).toContainText(words.askEmpty);
  await choose(other.page, backup);
  const question = region(other.page);
  await expect(question).toContainText('104 posts');
  await question.getByRole('radio', { name: words.question.modes.replace }).check();
  await question.getByRole('button', { name: words.question.go.replace }).press('Enter');
  await expect(result(other.page)).toContainText('104 posts added');
  await expect(other.grid).toHaveAttribute('aria-rowcount', '105');
  expect(await other.page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  expect(await other.embeddedNow()).toBe(0);
  // The draft that was open came along.
  await other.goTo('write');
  await expect(other.title).toHaveValue(ask.title);
  expect(await answers(other)).toEqual(before);

  await other.page.reload();
  expect(await other.embeddedNow()).toBe(0);
  await context.close();
});

test('a restore in place of the library says what goes, and its undo brings it back', async ({ kindred }) => {
  const { page, grid } = kindred;
  await expect(kindred.suggestions().first()).toBeVisible();
  const backup = await backUp(kindred);
  await region(page).getByRole('button', { name: words.close }).click();
  await kindred.chooseFiles([
    { name: 'own.md', mimeType: 'text/markdown', buffer: Buffer.from('# Own\n\nText of mine.') },
  ]);
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
  await choose(page, backup);
  const question = region(page);
  const replace = question.getByRole('radio', { name: words.question.modes.replace });
  await expect(replace).toHaveAccessibleDescription(/^1 post of yours is not in it/);
  await replace.check();
  await question.getByRole('button', { name: words.question.go.replace }).click();
  await expect(result(page)).toContainText('1 removed');
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
  // The page that did it may be gone.
  await page.reload();
  await kindred.goTo('library');
  await expect(result(page)).toContainText('1 removed');
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
  await region(page).getByRole('button', { name: words.undo }).click();
  await expect(result(page)).toContainText(words.undone);
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
  await page.reload();
  await kindred.goTo('library');
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
});

test('a damaged file, and one that is no backup, are refused with the place and the remedy', async ({ kindred }) => {
  const { page, grid } = kindred;
  await expect(kindred.suggestions().first()).toBeVisible();
  const backup = await backUp(kindred);
  await region(page).getByRole('button', { name: words.close }).click();
  const flipped = Buffer.from(backup);
  flipped.writeUInt8(flipped.readUInt8(backup.length >> 1) ^ 4, backup.length >> 1);
  for (const bad of [flipped, backup.subarray(0, backup.length - 7)]) {
    await choose(page, bad);
    await expect(region(page)).toContainText(words.failed.check);
    await expect(region(page)).toContainText(/damaged at byte \d+/);
    await expect(region(page)).toContainText(text.errors['backup-damaged'].remedy);
  }
  await choose(page, Buffer.from('# A post\n'));
  await expect(region(page)).toContainText(text.errors['backup-unknown'].what);
  await region(page).getByRole('button', { name: words.close }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
});

test('killed in the middle of a restore, the library is as it was', async ({ kindred }) => {
  const { page, grid } = kindred;
  await expect(kindred.suggestions().first()).toBeVisible();
  const backup = await backUp(kindred);
  await region(page).getByRole('button', { name: words.close }).click();
  await page.getByRole('button', { name: text.library.list.clear(104) }).click();
  await kindred.chooseFiles([
    { name: 'own.md', mimeType: 'text/markdown', buffer: Buffer.from('# Own\n\nText of mine.') },
  ]);
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await choose(page, backup);
  await region(page).getByRole('radio', { name: words.question.modes.replace }).check();
  await region(page).getByRole('button', { name: words.question.go.replace }).click();
  await page.reload();
  await kindred.goTo('library');
  await expect(grid).toHaveAttribute('aria-rowcount', /^(2|105)$/);
});

test('what is written goes to a place that the author chooses, where the browser lets them', async ({ kindred }) => {
  const { page } = kindred;
  await expect(kindred.suggestions().first()).toBeVisible();
  await page.evaluate(() => {
    Reflect.set(window, 'showSaveFilePicker', async ({ suggestedName }: { suggestedName: string }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
    );
  });
  const sizeOf = (ending: string) =>
    page.evaluate(async (wanted) => {
      const folder = await navigator.storage.getDirectory();
      for await (const [name, handle] of folder as unknown as AsyncIterable<[string, FileSystemFileHandle]>) {
        if (name.endsWith(wanted)) return (await handle.getFile()).size;
      }
      return 0;
    }, ending);
  await kindred.goTo('library');
  await region(page).getByRole('button', { name: words.backUp }).click();
  await expect(result(page)).toContainText('Backed up: 104 posts');
  expect(await sizeOf('.kindred')).toBeGreaterThan(100_000);
  await region(page).getByRole('button', { name: words.close }).click();
  await region(page).locator('summary').click();
  await region(page).getByRole('button', { name: words.exports['json-lines'] }).click();
  await expect(result(page)).toContainText('Exported: 104 posts');
  expect(await sizeOf('.jsonl')).toBeGreaterThan(100_000);
});
