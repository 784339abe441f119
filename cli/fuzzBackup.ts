// `npm run fuzz:backup`: damaged backups against a library, by seed; every one must be refused with a reason, and nothing changed.
import { parseArgs } from 'node:util';
import { fuzzBackups } from '../src/testing/fuzzBackups.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error('--cases takes a whole number from 1 on, --seed one from 0 on.');
  process.exit(2);
}

const started = Date.now();
const report = await fuzzBackups(cases, seed);
const list = (map: ReadonlyMap<string, number>): string =>
  [...map].map(([name, count]) => `${name} ${count}`).join(', ');
console.log(`${report.cases} damaged backups in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}.`);
console.log(`Refused, by damage: ${list(report.refused)}.`);
console.log(`By reason: ${list(report.codes)}.`);
for (const failure of report.failures.slice(0, 20)) console.error(failure);
console.log(report.failures.length === 0 ? 'None was taken, nothing changed.' : `${report.failures.length} FAILURES.`);
process.exit(report.failures.length === 0 ? 0 : 1);
