// What the commands that damage things share: how many cases of which seed, and how they end.
import { parseArgs } from 'node:util';

export interface FuzzChoice {
  cases: number;
  seed: number;
}

/** Failures that are printed one by one. */
const SHOWN = 20;

/** Ends the process when the arguments are no numbers. */
function fuzzChoice(): FuzzChoice {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed) || seed < 0) {
    console.error('--cases takes a whole number from 1 on, --seed one from 0 on.');
    process.exit(2);
  }
  return { cases, seed };
}

/** Runs all cases, prints what came of them, and ends the process: with 1 after a failure. */
export async function fuzzRun<Report extends { cases: number; failures: readonly string[] }>(
  fuzz: (choice: FuzzChoice) => Promise<Report>,
  /** `what` was damaged; `lines` tell of a report; `allWell` is said without failures. */
  { what, lines, allWell }: { what: string; lines: (report: Report) => string[]; allWell: string },
): Promise<never> {
  const choice = fuzzChoice();
  const started = Date.now();
  const report = await fuzz(choice);
  const { cases, failures } = report;
  console.log(`${cases} damaged ${what} in ${Math.round((Date.now() - started) / 1000)} s, seed ${choice.seed}.`);
  for (const line of lines(report)) console.log(line);
  for (const failure of failures.slice(0, SHOWN)) console.error(failure);
  console.log(failures.length === 0 ? allWell : `${failures.length} FAILURES.`);
  process.exit(failures.length === 0 ? 0 : 1);
}
