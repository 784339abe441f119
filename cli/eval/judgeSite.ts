// Judges a site: for each post with known relations, what the shipped core would have suggested while it was written.
import type { CosineScale } from '../../src/core/embedding.ts';
import { rankAll } from '../../src/core/search/fusion.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import { ndcg } from './measures.ts';
import { isEarlier, type Site, type SitePost } from './site.ts';
import { embedDrafts, openSiteLibrary, type SitePorts } from './siteLibrary.ts';

/** nDCG@10 times 100, mean over the queries. */
export interface SiteScores {
  queries: number;
  bm25: number;
  cosine: number;
  fused: number;
}

const DEPTH = 10;

export async function judgeSite(site: Site, cosines: CosineScale, ports: SitePorts): Promise<SiteScores> {
  const { lexical, vectors } = await openSiteLibrary(site.posts, ports);
  const drafts = await embedDrafts(
    site.queries.map(({ post }) => post),
    ports,
  );
  const byId = new Map(site.posts.map((post) => [post.id, post]));
  const sums = { bm25: 0, cosine: 0, fused: 0 };
  site.queries.forEach(({ post, relevant }, index) => {
    const draft = drafts[index];
    if (draft === undefined) return;
    const { terms, total } = heaviestTerms(draft, lexical);
    const words = lexical.search(terms);
    const hits = vectors.search(draft.rows);
    const accept = isCandidate(post, byId);
    const fused = rankAll({ lexical: words, totalWeight: total, semantic: { hits, cosines }, accept });
    const judge = (ranking: readonly { post: string }[]): number =>
      ndcg(ranking.map((hit) => hit.post).filter(accept), relevant, DEPTH);
    sums.bm25 += judge(words);
    sums.cosine += judge([...hits].sort((a, b) => b.cosine - a.cosine));
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
