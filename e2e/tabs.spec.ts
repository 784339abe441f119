// What a person sees who has Kindred open in several tabs.
import { expect, Kindred, test, text } from './support/fixtures.ts';
import { TabPage, withSharedLibrary } from './support/tabPage.ts';
import { inWords } from './tabs/report.ts';
import { soak } from './tabs/soak.ts';

const SHORT_MINUTES = 0.4;
const tabsWords = text.status.tabs;

test('one tab does the work, each says which, and a closed one is replaced', async ({ context }) => {
  await withSharedLibrary(context);
  const tab = await TabPage.open(context);
  const [first, second] = [new Kindred(tab.page), new Kindred(await context.newPage())];
  await expect(first.title).toBeVisible();
  await second.open();
  await first.goTo('status');
  await expect(first.fact(tabsWords.work)).toContainText(tabsWords.here);
  await expect(first.fact(tabsWords.open)).toHaveText('2');
  await second.chooseFiles([
    { name: 'gull.md', mimeType: 'text/markdown', buffer: Buffer.from('# The gull\n\nA gull on the slip.') },
  ]);
  await expect(second.grid).toHaveAttribute('aria-rowcount', '106');
  await expect(first.fact(text.status.posts.posts)).toHaveText('105');
  await second.goTo('status');
  await expect(second.fact(tabsWords.work)).toContainText(tabsWords.elsewhere);

  await first.page.close();
  await expect(second.fact(tabsWords.work)).toContainText(tabsWords.here);
  await expect(second.fact(tabsWords.why)).toContainText(tabsWords.reasons.here.closed);
  await second.goTo('library');
  // The import was the work of the tab that is gone, and can be undone all the same.
  await second.page.getByRole('button', { name: text.library.result.undo, exact: true }).first().click();
  await expect(second.grid).toHaveAttribute('aria-rowcount', '105');
});

test('a draft that is open in two tabs is the same in both, and two drafts when both were changed at once', async ({
  context,
}) => {
  await withSharedLibrary(context);
  const one = new Kindred((await TabPage.open(context)).page);
  await one.newDraft('The same draft', 'As it was begun.');
  await expect(one.page.getByText(text.write.saved)).toBeVisible();
  const two = new Kindred(await context.newPage());
  await two.open();
  await expect(two.body).toContainText('As it was begun.');
  await one.body.click();
  await one.page.keyboard.press('Control+End');
  await one.page.keyboard.insertText(' And more.');
  await expect(two.body).toContainText('As it was begun. And more.');

  // Faster than one can hear of the other: the second is typed before the first is stored.
  await two.body.click();
  await two.page.keyboard.press('Control+End');
  await Promise.all([one.page.keyboard.insertText(' By the first.'), two.page.keyboard.insertText(' By the second.')]);
  const said = (tab: Kindred) => tab.page.getByText(text.write.elsewhere.bothChanged);
  await expect.poll(async () => (await said(one).count()) + (await said(two).count())).toBe(1);
  await expect(one.body).toContainText('By the first.');
  await expect(two.body).toContainText('By the second.');
  const split = (await said(two).isVisible()) ? two : one;
  const other = split === two ? 'By the first.' : 'By the second.';
  await split.page.getByRole('button', { name: text.write.elsewhere.openOther }).click();
  await expect(split.body).toContainText(other);
});

test('several tabs, opened, closed, frozen and used at random: one writer, same answers, nothing lost', async ({
  context,
  baseURL,
}) => {
  const report = await soak({ context, address: baseURL ?? '/', minutes: SHORT_MINUTES, seed: Date.now() % 100_000 });
  console.log(inWords(report));
  expect(report.problems).toEqual([]);
});

test('a tab of another version gets the library, and the older one says so and keeps its words', async ({
  context,
}) => {
  await withSharedLibrary(context);
  const old = new Kindred((await TabPage.open(context)).page);
  await old.newDraft('Written in the old one', 'Before the new one came.');
  await expect(old.page.getByText(text.write.saved)).toBeVisible();
  // The same code under another name is another version.
  const page = await context.newPage();
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    const url = route.request().url().replace('library.worker-new-', 'library.worker-');
    const response = await route.fetch({ url });
    const body = (await response.text()).replaceAll('library.worker-', 'library.worker-new-');
    const headers = { ...response.headers() };
    delete headers['content-length'];
    await route.fulfill({ response, headers, body });
  });
  const fresh = new Kindred(page);
  await fresh.open();
  await expect(fresh.body).toContainText('Before the new one came.');
  await old.body.click();
  await old.page.keyboard.press('Control+End');
  await old.page.keyboard.insertText(' And after.');
  await expect(old.page.getByText(text.errors['tab-outdated'].what)).toBeVisible();
  await old.page.reload();
  await expect(old.body).toContainText('And after.');
});
