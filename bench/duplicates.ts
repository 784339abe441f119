// What near-duplicates cost in a library of 5,000 posts: for one answer, and for the report over all. `npx tsx bench/duplicates.ts`.
import { createLibrary } from '../src/core/library.ts';
import { CANDIDATES } from '../src/core/rank/duplicates/candidates.ts';
import { fingerprintOf, type Fingerprint } from '../src/core/rank/duplicates/fingerprint.ts';
import { judgePair } from '../src/core/rank/duplicates/judge.ts';
import { libraryWords } from '../src/core/rank/duplicates/libraryWords.ts';
import { TitleCounts } from '../src/core/rank/duplicates/titleCounts.ts';
import { Bm25Index } from '../src/core/search/bm25.ts';
import { documentTerms } from '../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../src/core/text/heaviestTerms.ts';
import { fakeModel, fakeSupply } from '../src/testing/fakeModel.ts';

const POSTS = 5_000;
const WORDS = 600;
const VOCABULARY = 30_000;
/** One post in so many is a copy of the one before, a third of it left out. */
const COPIES = 20;
const ROUNDS = 200;

/** Words as often as in real text: the n-th most frequent one time in n. Without digits, which would make them numbers. */
const word = (): string =>
  Math.floor(VOCABULARY ** Math.random())
    .toString()
    .replace(/\d/g, (digit) => `${'bcdfghklmn'.charAt(Number(digit))}a`);
const words = (count: number): string => Array.from({ length: count }, word).join(' ');

const posts = Array.from({ length: POSTS }, () => ({
  title: words(6),
  summary: words(15),
  text: words(WORDS),
  blocks: [],
  tags: [],
}));
posts.forEach((post, at) => {
  if (at % COPIES === 1)
    post.text = (posts[at - 1]?.text ?? '')
      .split(' ')
      .slice(0, (2 * WORDS) / 3)
      .join(' ');
});

const lexical = new Bm25Index();
const titles = new TitleCounts();
posts.forEach((post, at) => {
  lexical.add(String(at), documentTerms(post));
  titles.put(String(at), post.title);
});

const times = new Map<string, number[]>();
function timed<Result>(step: string, work: () => Result): Result {
  const started = performance.now();
  const result = work();
  times.set(step, [...(times.get(step) ?? []), performance.now() - started]);
  return result;
}

const known = new Map<string, Fingerprint>();
const library = libraryWords(lexical, titles);
let found = 0;
for (let round = 0; round < ROUNDS; round++) {
  const at = (round * COPIES + 1) % POSTS;
  const post = posts[at] ?? posts[0]!;
  const terms = timed('terms', () => heaviestTerms(post, lexical).terms);
  const hits = timed('candidates', () => lexical.search(terms).slice(0, CANDIDATES + 1));
  const own = timed('fingerprint of one text', () => fingerprintOf(post));
  timed('fingerprints of all candidates', () => {
    for (const hit of hits) known.set(hit.post, fingerprintOf(posts[Number(hit.post)] ?? post));
  });
  timed('judging all candidates', () => {
    for (const { post: id } of hits) {
      const second = known.get(id);
      if (second === undefined || id === String(at)) continue;
      if (judgePair({ first: own, second, secondIsOlder: true, meaning: null }, library) !== null) found++;
    }
  });
}

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(2).padStart(9);
process.stdout.write(`${'ms'.padEnd(32)}${'p50'.padStart(9)}${'p95'.padStart(9)}\n`);
for (const [step, list] of times) {
  const sorted = [...list].sort((a, b) => a - b);
  process.stdout.write(`${step.padEnd(32)}${quantile(sorted, 0.5)}${quantile(sorted, 0.95)}\n`);
}
process.stdout.write(`${found} of ${ROUNDS} copies found\n`);

// The report as the app makes it, by words alone and in memory.
const whole = createLibrary({ models: () => fakeSupply(() => fakeModel()), demoUrl: '' });
const lines = posts.map((post, at) => JSON.stringify({ id: `p${at}`, title: post.title, text: post.text }));
await whole.importFiles([{ path: 'posts.jsonl', blob: new Blob([lines.join('\n')]) }], { source: 'bench' });
let longest = 0;
let last = performance.now();
const beat = setInterval(() => {
  longest = Math.max(longest, performance.now() - last);
  last = performance.now();
});
const began = performance.now();
const { pairs } = await whole.findCompeting();
const seconds = ((performance.now() - began) / 1000).toFixed(1);
clearInterval(beat);
process.stdout.write(
  `report: ${pairs.length} pairs of ${POSTS / COPIES} in ${seconds} s, others wait ${longest.toFixed(0)} ms at most\n`,
);
await whole.close();
