// Judges a site: for each post with known relations, what the shipped core would have suggested while it was written.
import { Bm25Index } from '../../src/core/search/bm25.ts';
import { rankAll } from '../../src/core/search/fusion.ts';
import { quantise } from '../../src/core/search/quantise.ts';
import { VectorIndex } from '../../src/core/search/vectorIndex.ts';
import { documentTerms } from '../../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import { cutPassages, type PassageSource } from '../../src/core/text/passages.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';
import type { TokenLimits } from '../../src/core/text/tokenCounts.ts';
import { ndcg } from './measures.ts';
import { isEarlier, type Site, type SitePost } from './site.ts';

/** nDCG@10 times 100, mean over the queries. */
export interface SiteScores {
  queries: number;
  bm25: number;
  cosine: number;
  fused: number;
}

export interface JudgePorts {
  limits: TokenLimits;
  dimension: number;
  embed: (texts: readonly string[]) => Promise<Float32Array>;
}

const DEPTH = 10;

export async function judgeSite(site: Site, { limits, dimension, embed }: JudgePorts): Promise<SiteScores> {
  const drafts = site.queries.map(({ post }) => ({ title: post.title, summary: '', ...markdownToText(post.draft) }));
  const cut = async (sources: readonly PassageSource[]): Promise<string[][]> => {
    const found: string[][] = [];
    for (const source of sources) found.push((await cutPassages(source, limits)).map(({ text }) => text));
    return found;
  };
  const ofPosts = await cut(site.posts);
  const ofDrafts = await cut(drafts);
  const rows = await embed([...ofPosts, ...ofDrafts].flat());

  let row = 0;
  const take = (texts: readonly string[]): Float32Array =>
    rows.slice(row * dimension, (row += texts.length) * dimension);
  const lexical = new Bm25Index();
  const vectors = new VectorIndex(dimension);
  site.posts.forEach((post, index) => {
    lexical.add(post.id, documentTerms(post));
    vectors.add(post.id, quantise(take(ofPosts[index] ?? []), dimension));
  });

  const byId = new Map(site.posts.map((post) => [post.id, post]));
  const sums = { bm25: 0, cosine: 0, fused: 0 };
  site.queries.forEach(({ post, relevant }, index) => {
    const draft = drafts[index] ?? { title: '', text: '' };
    const { terms, total } = heaviestTerms(draft, lexical);
    const words = lexical.search(terms);
    const meaning = vectors.search(take(ofDrafts[index] ?? []));
    const accept = isCandidate(post, byId);
    const fused = rankAll({ lexical: words, totalWeight: total, semantic: meaning, accept });
    const judge = (ranking: readonly { post: string }[]): number =>
      ndcg(ranking.map((hit) => hit.post).filter(accept), relevant, DEPTH);
    sums.bm25 += judge(words);
    sums.cosine += judge([...meaning].sort((a, b) => b.cosine - a.cosine));
    sums.fused += judge(fused);
  });
  const mean = (sum: number): number => (100 * sum) / Math.max(1, site.queries.length);
  return { queries: site.queries.length, bm25: mean(sums.bm25), cosine: mean(sums.cosine), fused: mean(sums.fused) };
}

/** Only what was there when the post was written. */
const isCandidate =
  (post: SitePost, byId: ReadonlyMap<string, SitePost>) =>
  (id: string): boolean =>
    isEarlier(byId.get(id)?.date, post.date);
