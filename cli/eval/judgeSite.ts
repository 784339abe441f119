// Judges a site: for each post with known relations, what the shipped core would have suggested while it was written.
import type { CosineScale } from '../../src/core/embedding.ts';
import { candidateFeatures, RARE, type Features, type RankInput } from '../../src/core/rank/features.ts';
import { dayOf } from '../../src/core/rank/postTraits.ts';
import { rankPosts } from '../../src/core/rank/ranker.ts';
import { fuse, onScale, usualMeaning } from '../../src/core/search/fusion.ts';
import { sentences } from '../../src/core/text/sentences.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import { ndcg, recall } from './measures.ts';
import { isCandidate, type Site, type SiteQuery } from './site.ts';
import { embedDrafts, openSiteLibrary, type EmbeddedDraft, type SiteLibrary, type SitePorts } from './siteLibrary.ts';

/** Times 100, mean over the queries; nDCG@10 where nothing else is said. */
export interface SiteScores {
  queries: number;
  bm25: number;
  cosine: number;
  fused: number;
  ranked: number;
  /** Of the learned ranking without vectors. */
  wordsRanked: number;
  /** Recall at 5, and how often the first suggestion is right, of the learned ranking. */
  recall5: number;
  first: number;
  /** The quarter of the queries whose related posts share the fewest words with the draft. */
  farWords: { bm25: number; ranked: number };
  /** Asked with the last sentences of the draft alone, as a paragraph is. */
  paragraph: { fused: number; ranked: number };
}

type Measure = Omit<SiteScores, 'queries' | 'farWords' | 'paragraph'> & {
  paragraphFused: number;
  paragraphRanked: number;
};

const DEPTH = 10;

/** What the searches found for one draft, ready to judge or to learn from. */
interface Answer {
  input: RankInput;
  rankings: Record<'bm25' | 'cosine' | 'fused', string[]>;
}

export async function judgeSite(site: Site, cosines: CosineScale, ports: SitePorts): Promise<SiteScores> {
  const judged: { scores: Measure; best: number }[] = [];
  const library = await openSiteLibrary(site.posts, ports);
  const asked = site.queries.map(({ post }) => post);
  const drafts = await embedDrafts(asked, ports);
  const paragraphs = await embedDrafts(
    asked.map((post) => ({ ...post, title: '' })),
    ports,
    ({ draft }) => lastSentences(draft),
  );
  for (const [index, query] of site.queries.entries()) {
    const [draft, last] = [drafts[index], paragraphs[index]];
    if (draft === undefined || last === undefined) continue;
    const { input, rankings } = answer(site, cosines, library, query, draft);
    const paragraph = answer(site, cosines, library, query, last).input;
    const judge = (ranking: readonly string[]): number => ndcg(ranking, query.relevant, DEPTH);
    const ranked = shipped(input);
    const words = shipped(withoutVectors(input));
    judged.push({
      scores: {
        bm25: judge(rankings.bm25),
        cosine: judge(rankings.cosine),
        fused: judge(rankings.fused),
        ranked: judge(ranked),
        wordsRanked: judge(words),
        recall5: recall(ranked, query.relevant, 5),
        first: ranked[0] !== undefined && query.relevant.has(ranked[0]) ? 1 : 0,
        paragraphFused: judge(toIds(paragraph.found)),
        paragraphRanked: judge(shipped(paragraph)),
      },
      best: Math.max(0, ...input.found.filter(({ post }) => query.relevant.has(post)).map(({ share }) => share)),
    });
  }
  const mean = (rows: typeof judged, name: keyof Measure): number =>
    (100 * rows.reduce((sum, { scores }) => sum + scores[name], 0)) / Math.max(1, rows.length);
  const far = [...judged].sort((a, b) => a.best - b.best).slice(0, Math.ceil(judged.length / 4));
  return {
    queries: judged.length,
    bm25: mean(judged, 'bm25'),
    cosine: mean(judged, 'cosine'),
    fused: mean(judged, 'fused'),
    ranked: mean(judged, 'ranked'),
    wordsRanked: mean(judged, 'wordsRanked'),
    recall5: mean(judged, 'recall5'),
    first: mean(judged, 'first'),
    farWords: { bm25: mean(far, 'bm25'), ranked: mean(far, 'ranked') },
    paragraph: { fused: mean(judged, 'paragraphFused'), ranked: mean(judged, 'paragraphRanked') },
  };
}

/** In the order that the app gives. */
const shipped = (input: RankInput): string[] => toIds(rankPosts(input));

function withoutVectors(input: RankInput): RankInput {
  const found = input.found.map((hit) => ({ ...hit, meaning: null })).sort((a, b) => b.share - a.share);
  return { ...input, found, draftPassages: 0, compare: () => new Map() };
}

/** A candidate of a query as the ranker sees it. */
export interface FeatureRow {
  query: string;
  date: string;
  /** Posts that are right for the query, candidates or not. */
  relevant: number;
  post: string;
  linked: boolean;
  features: Features;
}

/** Every candidate of every query, for the ranker to learn from. */
export async function* featureRows(site: Site, cosines: CosineScale, ports: SitePorts): AsyncGenerator<FeatureRow> {
  const library = await openSiteLibrary(site.posts, ports);
  const drafts = await embedDrafts(
    site.queries.map(({ post }) => post),
    ports,
  );
  for (const [index, query] of site.queries.entries()) {
    const draft = drafts[index];
    if (draft === undefined) continue;
    const { post: asked, relevant } = query;
    for (const [post, features] of candidateFeatures(answer(site, cosines, library, query, draft).input)) {
      yield { query: asked.id, date: asked.date, relevant: relevant.size, post, linked: relevant.has(post), features };
    }
  }
}

const PARAGRAPH_SENTENCES = 3;

/** What an author might have typed last: the paragraph at the caret. */
export function lastSentences(text: string): string {
  const [start] = sentences(text, 0, text.length).slice(-PARAGRAPH_SENTENCES)[0] ?? [0];
  return text.slice(start);
}

const toIds = (ranking: readonly { post: string }[]): string[] => ranking.map(({ post }) => post);

function answer(
  site: Site,
  cosines: CosineScale,
  { lexical, vectors, traits }: SiteLibrary,
  query: SiteQuery,
  draft: EmbeddedDraft,
): Answer {
  const { terms, all, total } = heaviestTerms(draft, lexical);
  const allowed = new Set(site.posts.filter((post) => isCandidate(post, query.post, site.dated)).map(({ id }) => id));
  const accept = (id: string): boolean => allowed.has(id);
  const words = lexical.search(terms);
  const hits = vectors.search(draft.rows);
  const found = fuse({ lexical: lexical.scores(terms), totalWeight: total, semantic: { hits, cosines }, accept });
  return {
    input: {
      draft,
      day: dayOf(query.post.date) ?? 0,
      found,
      accept,
      rarity: lexical.rarities(all, RARE),
      idf: (term) => lexical.idf(term),
      compare: (posts) => onScale(vectors.compare(draft.rows, posts), cosines),
      draftPassages: draft.rows.length / vectors.dimension,
      unseen: usualMeaning(cosines),
      traits,
    },
    rankings: {
      bm25: toIds(words).filter(accept),
      cosine: toIds([...hits].sort((a, b) => b.cosine - a.cosine)).filter(accept),
      fused: toIds(found),
    },
  };
}
