// `npm run fuzz:backup`: damaged backups against a library, by seed; every one must be refused with a reason, and nothing changed.
import { fuzzBackups } from '../src/testing/fuzzBackups.ts';
import { fuzzRun } from './fuzzRun.ts';

const list = (map: ReadonlyMap<string, number>): string =>
  [...map].map(([name, count]) => `${name} ${count}`).join(', ');

await fuzzRun(({ cases, seed }) => fuzzBackups(cases, seed), {
  what: 'backups',
  lines: ({ refused, codes }) => [`Refused, by damage: ${list(refused)}.`, `By reason: ${list(codes)}.`],
  allWell: 'None was taken, nothing changed.',
});
