// What the steps of one answer take in a library of 10,000 posts with 100,000 passages. `npx tsx bench/answer.ts`.
import { RARE } from '../src/core/rank/features.ts';
import { TraitIndex } from '../src/core/rank/postTraits.ts';
import { rankPosts } from '../src/core/rank/ranker.ts';
import { Bm25Index } from '../src/core/search/bm25.ts';
import { fuse, onScale, usualMeaning } from '../src/core/search/fusion.ts';
import { quantise } from '../src/core/search/quantise.ts';
import { VectorIndex } from '../src/core/search/vectorIndex.ts';
import { documentTerms } from '../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../src/core/text/heaviestTerms.ts';
import { SyntheticEmbeddings } from './syntheticEmbeddings.ts';
import { wordsOf } from './syntheticPosts.ts';

const POSTS = 10_000;
const PASSAGES = 10;
const DRAFT_PASSAGES = 4;
const DIMENSION = 256;
const WORDS = 600;
const LINKS = 5;
const ROUNDS = 40;
const COSINES = { unrelated: 0.4, usual: 0.6, same: 0.95 };

const words = wordsOf(() => Math.random());
const embeddings = new SyntheticEmbeddings(DIMENSION, 1);

const lexical = new Bm25Index();
const vectors = new VectorIndex(DIMENSION);
const traits = new TraitIndex();
for (let post = 0; post < POSTS; post++) {
  const id = `p${post}`;
  const fields = { title: words(6), summary: words(15), text: words(WORDS), blocks: [], tags: [words(1)] };
  lexical.add(id, documentTerms(fields));
  vectors.add(id, quantise(embeddings.rows(PASSAGES, PASSAGES), DIMENSION));
  const links = Array.from({ length: LINKS }, () => ({ href: `/p${Math.floor(Math.random() * POSTS)}` }));
  const date = new Date(Date.UTC(2010, 0, 1) + post * 12 * 3_600_000).toISOString();
  traits.put({ id, url: `https://example.org/${id}`, links, date, ...fields }, WORDS);
}

const times = new Map<string, number[]>();
function timed<Result>(step: string, work: () => Result): Result {
  const started = performance.now();
  const result = work();
  const list = times.get(step) ?? [];
  list.push(performance.now() - started);
  times.set(step, list);
  return result;
}

for (let round = 0; round < ROUNDS; round++) {
  const draft = { title: words(6), text: words(400) };
  const rows = embeddings.rows(DRAFT_PASSAGES);
  const { terms, all, total } = timed('terms of the draft', () => heaviestTerms(draft, lexical));
  const hits = timed('vectors', () => vectors.search(rows));
  const found = timed('words', () => lexical.scores(terms));
  const input = { lexical: found, totalWeight: total, semantic: { hits, cosines: COSINES } };
  const fused = timed('joined', () => fuse(input));
  timed('ranked', () =>
    rankPosts({
      draft,
      day: 20_000,
      found: fused,
      accept: () => true,
      rarity: lexical.rarities(all, RARE),
      idf: (term) => lexical.idf(term),
      compare: (posts) => onScale(vectors.compare(rows, posts), COSINES),
      draftPassages: DRAFT_PASSAGES,
      unseen: usualMeaning(COSINES),
      traits,
    }),
  );
}

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1).padStart(8);
process.stdout.write(`${'ms'.padEnd(20)}${'p50'.padStart(8)}${'p95'.padStart(8)}\n`);
for (const [step, list] of times) {
  const sorted = list.slice(ROUNDS / 4).sort((a, b) => a - b);
  process.stdout.write(`${step.padEnd(20)}${at(sorted, 0.5)}${at(sorted, 0.95)}\n`);
}
