// Some hundred damaged blocks in every run of the tests; `npm run fuzz:blocks` tries ten thousand.
import { expect, test } from 'vitest';
import { randomOf } from '../../bench/random.ts';
import { BLOCK_DAMAGES, fuzzBlocks } from './fuzzBlocks.ts';

test('no damaged block is used, and what it held is made again', async () => {
  const report = await fuzzBlocks(300, randomOf(20_262));
  expect(report.failures).toEqual([]);
  expect(report.cases).toBe(300);
  expect(report.damages.size).toBe(3 * BLOCK_DAMAGES.length);
  expect(report.vectorsLost).toBeGreaterThan(0);
  expect(report.digestsMadeAnew).toBeGreaterThan(0);
  expect(report.reasons.size).toBeGreaterThan(6);
}, 60_000);
