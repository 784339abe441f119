// What the cosines of a model mean, measured on a site and on drafts of other sites.
import type { CosineScale } from '../../src/core/embedding.ts';
import { heaviestTerms } from '../../src/core/text/heaviestTerms.ts';
import type { SitePost } from './site.ts';
import { embedDrafts, openSiteLibrary, type EmbeddedDraft, type SiteLibrary, type SitePorts } from './siteLibrary.ts';

/** Posts that share most words with a draft. */
const NEAREST_BY_WORDS = 20;
/** Of the sentences of a near-copy one in so many is left out. */
const LEFT_OUT = 3;
/** Share of strange drafts that find nothing nearer than `unrelated`. */
const STRANGERS = 0.9;

/** `posts` and their authors' drafts are of one site, `strangers` of sites that have nothing to do with it. */
export async function measureCosines(
  posts: readonly SitePost[],
  strangers: readonly SitePost[],
  ports: SitePorts,
): Promise<CosineScale> {
  const library = await openSiteLibrary(posts, ports);
  const own = await embedDrafts(posts, ports);
  const copies = await embedDrafts(posts, ports, (post) => nearCopy(post.draft));
  return {
    unrelated: quantile(
      STRANGERS,
      (await embedDrafts(strangers, ports)).map((draft) => best(draft, library)),
    ),
    usual: quantile(
      0.5,
      own.flatMap((draft, index) => ofNearestByWords(draft, posts[index]?.id, library)),
    ),
    same: quantile(
      0.5,
      copies.map((draft) => best(draft, library)),
    ),
  };
}

function best(draft: EmbeddedDraft, { vectors }: SiteLibrary): number {
  return vectors.search(draft.rows, { most: 1 })[0]?.cosine ?? -Infinity;
}

function ofNearestByWords(draft: EmbeddedDraft, ownPost: string | undefined, library: SiteLibrary): number[] {
  const words = library.lexical.search(heaviestTerms(draft, library.lexical).terms);
  const nearest = words.filter(({ post }) => post !== ownPost).slice(0, NEAREST_BY_WORDS);
  const cosines = new Map(library.vectors.search(draft.rows).map(({ post, cosine }) => [post, cosine]));
  return nearest.map(({ post }) => cosines.get(post) ?? 0);
}

function nearCopy(text: string): string {
  return text
    .split(/(?<=[.!?])\s+/)
    .filter((_, index) => index % LEFT_OUT !== 1)
    .join(' ');
}

function quantile(share: number, values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
