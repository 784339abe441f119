// A visitor's first minute, and the reload after it.
import { expect, test, text } from './support/fixtures.ts';

test('a first visit shows suggestions for a prepared draft without a keystroke', async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.title).not.toHaveValue('');
  await expect(kindred.suggestions().first()).toBeVisible();
  await expect(kindred.page.getByText(text.write.welcome.line)).toBeVisible();
});

test('words answer first, meaning follows, and a reload embeds nothing again', async ({ kindred }) => {
  test.slow();
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  expect(await kindred.embeddedNow()).toBeGreaterThan(100);
  await kindred.goTo('write');
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible();
  // Near-equals stay in the order in which they came while one reads: that may be another after a reload.
  const shown = async () => (await kindred.suggestions().allInnerTexts()).sort();
  const before = await shown();

  await kindred.page.reload();
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible({ timeout: 60_000 });
  await expect(kindred.suggestions()).toHaveCount(before.length);
  expect(await shown()).toEqual(before);
  expect(await kindred.embeddedNow()).toBe(0);
});

test('with the network cut after the first load, every view opens, a new draft gets suggestions, and a file comes in', async ({
  kindred,
}) => {
  await kindred.loadWhole(() => kindred.open());
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.page.context().setOffline(true);
  await kindred.newDraft('Night alarms', 'The pager rang at three in the morning and nobody stood on a pier.');
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('status');
  await kindred.chooseFiles([
    {
      name: 'train.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('---\ntitle: Written on a train\n---\n\nNo network in the tunnel.'),
    },
  ]);
  await expect(kindred.page.getByRole('region', { name: text.library.importing.region })).toContainText('1 added');
  await kindred.page.keyboard.press('Control+k');
  await expect(kindred.page.getByRole('dialog')).toBeVisible();
});
