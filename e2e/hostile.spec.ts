// Script in every field of every format: none reaches the page, with the page's policy and without it.
import { exportFormats, makeItem } from '../src/testing/exports/index.ts';
import { packZip } from '../src/testing/packFiles.ts';
import { expect, test, text, type Kindred } from './support/fixtures.ts';

const SCRIPTS =
  '<script>window.stolen=2</script><a href="javascript:window.stolen=3">press</a> <img src=x onerror="window.stolen=4">' +
  '<svg><script>window.stolen=5</script></svg><iframe src="javascript:window.stolen=6"></iframe>';
const WORDS =
  'anchor barnacle capstan dredge eddy fathom gannet hawser inlet jetty keel lagoon mooring neap oar pilot quay reef shoal tiller'.split(
    ' ',
  );

/** Each with words of its own, also where numbers count for nothing, so that none is taken for another place of one that is there. */
function hostileItem(number: number) {
  const own = String(number).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
  const words = WORDS.map((word) => word + own);
  const said = `Gulls${number} sat on the slip with ${words.join(' ')}.`;
  return makeItem(number, {
    title: `Gulls${number} <img src=x onerror="window.stolen=1">`,
    text: `${said} ${SCRIPTS}`,
    html: `<p onclick="window.stolen=7">${said} ${SCRIPTS}</p>`,
    tags: ['<script>window.stolen=8</script>'],
  });
}

async function expectNoScript({ page }: Kindred): Promise<void> {
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  await expect(page.locator('a[href^="javascript" i], img[src="x"], [onerror], [onclick]')).toHaveCount(0);
}

for (const policy of ['on', 'off'] as const) {
  test.describe(`with the policy ${policy}`, () => {
    test.use({ bypassCSP: policy === 'off' });

    test('no script of any format runs', async ({ kindred }) => {
      test.setTimeout(600_000);
      const { page, grid } = kindred;
      await kindred.open();
      const formats = [...exportFormats].map(([name, format], index) => ({ name, format, number: index + 1 }));
      const archives = await Promise.all(
        formats.map(async ({ name, format, number }) => {
          const zip = await packZip(await format.write([hostileItem(number)]));
          return {
            name: `${name.replaceAll('/', ' ')}.zip`,
            mimeType: 'application/zip',
            buffer: Buffer.from(await zip.arrayBuffer()),
          };
        }),
      );
      await kindred.chooseFiles(archives);
      const region = page.getByRole('region', { name: text.library.importing.region });
      await expect(region).toContainText(`${formats.length} added`, { timeout: 60_000 });

      const search = page.getByRole('searchbox', { name: text.library.list.search });
      for (const { name, number } of formats) {
        await search.fill(`Gulls${number}`);
        // Captions have the name of their file for a title.
        const title = grid.getByText(new RegExp(`^(?:Gulls${number}\\b|Tide ${number}$)`)).first();
        await expect(title, name).toBeVisible();
        await title.click();
        await expect(page.getByRole('dialog').getByText(`Gulls${number} sat on the slip`).first(), name).toBeVisible();
        await expectNoScript(kindred);
        await page.keyboard.press('Escape');
      }

      await kindred.goTo('write');
      await kindred.newDraft(
        'Gulls',
        `Gulls1 and Gulls2 sat on the slip with ${WORDS.map((word) => `${word}b`).join(' ')}.`,
      );
      await expect(kindred.suggestion(/^Gulls1\b/)).toBeVisible();
      await expectNoScript(kindred);

      const inline = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.inline = 1';
        document.body.append(script);
        return 'inline' in window;
      });
      expect(inline, 'whether the policy was as this test says').toBe(policy === 'off');
    });
  });
}
