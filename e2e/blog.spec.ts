// A real blog of 508 posts, through the real page: import, write, reload, write without a network.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EMBEDDING_TIMEOUT_MS, Kindred, expect, test, text } from './support/fixtures.ts';

const archive = resolve(process.env['KINDRED_DATA'] ?? '../shared/data', 'blog-18f/originals.tar.gz');

// Minutes of embedding: what fails would fail again.
test.describe.configure({ retries: 0 });
test.skip(!existsSync(archive), `${archive} is not there: the test on a real blog is skipped.`);
test.setTimeout(2 * EMBEDDING_TIMEOUT_MS);

const panelsDraft = {
  title: 'Recruiting people for research, again and again',
  body: 'We wanted to hear from the customers of the .gov registry more than once, so we asked whether they would join a panel. People who manage domains for a county or a town gave us feedback every month.',
};
const oracleDraft = {
  title: 'An Oracle database behind an open-source prototype',
  body: 'The agency keeps its records in an Oracle database. We built an open-source prototype against it, with a container for local development and migrations that run in continuous integration.',
};

let folder = '';
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-18f-'));
  execFileSync('tar', ['xzf', archive, '-C', folder]);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('508 posts: imported, embedded, suggested, kept over a reload, and there without a network', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const kindred = new Kindred(await context.newPage());
  await kindred.open();
  await kindred.chooseFolder(join(folder, '18f', 'content', 'posts'));
  const { page } = kindred;
  const result = page.getByRole('region', { name: text.library.importing.region });
  await expect(result).toContainText(/50[89] added/, { timeout: 300_000 });
  // Only the blog, so that what is suggested is the blog's.
  await page.getByRole('button', { name: text.library.demo.remove }).click();

  // Words answer while the model is still at work.
  await kindred.goTo('write');
  await kindred.newDraft(panelsDraft.title, panelsDraft.body);
  await expect(kindred.suggestion('Gathering feedback with customer panels')).toBeVisible();

  expect(await kindred.embeddedNow()).toBeGreaterThan(508);
  await kindred.goTo('write');
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible();
  await expect(kindred.suggestions().first()).toContainText('Gathering feedback with customer panels');

  // The same folder again: nothing changes.
  await kindred.chooseFolder(join(folder, '18f', 'content', 'posts'));
  await expect(result).toContainText(/50[89] unchanged/, { timeout: 300_000 });

  await kindred.loadWhole(() => page.reload());
  await kindred.goTo('write');
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible({ timeout: 60_000 });
  await expect(kindred.suggestions().first()).toContainText('Gathering feedback with customer panels');
  expect(await kindred.embeddedNow()).toBe(0);

  await context.setOffline(true);
  await kindred.goTo('write');
  await kindred.newDraft(oracleDraft.title, oracleDraft.body);
  await expect(kindred.suggestion('Working with Oracle databases in open-source projects')).toBeVisible();
  await expect(kindred.panel.getByText(text.write.panel.byMeaning)).toBeVisible();
  await kindred.chooseFiles([
    {
      name: 'offline.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Written on a train\n\nNo network in the tunnel.'),
    },
  ]);
  await expect(result).toContainText('1 added');
  expect(await kindred.embeddedNow()).toBeGreaterThan(0);
  await context.close();
});
