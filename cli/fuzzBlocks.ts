// `npm run fuzz:blocks`: damaged blocks of vectors, digests and terms, by seed; none may be used, and what it held is made again.
import { randomOf } from '../bench/random.ts';
import { fuzzBlocks } from '../src/testing/fuzzBlocks.ts';
import { fuzzRun } from './fuzzRun.ts';

await fuzzRun(({ cases, seed }) => fuzzBlocks(cases, randomOf(seed)), {
  what: 'blocks',
  lines: ({ reasons, harmless, vectorsLost, digestsMadeAnew }) => [
    ...[...reasons].sort().map(([reason, times]) => `Refused ${times}: ${reason}.`),
    `${harmless} left every block usable, as two that may change places.`,
    `Made again: ${vectorsLost} vectors, ${digestsMadeAnew} digests.`,
  ],
  allWell: 'None was used.',
});
