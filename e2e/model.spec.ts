// An author changes the model in Status: what is said before, while it is read again, and after.
import { expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const words = text.status.model;

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
