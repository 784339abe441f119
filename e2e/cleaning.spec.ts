// What a site repeats and what is code is not embedded: the reader shows it. Posts of a language can be left out of suggestions.
import { expect, test, text } from './support/fixtures.ts';
import { withTinyModels } from './support/tinyModels.ts';

const FOOTER =
  'Our letter brings a story like this each second Friday, free of charge; write to the harbour master to have it.';
const STORIES = {
  Ferry:
    'The ferry waits for the tide, and while it waits the baker brings bread down to the slip for everybody on board.',
  Garden:
    'Behind the school there is a garden where the pupils grow beans, and nobody has ever counted how many there are.',
  Bridge:
    'When the bridge was painted green the old painter sat beside it for a week and named every shade that was wrong.',
  Market:
    'On Saturdays the market fills the square before seven, and by noon only the fishmonger still shouts his prices.',
  Tower:
    'The clock in the tower runs four minutes fast, so that people who live by it catch the boat that they would miss.',
};
const CODE = '```js\nconst tide = await table.next();\nif (tide.high) ferry.leave();\n```';
const GERMAN =
  'Die Fähre wartet auf die Flut, und während sie wartet, bringt der Bäcker allen an Bord frisches Brot hinunter.';

const post = (title: string, ...body: string[]) => ({
  name: `${title}.md`,
  mimeType: 'text/markdown',
  buffer: Buffer.from(`---\ntitle: ${title}\ndate: 2024-05-01\n---\n\n${body.join('\n\n')}\n`),
});

test('shows which text of a post is embedded, what is left out and why', async ({ kindred }) => {
  const { page, grid } = kindred;
  const words = text.reader.embedded;
  await withTinyModels(page);
  await kindred.open();
  await kindred.chooseFiles([
    ...Object.entries(STORIES).map(([title, story]) =>
      post(title, story, ...(title === 'Ferry' ? [CODE] : []), FOOTER),
    ),
    post('Fähre', GERMAN, FOOTER),
  ]);
  await kindred.embeddedNow();
  await kindred.goTo('library');
  await page.getByRole('searchbox', { name: text.library.list.search }).fill('brings bread');
  await grid.getByRole('row', { name: /Ferry/ }).getByText('Ferry').click();
  const reader = page.getByRole('dialog');
  await expect(reader).toContainText(text.reader.language('English'));
  await reader.getByRole('button', { name: words.show }).click();
  const shown = reader.getByRole('region', { name: words.region });
  await expect(shown).toContainText(words.summary(2, 2, 2));
  const rows = shown.getByRole('listitem');
  await expect(rows.filter({ hasText: words.leftOut.code() })).toContainText('ferry.leave()');
  await expect(rows.filter({ hasText: words.leftOut.repeated(6) })).toContainText('harbour master');
  await expect(rows.filter({ hasText: words.passage(1) })).toContainText(STORIES.Ferry);
  await expect(rows.filter({ hasText: words.passage(1) })).not.toContainText('harbour master');
  await reader.getByRole('button', { name: words.hide }).click();
  await expect(reader.getByText('harbour master')).toBeVisible();
});

test('leaves posts of a language out of suggestions, and takes them in again', async ({ kindred }) => {
  const { page } = kindred;
  const words = text.library.sources;
  await withTinyModels(page);
  await kindred.open();
  await kindred.chooseFiles([post('Fähre', GERMAN), post('Ferry', STORIES.Ferry)]);
  await kindred.embeddedNow();
  await kindred.goTo('write');
  await kindred.newDraft('Fähre und Flut', GERMAN);
  await expect(kindred.suggestion('Fähre')).toBeVisible();
  await kindred.goTo('library');
  const panel = page.locator('details').filter({ hasText: words.explain });
  await panel.locator('summary').click();
  await expect(panel).toContainText('German, English');
  await panel.getByRole('combobox', { name: words.language }).selectOption({ label: 'German' });
  await expect(panel.getByRole('button', { name: words.back('German') })).toBeVisible();
  await kindred.goTo('write');
  await expect(kindred.suggestion('Fähre')).toHaveCount(0);
  await kindred.goTo('library');
  await panel.locator('summary').click();
  await panel.getByRole('button', { name: words.back('German') }).click();
  await kindred.goTo('write');
  await expect(kindred.suggestion('Fähre')).toBeVisible();
});
