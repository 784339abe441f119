// Some thousands of bent files at every run; `npm run fuzz:importers` reads as many as wanted.
import { expect, test } from 'vitest';
import { randomOf } from '../../../bench/random.ts';
import { fuzzCase, readFuzzCase } from '../../testing/importerFuzz.ts';

const CASES = 2000;
const SEED = 20_240_501;

test(`${CASES} bent files: no crash, and nothing that the page could not trust`, { timeout: 300_000 }, async () => {
  let posts = 0;
  for (let number = 0; number < CASES; number++) {
    const bent = await fuzzCase(randomOf(SEED + number));
    posts += await readFuzzCase(bent).catch((cause: unknown) => {
      throw new Error(`Case ${number} of seed ${SEED} (${bent.name})`, { cause });
    });
  }
  // That hardly any came through would say that only broken files were tried.
  expect(posts).toBeGreaterThan(CASES);
});
