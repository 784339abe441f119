// The process that reads bent files for cli/fuzzImporters.ts, and tells before each which one it is.
import { randomOf } from '../bench/random.ts';
import { fuzzCase, readFuzzCase } from '../src/testing/importerFuzz.ts';

const [seed = 0, from = 0, last = 0] = process.argv.slice(2).map(Number);

let done = { posts: 0, ms: 0, failure: null as string | null };
for (let number = from; number < last; number++) {
  const bent = await fuzzCase(randomOf(seed + number));
  process.send?.({ number, name: bent.name, ...done });
  const started = performance.now();
  done = await readFuzzCase(bent).then(
    (posts) => ({ posts, ms: performance.now() - started, failure: null }),
    (error: unknown) => ({
      posts: 0,
      ms: performance.now() - started,
      failure: error instanceof Error ? (error.stack ?? error.message).slice(0, 1000) : String(error),
    }),
  );
}
process.send?.({ number: last, name: '', ...done });
