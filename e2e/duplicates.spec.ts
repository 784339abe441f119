// What an author is told of what was written already: beside the draft, and over the whole library.
import { expect, test, text } from './support/fixtures.ts';

const words = text.library.competing;

const REPORT =
  'The harbour office counted 412 crossings in March, and 38 of them were called off for wind. Since the second week 17 signs show the next sailing, at 05:30 and again at 21:00. Quarrymen asked for a shorter form, so that nobody types in the rain, and the postman wants the list by letter.';

const post = (name: string, title: string, date: string, body: string) => ({
  name,
  mimeType: 'text/markdown',
  buffer: Buffer.from(`---\ntitle: ${title}\ndate: ${date}\n---\n\n${body}\n`),
});

const copies = [
  post('office.md', 'March at the harbour office', '2024-04-01', REPORT),
  post('letter.md', 'From the quarry letter', '2024-05-01', REPORT),
];

test.beforeEach(async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('a draft that was written already says so first, with what differs, and names the copies', async ({ kindred }) => {
  await kindred.chooseFiles(copies);
  await kindred.goTo('write');
  await kindred.newDraft('Crossings', `${REPORT.replace('412', '415')} The bank lends us a quiet room on Monday.`);
  const first = kindred.suggestions().first();
  await expect(first).toContainText(/Already written/);
  await expect(first).toContainText(text.differences.numbers(text.differences.draft.changed('415', '412')));
  await expect(first).toContainText(text.write.alike.label(1));
  const title = await first.getByRole('heading').innerText();
  const other = title === 'From the quarry letter' ? 'March at the harbour office' : 'From the quarry letter';
  await expect(kindred.suggestion(other)).toHaveCount(0);
  await first.getByRole('button', { name: other }).click();
  await expect(kindred.page.getByRole('heading', { name: other }).last()).toBeVisible();
});

test('the same form with other numbers is related, not written already', async ({ kindred }) => {
  await kindred.chooseFiles(copies.slice(0, 1));
  await kindred.goTo('write');
  const april = REPORT.replace('412', '385').replace('38 of', '12 of').replace('17', '21').replace('March', 'April');
  await kindred.newDraft('April at the harbour office', april);
  await expect(kindred.suggestion('March at the harbour office')).toBeVisible();
  await expect(kindred.panel.getByText(/Already written/)).toHaveCount(0);
});

test('posts that say the same are found in the library, and one pair can be ignored for good and back', async ({
  kindred,
}) => {
  const { page } = kindred;
  await kindred.chooseFiles(copies);
  // Compared before they are there, the report would rightly not have them.
  await expect(page.getByRole('region', { name: text.library.importing.region })).toContainText('2 added');
  await page.getByRole('button', { name: words.compare }).click();
  const report = page.getByRole('region', { name: words.region });
  const pair = report.getByRole('listitem', {
    name: words.pair('From the quarry letter', 'March at the harbour office'),
  });
  await expect(pair).toContainText(words.advice.redirect('From the quarry letter', 'March at the harbour office'));
  await expect(page.locator('[data-announcement]').filter({ hasText: /say the same|says the same/ })).toHaveCount(1);

  // By keyboard alone: the button that ignores becomes the one that takes it back.
  const ignore = pair.getByRole('button', {
    name: words.ignoreLabel('From the quarry letter', 'March at the harbour office'),
  });
  await ignore.focus();
  await page.keyboard.press('Enter');
  const undo = pair.getByRole('button', {
    name: words.undoLabel('From the quarry letter', 'March at the harbour office'),
  });
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(pair).toContainText(words.advice.redirect('From the quarry letter', 'March at the harbour office'));
  await page.keyboard.press('Enter');
  await expect(undo).toBeVisible();

  // Somewhere else first: what is pressed just before a reload may not be stored yet.
  await kindred.goTo('status');
  await page.reload();
  await kindred.goTo('library');
  await page.getByRole('button', { name: words.compare }).click();
  await expect(report.getByRole('heading')).toBeVisible();
  await expect(pair).toHaveCount(0);
  await report.getByRole('button', { name: words.showIgnored(1) }).click();
  await expect(undo).toBeVisible();
});

test('a report says when posts came since, and goes away', async ({ kindred }) => {
  const { page } = kindred;
  await kindred.goTo('library');
  await page.getByRole('button', { name: words.compare }).click();
  const report = page.getByRole('region', { name: words.region });
  await expect(report.getByRole('heading')).toBeVisible();
  await kindred.chooseFiles(copies);
  await report.getByRole('button', { name: words.again }).click();
  await expect(report.getByText('From the quarry letter', { exact: true })).toBeVisible();
  await report.getByRole('button', { name: words.close }).click();
  await expect(page.getByRole('button', { name: words.compare })).toBeVisible();
});
