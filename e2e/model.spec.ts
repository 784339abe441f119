// An author changes the model in Status: what is said before, while it is read again, and after.
import { expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const words = text.model;

test.beforeEach(async ({ kindred }) => {
  test.slow();
  await withTinyModels(kindred.page);
  await kindred.open();
  await kindred.embeddedNow();
});

test('another model reads the library while the present one answers, and takes over, over a reload', async ({
  kindred,
}) => {
  const { page } = kindred;
  await expect(kindred.fact(words.name)).toContainText(words.sizes.quick);
  await expect(kindred.fact(words.chosen)).toContainText('500 posts in');
  const group = page.getByRole('group', { name: words.choose });
  const other = group.getByRole('radio', { name: words.sizes.base });
  await expect(group.getByRole('radio', { name: words.sizes.quick })).toBeChecked();
  await expect(other).toHaveAccessibleDescription(/kB.*about .* for your 104 posts/);
  await other.check();
  await page.getByRole('button', { name: words.use(words.sizes.base) }).press('Enter');

  const stay = page.getByRole('button', { name: words.stay(words.sizes.quick) });
  await expect(stay.or(kindred.fact(words.name).filter({ hasText: words.sizes.base }))).toBeVisible();
  await page.reload();
  await kindred.goTo('write');
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('status');
  await expect(kindred.fact(words.name)).toContainText(words.sizes.base, { timeout: 240_000 });
  await expect(kindred.fact(words.chosen)).toContainText(words.why.person);
  await expect(kindred.fact(words.dimension)).toContainText('32 of 64');
  await page.reload();
  expect(await kindred.embeddedNow()).toBe(0);
  await kindred.goTo('write');
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('a model that is not in use is removed from this browser, and what it took is told', async ({ kindred }) => {
  const { page } = kindred;
  const { storage } = text.status;
  const kept = page.getByRole('listitem').filter({ hasText: words.sizes.base });
  await page.getByRole('radio', { name: words.sizes.base }).check();
  await page.getByRole('button', { name: words.use(words.sizes.base) }).press('Enter');
  await expect(kindred.fact(words.name)).toContainText(words.sizes.base, { timeout: 240_000 });
  await expect(kept.getByText(storage.inUse)).toBeVisible();
  const remove = page.getByRole('button', { name: storage.forgetLabel(words.sizes.quick) });
  await expect(page.getByRole('listitem').filter({ has: remove })).toContainText(/\d kB/);
  await remove.press('Enter');
  await expect(remove).toHaveCount(0);
  await expect(kept).toHaveCount(1);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await expect(page.getByRole('radio', { name: words.sizes.quick })).toHaveAccessibleDescription(/to fetch/);
});

test('a change can be given up, and the focus keeps its place', async ({ kindred }) => {
  const { page } = kindred;
  // Held back, so that the change lasts.
  await page.route(/tiny-2\/model/, () => undefined);
  await page.getByRole('radio', { name: words.sizes.base }).check();
  await page.getByRole('button', { name: words.use(words.sizes.base) }).press('Enter');
  const stay = page.getByRole('button', { name: words.stay(words.sizes.quick) });
  await expect(page.getByRole('progressbar')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await stay.press('Enter');
  await expect(page.getByRole('radio', { name: words.sizes.quick })).toBeChecked();
  await expect(kindred.fact(words.name)).toContainText(words.sizes.quick);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('what was refused on this device is tried again when asked for, and what that means is said before', async ({
  kindred,
}) => {
  const { page } = kindred;
  const device = text.status.device;
  const threads = kindred.fact(device.threads).first();
  await expect(threads).toBeVisible();
  // As if several threads had been given up here: what was found out of this device has its name already.
  const key = `${await kindred.fact(device.device).first().innerText()} | tiny@1`;
  await page.evaluate(
    ([name, at]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('kindred');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const refused = { threads: { reason: 'lost 6 times', at, demoted: true } };
          const value = { [name]: { refused, race: null, threads: null, workers: null } };
          const writing = opening.result.transaction('meta', 'readwrite');
          writing.objectStore('meta').put({ key: 'device verdicts', value });
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [key, new Date().toISOString()] as const,
  );
  await page.reload();
  await expect(page.getByText(device.demoted.threads)).toBeVisible({ timeout: 60_000 });
  await expect(threads).toContainText('1');
  const again = page.getByRole('button', { name: device.againLabel.threads });
  await again.press('Enter');
  await expect(page.getByText(device.againWhat.threads())).toBeVisible();
  await page.getByRole('button', { name: device.againStay }).press('Enter');
  await expect(again).toBeFocused();
  await again.press('Enter');
  await page.getByRole('button', { name: device.againGo }).press('Enter');
  await expect(page.getByText(device.demoted.threads)).toHaveCount(0, { timeout: 60_000 });
  await expect(threads).toContainText(/^[2-9]/);
  expect(await kindred.embeddedNow()).toBe(0);
});
