// The scan of 100,000 vectors of 384 numbers: our kernel against plain JavaScript over float32. `npx tsx bench/scan.ts`.
import { dequantise, quantise } from '../src/core/search/quantise.ts';
import { VectorIndex } from '../src/core/search/vectorIndex.ts';
import { unitRows } from './unitRows.ts';

const ROWS = 100_000;
const DIMENSION = 384;
/** Passages of a post, about. */
const ROWS_PER_POST = 10;
const ROUNDS = 15;
const TOP = 10;

/** What a library would do without us: four sums at once, as engines like it, and the best row of each post. */
function plainScan(rows: Float32Array, query: Float32Array, best: Float32Array): void {
  best.fill(-2);
  for (let row = 0; row < ROWS; row++) {
    const from = row * DIMENSION;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = 0; at < DIMENSION; at += 4) {
      a += rows[from + at]! * query[at]!;
      b += rows[from + at + 1]! * query[at + 1]!;
      c += rows[from + at + 2]! * query[at + 2]!;
      d += rows[from + at + 3]! * query[at + 3]!;
    }
    const post = Math.floor(row / ROWS_PER_POST);
    const cosine = a + b + c + d;
    if (cosine > best[post]!) best[post] = cosine;
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

function time(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const rows = unitRows(ROWS, DIMENSION);
const index = new VectorIndex(DIMENSION);
const POST_NUMBERS = ROWS_PER_POST * DIMENSION;
for (let post = 0; post < ROWS / ROWS_PER_POST; post++) {
  index.add(`p${post}`, quantise(rows.subarray(post * POST_NUMBERS, (post + 1) * POST_NUMBERS), DIMENSION));
}
const queries = dequantise(quantise(unitRows(8, DIMENSION), DIMENSION));
const query = queries.slice(0, DIMENSION);
const best = new Float32Array(ROWS / ROWS_PER_POST);

// Interleaved, so that whatever else the machine does meets all alike.
const times = { plain: [] as number[], ours: [] as number[], eight: [] as number[] };
for (let round = 0; round < ROUNDS; round++) {
  times.plain.push(time(() => plainScan(rows, query, best)));
  times.ours.push(time(() => index.search(query)));
  times.eight.push(time(() => index.search(queries)));
}
const top = new Set(
  [...best.keys()]
    .sort((a, b) => best[b]! - best[a]!)
    .slice(0, TOP)
    .map((post) => `p${post}`),
);
const ours = index.search(query).sort((a, b) => b.cosine - a.cosine);
const same = ours.slice(0, TOP).filter(({ post }) => top.has(post)).length;
const [plain, one, eight] = [median(times.plain), median(times.ours), median(times.eight)];
process.stdout.write(
  `${ROWS} × ${DIMENSION}, ${index.kind}, median of ${ROUNDS}\n` +
    `plain JavaScript, float32   ${plain.toFixed(1)} ms\n` +
    `ours, int8, best of a post  ${one.toFixed(1)} ms, ${(plain / one).toFixed(1)} times as fast\n` +
    `ours, eight queries         ${eight.toFixed(1)} ms, ${((8 * plain) / eight).toFixed(1)} times as fast\n` +
    `same among the top ${TOP}      ${same}\n`,
);
