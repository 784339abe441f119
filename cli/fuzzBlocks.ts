// `npm run fuzz:blocks`: damaged blocks of vectors, digests and terms, by seed; none may be used, and what it held is made again.
import { parseArgs } from 'node:util';
import { randomOf } from '../bench/random.ts';
import { fuzzBlocks } from '../src/testing/fuzzBlocks.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error('--cases takes a whole number from 1 on, --seed one from 0 on.');
  process.exit(2);
}

const started = Date.now();
const report = await fuzzBlocks(cases, randomOf(seed));
console.log(`${report.cases} damaged blocks in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}.`);
for (const [reason, times] of [...report.reasons].sort()) console.log(`Refused ${times}: ${reason}.`);
console.log(`${report.harmless} left every block usable, as two that may change places.`);
console.log(`Made again: ${report.vectorsLost} vectors, ${report.digestsMadeAnew} digests.`);
for (const failure of report.failures.slice(0, 20)) console.error(failure);
console.log(report.failures.length === 0 ? 'None was used.' : `${report.failures.length} FAILURES.`);
process.exit(report.failures.length === 0 ? 0 : 1);
