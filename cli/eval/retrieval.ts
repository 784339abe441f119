// How well words, meaning and both find given posts from others: for sets without links, dates or tags.
import type { CosineScale } from '../../src/core/embedding.ts';
import { fuse, onScale } from '../../src/core/search/fusion.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import { recall } from './measures.ts';
import type { SitePost } from './site.ts';
import { embedDrafts, openSiteLibrary, type SitePorts } from './siteLibrary.ts';

export interface RetrievalTask {
  /** What is searched. */
  posts: readonly SitePost[];
  /** What is asked: title and draft of each. */
  asked: readonly SitePost[];
  /** Ids of the posts that are right for one that is asked. */
  relevant: (asked: SitePost) => ReadonlySet<string>;
}

export interface RetrievalScores {
  /** Each 0 to 1. */
  mrr: number;
  recall10: number;
}

export const WAYS = ['words', 'meaning', 'both'] as const;
export type Way = (typeof WAYS)[number];

/** A post never finds itself. Mean reciprocal rank of the first right one, and share of the right ones among the first ten. */
export async function judgeRetrieval(
  { posts, asked, relevant }: RetrievalTask,
  cosines: CosineScale,
  ports: SitePorts,
): Promise<Record<Way, RetrievalScores>> {
  const { lexical, vectors } = await openSiteLibrary(posts, ports);
  const drafts = await embedDrafts(asked, ports);
  const sums = { words: [0, 0], meaning: [0, 0], both: [0, 0] } satisfies Record<Way, number[]>;
  drafts.forEach((draft, index) => {
    const post = asked[index];
    if (post === undefined) return;
    const right = relevant(post);
    const { terms, total } = heaviestTerms(draft, lexical);
    const accept = (id: string): boolean => id !== post.id;
    const found = lexical.search(terms);
    const semantic = {
      hits: vectors.search(draft.rows),
      cosines,
      compare: (ids: Iterable<string>) => onScale(vectors.compare(draft.rows, ids), cosines),
    };
    const rankings: Record<Way, string[]> = {
      words: found.map((hit) => hit.post),
      meaning: [...semantic.hits].sort((a, b) => b.cosine - a.cosine).map((hit) => hit.post),
      both: fuse({ lexical: lexical.scores(terms), totalWeight: total, semantic, accept }).map((hit) => hit.post),
    };
    for (const way of WAYS) {
      const ranking = rankings[way].filter(accept);
      const first = ranking.findIndex((id) => right.has(id));
      sums[way][0] = (sums[way][0] ?? 0) + (first < 0 ? 0 : 1 / (first + 1));
      sums[way][1] = (sums[way][1] ?? 0) + recall(ranking, right, 10);
    }
  });
  const scores = (way: Way): RetrievalScores => ({
    mrr: (sums[way][0] ?? 0) / Math.max(1, drafts.length),
    recall10: (sums[way][1] ?? 0) / Math.max(1, drafts.length),
  });
  return { words: scores('words'), meaning: scores('meaning'), both: scores('both') };
}
