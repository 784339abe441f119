// Some hundred damaged backups in every run of the tests; `npm run fuzz:backup` tries ten thousand.
import { expect, test } from 'vitest';
import { fuzzBackups } from './fuzzBackups.ts';

test('no damaged backup is restored, and none changes the library', async () => {
  const report = await fuzzBackups(400, 20_261);
  expect(report.failures).toEqual([]);
  expect(report.cases).toBe(400);
  expect(report.refused.size).toBe(8);
});
