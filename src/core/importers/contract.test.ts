// Every importer against what all of them must do.
import { expect, test } from 'vitest';
import { exportFormats } from '../../testing/exports/index.ts';
import { describeImporter } from '../../testing/importerContract.ts';
import { formatNames } from './importerTable.ts';

/** Formats that give no posts: lists of feeds and pages. */
const WITHOUT_POSTS = ['feed-list', 'sitemap'];

for (const [name, format] of exportFormats) describeImporter(name, format);

test('every format of the table has a fixture', () => {
  const written = new Set([...exportFormats.values()].map(({ name }) => name));
  expect(formatNames.filter((name) => !written.has(name) && !WITHOUT_POSTS.includes(name))).toEqual([]);
});
