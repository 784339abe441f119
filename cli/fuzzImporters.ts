// `npm run fuzz:importers`: bent files through every importer, in a process that is watched: no crash, no hang, nothing unsafe.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { command } from './command.ts';

const USAGE = 'Usage: npm run fuzz:importers [-- --cases 100000 --seed 1 --from 0 --limit-ms 5000]';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    'limit-ms': { type: 'string', default: '5000' },
    help: { type: 'boolean', default: false },
  },
});

/** A crowded machine may give a process little of its processor: only after so many times the limit it is taken for dead. */
const PATIENCE = 12;

interface Told {
  /** The case that begins now. */
  number: number;
  name: string;
  posts: number;
  /** Of the case before, in time of the processor. */
  ms: number;
  failure: string | null;
}

await command(async () => {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const [cases, seed, from, limitMs] = [options.cases, options.seed, options.from, options['limit-ms']].map(Number);
  if (![cases, seed, from, limitMs].every((value) => Number.isSafeInteger(value))) throw new Error(USAGE);
  const last = (from ?? 0) + (cases ?? 0);
  let next = from ?? 0;
  let posts = 0;
  let slowest = { number: -1, name: '', ms: 0 };
  const failures: string[] = [];
  const fail = (what: string): void => {
    failures.push(what);
    console.log(what);
  };
  const started = performance.now();
  while (next < last) {
    next = await new Promise<number>((resolve) => {
      const reader = fork(fileURLToPath(new URL('./fuzzProcess.ts', import.meta.url)), [seed, next, last].map(String));
      let open: Told = { number: next, name: '', posts: 0, ms: 0, failure: null };
      let watch: ReturnType<typeof setTimeout> | undefined;
      const end = (at: number): void => {
        clearTimeout(watch);
        reader.removeAllListeners();
        reader.kill('SIGKILL');
        resolve(at);
      };
      reader.on('message', (message) => {
        const told = message as Told;
        clearTimeout(watch);
        posts += told.posts;
        if (told.ms > slowest.ms) slowest = { number: open.number, name: open.name, ms: told.ms };
        if (told.failure !== null) fail(`case ${open.number}, ${open.name}: ${told.failure}`);
        if (told.ms > (limitMs ?? 0)) fail(`case ${open.number}, ${open.name}: took ${told.ms.toFixed(0)} ms`);
        open = told;
        if (told.number >= last) {
          end(last);
          return;
        }
        if (told.number % 5000 === 0) console.log(`${told.number} cases, ${failures.length} failures`);
        watch = setTimeout(
          () => {
            fail(`case ${open.number}, ${open.name}: hangs`);
            end(open.number + 1);
          },
          (limitMs ?? 0) * PATIENCE,
        );
      });
      reader.on('exit', (code) => {
        fail(`case ${open.number}, ${open.name}: the process ended with ${code}`);
        end(open.number + 1);
      });
    });
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`${cases} cases of seed ${seed} in ${seconds.toFixed(0)} s: ${posts} posts, ${failures.length} failures`);
  console.log(`slowest: ${slowest.ms.toFixed(0)} ms, case ${slowest.number} (${slowest.name})`);
  return failures.length > 0 ? 1 : 0;
});
