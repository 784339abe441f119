// Whether the sentence that is marked in a passage is what makes it match: taken out, the passage should match less.
import type { Embedder } from '../../src/core/embedding.ts';
import { closestSentence } from '../../src/core/library/closestPart.ts';
import { sharedWords, stemWeights } from '../../src/core/rank/termWeights.ts';
import { Bm25Index } from '../../src/core/search/bm25.ts';
import { documentTerms } from '../../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import { isHead, type Passage, type PassageSource } from '../../src/core/text/passage.ts';
import { cutPassages } from '../../src/core/text/passages.ts';
import { sentences } from '../../src/core/text/sentences.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';
import type { TokenLimits } from '../../src/core/text/tokenCounts.ts';
import type { Site } from './site.ts';

/** How a sentence was chosen: by vectors, by the weight of the draft's words in it, or any. */
export const CHOICES = ['meaning', 'words', 'chance'] as const;
export type Choice = (typeof CHOICES)[number];

export interface MarkScores {
  /** Pairs of draft and linked post whose best passage has three sentences at least. */
  pairs: number;
  /** For each way to choose: share, in per cent, of the pairs where no other sentence's going costs more. */
  heaviest: Record<Choice, number>;
  /** By how much the cosine falls when the chosen sentence goes, mean. */
  fall: Record<Choice, number>;
}

/** With fewer, every choice is half right. */
const FEWEST_SENTENCES = 3;

export interface MarkPorts {
  embedder: Embedder;
  limits: TokenLimits;
  /** One unit row a text, remembered or not. */
  embed: (texts: readonly string[]) => Promise<Float32Array>;
  onProgress: (done: number, total: number) => void;
}

/** Over the first `most` pairs of a post and one that it links to, as they come. */
export async function judgeMarks(site: Site, most: number, ports: MarkPorts): Promise<MarkScores> {
  const byId = new Map(site.posts.map((post) => [post.id, post]));
  const lexical = new Bm25Index();
  for (const post of site.posts) lexical.add(post.id, documentTerms(post));
  const asked = site.queries.flatMap(({ post, relevant }) =>
    [...relevant].map((id) => ({ post, linked: byId.get(id) })),
  );
  const sums = { heaviest: { meaning: 0, words: 0, chance: 0 }, fall: { meaning: 0, words: 0, chance: 0 } };
  let pairs = 0;
  for (const { post, linked } of asked) {
    if (pairs === most) break;
    if (linked === undefined) continue;
    const draft = { title: post.title, summary: '', ...markdownToText(post.draft) };
    const best = await bestPair(draft, linked, ports);
    if (best === null) continue;
    const spans = sentences(best.passage.text);
    if (spans.length < FEWEST_SENTENCES) continue;
    const without = spans.map(([start, end]) => best.passage.text.slice(0, start) + best.passage.text.slice(end));
    const rows = await ports.embed(without);
    const { dimension } = ports.embedder.space;
    const falls = spans.map(
      (_, at) => best.cosine - dot(rows.subarray(at * dimension, (at + 1) * dimension), best.draft),
    );
    const weights = stemWeights(heaviestTerms(draft, lexical).terms);
    const { signal } = new AbortController();
    const marked = await closestSentence(best.passage.text, best.draft, ports, signal);
    const weighed = spans.map(([start, end]) => weightOf(best.passage.text.slice(start, end), weights));
    const largest = Math.max(...falls);
    const add = (choice: Choice, at: number): void => {
      sums.heaviest[choice] += falls[at] === largest ? 1 : 0;
      sums.fall[choice] += falls[at] ?? 0;
    };
    add(
      'meaning',
      spans.findIndex(([start]) => start === marked?.[0]),
    );
    add('words', weighed.indexOf(Math.max(...weighed)));
    sums.heaviest.chance += 1 / spans.length;
    sums.fall.chance += falls.reduce((sum, fall) => sum + fall, 0) / spans.length;
    ports.onProgress(++pairs, most);
  }
  const mean = (all: Record<Choice, number>, times: number): Record<Choice, number> => ({
    meaning: (times * all.meaning) / pairs,
    words: (times * all.words) / pairs,
    chance: (times * all.chance) / pairs,
  });
  return { pairs, heaviest: mean(sums.heaviest, 100), fall: mean(sums.fall, 1) };
}

/** The pair of passages that would be shown; null where either text has none. */
async function bestPair(draft: PassageSource, post: PassageSource, { embedder, limits, embed }: MarkPorts) {
  const { dimension } = embedder.space;
  const ours = (await cutPassages(draft, limits)).map(({ text }) => text);
  const theirs = (await cutPassages(post, limits)).filter((passage) => !isHead(passage));
  const [a, b] = [await embed(ours), await embed(theirs.map(({ text }) => text))];
  let best: { passage: Passage; draft: Float32Array; cosine: number } | null = null;
  ours.forEach((_, row) => {
    const one = a.subarray(row * dimension, (row + 1) * dimension);
    theirs.forEach((passage, at) => {
      const cosine = dot(one, b.subarray(at * dimension, (at + 1) * dimension));
      if (best === null || cosine > best.cosine) best = { passage, draft: one, cosine };
    });
  });
  return best as { passage: Passage; draft: Float32Array; cosine: number } | null;
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

function weightOf(text: string, weights: ReadonlyMap<string, number>): number {
  const stems = new Map(sharedWords(text, weights).map(({ stem, weight }) => [stem, weight]));
  return [...stems.values()].reduce((sum, weight) => sum + weight, 0);
}
