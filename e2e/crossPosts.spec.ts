// A post that stands in two places is one post: in the list, in the reader, and two again when the author says so.
import { expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const TEXT = `We stopped estimating the work of a quarter in days. Every team now names the three outcomes that it would regret
missing, and the harbour crew reads them aloud on the first Monday. The pager rota is drawn around them, so nobody carries the
phone in the week of their own outcome. When the tide table changes, the outcomes stay and the dates move.`;

const lines = (name: string, post: object) => ({
  name,
  mimeType: 'application/x-ndjson',
  buffer: Buffer.from(JSON.stringify(post)),
});

test('is shown as one with both addresses, taken apart and joined again', async ({ kindred }) => {
  const { page, grid } = kindred;
  const words = text.reader.places;
  await withTinyModels(page);
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
  const plan = { title: 'How we plan a quarter', text: TEXT, source: 'Blog' };
  await kindred.chooseFiles([
    lines('blog.jsonl', { ...plan, id: 'plan', date: '2024-03-01', url: 'https://blog.example/plan' }),
  ]);
  await expect(grid).toHaveAttribute('aria-rowcount', '106');
  await kindred.chooseFiles([
    lines('letter.jsonl', { ...plan, source: 'Letter', id: '7', date: '2024-03-09', url: 'https://letter.example/7' }),
  ]);
  const row = grid.getByRole('row', { name: /How we plan a quarter/ });
  await page.getByRole('searchbox', { name: text.library.list.search }).fill('regret missing');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(text.library.list.places(2));

  await row.getByText('How we plan a quarter').click();
  const places = page.getByRole('region', { name: words.heading });
  await expect(places.getByRole('link')).toHaveAttribute('href', 'https://letter.example/7');
  await expect(places).toContainText(words.reasons.title);
  await places.getByRole('button', { name: words.apartLabel('How we plan a quarter', 'Letter') }).press('Enter');
  await expect(places).toContainText(words.isApart('Letter'));
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  // The dialog of the reader hides the list from assistive technology.
  await expect(page.locator('[role=row]').filter({ hasText: 'How we plan a quarter' })).toHaveCount(2);
  await places.getByRole('button', { name: words.undo }).click();
  await expect(places.getByRole('link')).toBeVisible();
  await page.getByRole('button', { name: text.reader.close }).first().click();
  await expect(row).toHaveCount(1);
  await page.reload();
  await kindred.goTo('library');
  await page.getByRole('searchbox', { name: text.library.list.search }).fill('regret missing');
  await expect(row).toHaveCount(1);
});
