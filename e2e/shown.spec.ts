// How much is suggested and of which posts: what the author sets, what it does, and that it is told.
import { expect, test, text } from './support/fixtures.ts';

const words = text.write.panel;

test.beforeEach(async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.newDraft('Night alarms', 'The pager rang at three in the morning and nobody stood on a pier.');
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('fewer or more are shown as the author sets, by keys, told, and remembered', async ({ kindred }) => {
  const { page, panel } = kindred;
  await panel.getByRole('button', { name: words.options }).focus();
  await page.keyboard.press('Enter');
  const usual = panel.getByRole('radio', { name: words.amounts.usual });
  await expect(usual).toBeChecked();
  await usual.focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: words.amounts.more })).toBeChecked();
  const told = page.locator('[data-announcement]');
  await expect(told.filter({ hasText: new RegExp(`^${words.amounts.more}: \\d+ related posts`) })).toBeAttached();
  const most = await kindred.suggestions().count();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(told.filter({ hasText: new RegExp(`^${words.amounts.fewer}:`) })).toBeAttached();
  expect(await kindred.suggestions().count()).toBeLessThan(most);
  await page.reload();
  await expect(kindred.title).toBeVisible();
  await panel.getByRole('button', { name: words.options }).click();
  await expect(panel.getByRole('radio', { name: words.amounts.fewer })).toBeChecked();
});

test('only posts of one kind are shown, which is said, and all again', async ({ kindred }) => {
  const { page, panel } = kindred;
  const options = panel.getByRole('button', { name: words.options });
  await options.click();
  await panel.getByText(words.amounts.more, { exact: true }).click();
  // The demo has one source: there is nothing to choose.
  await expect(panel.getByRole('combobox', { name: words.filters.kind })).toBeVisible();
  await expect(panel.getByRole('combobox', { name: words.filters.source })).toHaveCount(0);
  await panel.getByRole('combobox', { name: words.filters.kind }).selectOption({ label: words.filters.kinds.video });
  await expect(panel.getByRole('listitem').filter({ hasNotText: /minute/ })).toHaveCount(0);
  await options.click();
  await expect(panel.getByText(words.chosen([words.filters.kinds.video]))).toBeVisible();
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: words.showAll }).first().click();
  await expect(panel.getByText(words.chosen([words.filters.kinds.video]))).toHaveCount(0);
  await expect(
    panel
      .getByRole('listitem')
      .filter({ hasNotText: /minute/ })
      .first(),
  ).toBeVisible();
});

test('that nothing is similar is said calmly, and so is that only some posts are shown', async ({ kindred }) => {
  const { panel } = kindred;
  await kindred.newDraft('Sourdough', 'Autolyse the flour, then knead gluten; proof overnight in a banneton basket.');
  await expect(panel.getByText(words.nothing)).toBeVisible();
  await panel.getByRole('button', { name: words.options }).click();
  await panel.getByRole('combobox', { name: words.filters.kind }).selectOption({ label: words.filters.kinds.video });
  await expect(panel.getByText(words.nothingChosen)).toBeVisible();
  await panel.getByRole('button', { name: words.showAll }).click();
  await expect(panel.getByText(words.nothing)).toBeVisible();
});

test('a series counts once, and its other parts can be opened', async ({ kindred }) => {
  const { page, panel } = kindred;
  const part = (number: number, more: string) => ({
    name: `part-${number}.md`,
    mimeType: 'text/markdown',
    buffer: Buffer.from(
      `---\ntitle: Kites over the harbour, part ${number}\ndate: 2026-0${number}-01\n---\n\nA kite over the harbour wants wind. ${more}\n`,
    ),
  });
  await kindred.chooseFiles([
    part(1, 'Kites have tails.'),
    part(2, 'Kites have bridles.'),
    part(3, 'Kites have spars.'),
  ]);
  // The list draws only what is in sight.
  await page.getByRole('searchbox').fill('kites');
  await expect(page.getByText('Kites over the harbour, part 1')).toBeVisible();
  await kindred.goTo('write');
  await kindred.newDraft('Kites', 'A kite over the harbour wants wind, and kites have tails, bridles and spars.');
  const kites = kindred.suggestion(/Kites over the harbour/);
  await expect(kites).toHaveCount(1);
  const others = kites.getByRole('button', { name: text.write.suggestion.series(2) });
  await others.click();
  await expect(others).toHaveAttribute('aria-expanded', 'true');
  const titles = kites.getByRole('group').getByRole('button');
  await expect(titles).toHaveCount(2);
  const name = await titles.first().innerText();
  await titles.first().click();
  const reader = page.getByRole('dialog').or(page.getByRole('complementary', { name: text.reader.region }));
  await expect(reader.first().getByRole('heading', { name })).toBeVisible();
  await expect(panel).toBeAttached();
});
