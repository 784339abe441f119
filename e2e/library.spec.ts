// What an author does in the Library view, and what the view says to bad files.
import { expect, test, text } from './support/fixtures.ts';

const markdown = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/markdown',
  buffer: Buffer.from(content as string),
});
const words = text.library;

test.beforeEach(async ({ kindred }) => {
  await kindred.open();
  await expect(kindred.suggestions().first()).toBeVisible();
});

test('a post deleted in the list comes back with undo, and so does a cleared library', async ({ kindred }) => {
  const { page, grid } = kindred;
  await kindred.goTo('library');
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
  await page.getByRole('searchbox', { name: words.list.search }).fill('half past five');
  const row = grid.getByRole('row', { name: /What I look at, at half past five/ });
  await row.getByRole('button', { name: words.list.remove('What I look at, at half past five') }).click();
  await page.getByRole('button', { name: words.removed.undoOne('What I look at, at half past five') }).click();
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: words.list.clearSearch }).click();

  await page.getByRole('button', { name: words.list.clear(104) }).click();
  await expect(page.getByText(words.removed.count(104))).toBeVisible();
  await page.getByRole('button', { name: words.removed.restore, exact: true }).first().click();
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
});

test('every bad file is named with the reason, the good ones are kept, and what was stored stays', async ({
  kindred,
}) => {
  const { page, grid } = kindred;
  await kindred.chooseFiles([
    markdown('good.md', '---\ntitle: A good one\ndate: 2024-02-03\n---\nAbout gulls on the slip.'),
    markdown('empty.md', ''),
    markdown('latin1.md', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a, 0xff, 0xfe, 0xfa])),
    markdown('broken.md', '---\ntitle: "never closed\n  bad: [1, 2\n---\nText.'),
    {
      name: 'page.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from('<!doctype html><html><head><title>A page</title></head><body><p>No feed.</p></body></html>'),
    },
    {
      name: 'bomb.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
      ),
    },
    {
      name: 'hostile.xml',
      mimeType: 'text/xml',
      buffer:
        Buffer.from(`<?xml version="1.0"?><rss version="2.0"><channel><title>Hostile</title><link>https://h.example/</link><description>d</description><item>
        <title>Hostile &lt;img src=x onerror="window.stolen=1"&gt; title</title><link>javascript:window.stolen=2</link><guid>h1</guid>
        <description>&lt;p onclick="window.stolen=3"&gt;Harmless words about gulls.&lt;script&gt;window.stolen=4&lt;/script&gt; &lt;a href="javascript:window.stolen=5"&gt;press&lt;/a&gt;&lt;/p&gt;</description></item></channel></rss>`),
    },
  ]);
  const region = page.getByRole('region', { name: words.importing.region });
  await expect(region).toContainText('2 added');
  await region.locator('summary').click();
  for (const name of ['empty.md', 'latin1.md', 'broken.md', 'page.xml', 'bomb.xml']) {
    await expect(region.getByText(name).first()).toBeVisible();
  }
  await expect(grid).toHaveAttribute('aria-rowcount', '107');

  await page.getByRole('searchbox', { name: words.list.search }).fill('gulls harmless');
  await grid
    .getByText(/^Hostile/)
    .first()
    .click();
  await expect(page.getByText('Harmless words about gulls.')).toBeVisible();
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  await expect(page.locator('a[href^="javascript"]')).toHaveCount(0);
});

test('an import can be undone as a whole', async ({ kindred }) => {
  const { page, grid } = kindred;
  await kindred.chooseFiles([markdown('one.md', '# One of two\n\nText.'), markdown('two.md', '# Two of two\n\nText.')]);
  await expect(grid).toHaveAttribute('aria-rowcount', '107');
  await page.getByRole('button', { name: words.result.undo, exact: true }).first().click();
  await expect(grid).toHaveAttribute('aria-rowcount', '105');
});

test('on a narrow screen posts come first, and what else can be done opens by key', async ({ kindred }) => {
  const { page } = kindred;
  await kindred.goTo('library');
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByRole('button', { name: text.library.competing.compare })).toBeHidden();
  await expect(page.getByRole('searchbox', { name: words.list.search })).toBeInViewport();
  const fold = page.getByRole('button', { name: words.tools });
  await fold.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: text.library.competing.compare })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: text.library.competing.compare })).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(page.getByRole('button', { name: text.library.competing.compare })).toBeVisible();
  await expect(fold).toBeHidden();
});
