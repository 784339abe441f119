// Room on the device: asked before an import that may not fit, the browser's promise to keep the library, and what is said when it
// has cleared one.
import type { Page } from '@playwright/test';
import { expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const words = text.library;
const storage = text.status.storage;
const importRegion = (page: Page) => page.getByRole('region', { name: words.importing.region });

const post = (name: string, bytes: number) => ({
  name,
  mimeType: 'text/markdown',
  buffer: Buffer.from(`# About ${name}\n\n${'Gulls on the slip wait for the ferry. '.repeat(Math.ceil(bytes / 38))}`),
});

/** Leaves the page so much more than it has stored by now, as on a device that is nearly full. */
async function leaveRoom(page: Page, bytes: number): Promise<void> {
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
}

/** What the browser answers when it is asked to keep the library, and how often it was. */
const answerPersist = (page: Page) =>
  page.addInitScript(() => {
    const asked = { times: 0, answer: false };
    Reflect.set(window, 'askedToKeep', asked);
    navigator.storage.persist = () => {
      asked.times++;
      return Promise.resolve(asked.answer);
    };
  });
const asked = (page: Page) => page.evaluate(() => (Reflect.get(window, 'askedToKeep') as { times: number }).times);

test.beforeEach(async ({ kindred }) => {
  await withTinyModels(kindred.page);
  await answerPersist(kindred.page);
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('an import that may not fit says so before it begins, and can be left', async ({ kindred }) => {
  const { page, grid } = kindred;
  // What is still being stored would move the mark.
  await kindred.embeddedNow();
  await leaveRoom(page, 2_000_000);
  await kindred.chooseFiles([1, 2, 3, 4, 5].map((n) => post(`large${n}.md`, 2_000_000)));
  const region = importRegion(page);
  await expect(region).toContainText(words.room.title);
  await expect(region).toContainText(/may need up to \d+(\.\d)? MB .* are left for this page/);
  await region.getByRole('button', { name: words.room.cancel }).click();
  await expect(region).toContainText(words.result.cancelled.trim());
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
  // What fits is not asked about.
  await kindred.chooseFiles([post('small.md', 1000)]);
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
});

test('an import that may not fit can be begun all the same', async ({ kindred }) => {
  const { page, grid } = kindred;
  await kindred.embeddedNow();
  await leaveRoom(page, 2_000_000);
  await kindred.chooseFiles([post('large.md', 1_500_000)]);
  await importRegion(page).getByRole('button', { name: words.room.begin }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
});

test('the browser is asked to keep the library after the first own import, and can be asked again', async ({
  kindred,
}) => {
  const { page } = kindred;
  await kindred.goTo('status');
  await expect(page.getByText(storage.unasked)).toBeVisible();
  expect(await asked(page)).toBe(0);
  await kindred.chooseFiles([post('own.md', 500)]);
  await expect.poll(() => asked(page)).toBe(1);
  await kindred.chooseFiles([post('another.md', 500)]);
  await expect(kindred.grid).toHaveAttribute('aria-rowcount', '107');
  expect(await asked(page)).toBe(1);
  await kindred.goTo('status');
  await expect(kindred.fact(storage.lasting)).toHaveText(storage.notPersisted);
  await expect(page.getByText(/did not promise it when it was asked on/)).toBeVisible();
  await page.evaluate(() => {
    (Reflect.get(window, 'askedToKeep') as { answer: boolean }).answer = true;
  });
  await page.getByRole('button', { name: storage.askAgain }).click();
  await expect(kindred.fact(storage.lasting)).toHaveText(storage.persisted);
  await expect(page.getByRole('button', { name: storage.askAgain })).toHaveCount(0);
});

test('a library that the browser has cleared is told of, with the remedy, until the author knows', async ({
  kindred,
}) => {
  const { page } = kindred;
  await kindred.chooseFiles([post('own.md', 500)]);
  await expect(kindred.grid).toHaveAttribute('aria-rowcount', '106');
  // The mark is made once it is known that there are own posts.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('kindred.kept'))).toContain('"own":true');
  await page.goto('/models/models.json');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('kindred');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(new Error('The database was not deleted.'));
      }),
  );
  await kindred.open();
  await expect(kindred.panel.getByText(text.write.panel.cleared)).toBeVisible();
  await kindred.panel.getByRole('link', { name: text.write.panel.clearedMore }).click();
  const note = page.getByRole('note').filter({ hasText: /has cleared your library\. It had 105 posts/ });
  await expect(note).toContainText(words.lost.remedy);
  await page.reload();
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: words.lost.dismiss }).click();
  await expect(note).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: text.shell.views.library })).toBeVisible();
  await expect(page.getByText(words.empty.title)).toBeVisible();
  await expect(note).toHaveCount(0);
});

test.describe('in Safari', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  });

  test('Status explains the seven days', async ({ kindred }) => {
    await kindred.goTo('status');
    await expect(kindred.page.getByText(storage.sevenDays)).toBeVisible();
  });
});
