// The process that reads bent files for cli/fuzzImporters.ts, and tells before each which one it is.
import { randomOf } from '../bench/random.ts';
import { fuzzCase, readFuzzCase } from '../src/testing/importerFuzz.ts';

const [seed = 0, from = 0, last = 0] = process.argv.slice(2).map(Number);

let done = { posts: 0, ms: 0, failure: null as string | null };
for (let number = from; number < last; number++) {
  const bent = await fuzzCase(randomOf(seed + number));
  process.send?.({ number, name: bent.name, ...done });
  const before = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  done = await readFuzzCase(bent).then(
    (posts) => ({ posts, ms: spent(), failure: null }),
    (error: unknown) => ({
      posts: 0,
      ms: spent(),
      failure: error instanceof Error ? (error.stack ?? error.message).slice(0, 1000) : String(error),
    }),
  );
}
process.send?.({ number: last, name: '', ...done });
