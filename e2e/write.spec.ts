// What an author does in the Write view.
import { expect, test, text } from './support/fixtures.ts';

test.beforeEach(async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('the panel follows the draft and, marked as such, the paragraph at the caret', async ({ kindred }) => {
  await kindred.newDraft('Dogs on the boat', 'Which dogs may travel on the deck, and on a lead.');
  await expect(kindred.suggestion('Dogs')).toBeVisible();
  await kindred.page.keyboard.insertText(
    '\n\nThe clocks go back on the last Sunday of October, and the hour between one and two comes round twice.',
  );
  await expect(kindred.panel.getByText(text.write.panel.paragraph)).toBeVisible();
  await expect(kindred.suggestions('paragraph').first()).toBeVisible();
  await expect(kindred.panel.locator('mark').first()).toBeVisible();
});

test('a link is inserted at the caret, around a selection, and by key alone', async ({ kindred }) => {
  const { page, body } = kindred;
  await kindred.newDraft('Night alarms', 'The pager rang at three in the morning and nobody stood on a pier. ');
  const first = kindred.suggestions().first();
  await expect(first).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+Enter');
  await expect(body).toContainText(/\[.+\]\(.*\/posts\/.+\)/);
  await expect(body).toBeFocused();
  await expect(kindred.panel.getByText(text.write.suggestion.linked).first()).toBeVisible();
});

test('a link goes around the words of the draft that name the post, which are marked before', async ({ kindred }) => {
  const { page, body, panel } = kindred;
  const post = 'Paying for the pager';
  const anchor = 'paying for the pager';
  await kindred.newDraft('The bill', `Last autumn we argued about ${anchor} and who is woken at night. `);
  const link = panel.getByRole('button', { name: text.write.suggestion.linkLabel(anchor, post) });
  await expect(link).toBeVisible();
  await expect(body.locator('.link-anchor')).toHaveCount(0);
  await link.hover();
  await expect(body.locator('.link-anchor')).toHaveText(anchor);
  await link.click();
  await expect(body).toContainText(new RegExp(`about \\[${anchor}\\]\\(.*/posts/.*\\) and who`));
  await expect(body).toBeFocused();
  await page.keyboard.insertText('Twice.');
  await expect(body).toContainText('woken at night. Twice.');
  await expect(kindred.suggestion(post).getByText(text.write.suggestion.linked)).toBeVisible();
});

test('why a post is suggested is told on demand: what speaks for it, the words, what stands after it', async ({
  kindred,
}) => {
  const { page, panel } = kindred;
  const words = text.write.why;
  await kindred.newDraft(
    'Night alarms',
    'The pager rang at three in the morning, and the rota said that nobody slept.',
  );
  // The title alone is answered first, and has no pager.
  await expect(kindred.suggestions().first().getByText('pager', { exact: true }).first()).toBeVisible();
  // Two of one group, as one is told from the next there.
  const group = panel.getByRole('list').filter({ has: page.getByRole('heading').nth(1) });
  const titles = await group.first().getByRole('listitem').getByRole('heading').allInnerTexts();
  const button = panel.getByRole('button', { name: words.label(titles[0]!) });
  await button.focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog', { name: words.label(titles[0]!) });
  await expect(card.getByRole('heading', { name: words.speaksFor })).toBeVisible();
  await expect(card.getByRole('listitem').filter({ hasText: words.raises.words })).toBeVisible();
  await expect(card.getByText('pager', { exact: true })).toBeVisible();
  await expect(card.getByText(`It stands before “${titles[1]}”`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a dismissed suggestion can be brought back, and stays dismissed over a reload otherwise', async ({ kindred }) => {
  const { page, panel } = kindred;
  const first = kindred.suggestions().first();
  const name = await first.getByRole('heading').innerText();
  await first.hover();
  await panel.getByRole('button', { name: text.write.suggestion.dismissLabel(name) }).click();
  await page.getByRole('button', { name: text.shell.undo }).first().click();
  await expect(kindred.suggestion(name)).toBeVisible();
  await kindred.suggestion(name).hover();
  await panel.getByRole('button', { name: text.write.suggestion.dismissLabel(name) }).click();
  await page.reload();
  await expect(kindred.suggestions().first()).toBeVisible();
  await expect(kindred.suggestion(name)).toHaveCount(0);
});

test('drafts are saved as typed, several are kept, and a deleted one comes back', async ({ kindred }) => {
  const { page, title, body } = kindred;
  await kindred.newDraft('First of mine', 'Something about tides.');
  await kindred.newDraft('Second of mine', 'Something about signs.');
  await expect(page.getByText(text.write.saved)).toBeVisible();
  await page.reload();
  await expect(title).toHaveValue('Second of mine');
  await expect(body).toContainText('Something about signs.');
  await page.getByRole('button', { name: text.write.drafts.button }).click();
  await page.getByRole('button', { name: text.write.drafts.remove('First of mine') }).click();
  await page.getByRole('button', { name: text.shell.undo }).first().click();
  await page.getByRole('button', { name: text.write.drafts.button }).click();
  await page.getByRole('button', { name: /^First of mine/ }).click();
  await expect(title).toHaveValue('First of mine');
  await expect(body).toContainText('Something about tides.');
});

test('a post opens in the reader at the passage, and Escape returns to the caret', async ({ kindred }) => {
  const { page, body } = kindred;
  await kindred.newDraft('Night alarms', 'The pager rang at three in the morning and nobody stood on a pier.');
  await expect(kindred.suggestions().first()).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+o');
  const reader = page.getByRole('dialog').or(page.getByRole('complementary', { name: text.reader.region }));
  await expect(reader.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(body).toBeFocused();
  await page.keyboard.insertText(' More.');
  await expect(body).toContainText('on a pier. More.');
});

test('the part of the draft that an open post matches is marked until it is closed', async ({ kindred }) => {
  test.slow();
  const { page, body, panel } = kindred;
  await kindred.newDraft('', 'The summer was quiet.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('The pager rang at three in the morning and nobody stood on a pier.');
  await kindred.embeddedNow();
  await kindred.goTo('write');
  await expect(panel.getByText(text.write.panel.byMeaning)).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+o');
  await expect(body.locator('.matched-passage').last()).toContainText('The pager rang');
  const reader = page.getByRole('dialog', { name: text.reader.region });
  await expect(reader.locator('mark[data-closest]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(body.locator('.matched-passage')).toHaveCount(0);
});

test('a draft unlike anything gets a calm line, not weak matches', async ({ kindred }) => {
  await kindred.newDraft('Sourdough', 'Autolyse the flour, then knead gluten; proof overnight in a banneton basket.');
  await expect(kindred.panel.getByText(text.write.panel.nothing)).toBeVisible();
});

test('a screen reader hears new suggestions politely', async ({ kindred }) => {
  await kindred.newDraft('Dogs', 'Dogs on deck.');
  const spoken = kindred.page.locator('[data-announcement]').filter({ hasText: /related post/ });
  await expect(spoken.first()).toContainText('Dogs');
});
