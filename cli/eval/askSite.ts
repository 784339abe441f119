// Asks a site's library with its own posts as drafts and with drafts of other sites, and hands back every candidate as the app orders it.
import type { CosineScale } from '../../src/core/embedding.ts';
import {
  drawSample,
  measureBackground,
  OPENING_PASSAGES,
  type DrawnVectors,
} from '../../src/core/library/background.ts';
import { matchDraft, type Match, type MatchQuestion } from '../../src/core/library/matchDraft.ts';
import type { Basis, Background } from '../../src/core/rank/trust.ts';
import { dayOf } from '../../src/core/rank/postTraits.ts';
import { onScale } from '../../src/core/search/fusion.ts';
import { documentTerms } from '../../src/core/text/documentTerms.ts';
import { lastSentences } from './judgeSite.ts';
import { isCandidate, type Site, type SitePost } from './site.ts';
import { embedDrafts, openSiteLibrary, type EmbeddedDraft, type SiteLibrary, type SitePorts } from './siteLibrary.ts';
import type { Stranger } from './strangers.ts';

/** What a draft was asked with: all of it, or its last sentences as the paragraph at the caret. */
export const PARTS = ['draft', 'paragraph'] as const;

/** An answer to one draft. */
export interface SiteAnswer {
  /** The site itself, or that of a stranger. */
  from: string;
  post: SitePost;
  part: (typeof PARTS)[number];
  basis: Basis;
  /** Posts of the library that are right; none for a stranger. */
  relevant: ReadonlySet<string>;
  /** Best first, however weak. */
  matches: Match[];
}

interface Ask {
  post: SitePost;
  relevant: ReadonlySet<string>;
  accept: (post: string) => boolean;
  /** Days since 1970. */
  day: number;
}

/** A stranger writes this many days after the newest post of the library. */
const DAYS_AFTER = 30;
const NOTHING: ReadonlySet<string> = new Set();

/** Answers to the site's own queries first, then to each stranger's drafts. */
export async function* askSite(
  site: Site,
  strangers: readonly Stranger[],
  cosines: CosineScale,
  ports: SitePorts,
): AsyncGenerator<SiteAnswer> {
  const library = await openSiteLibrary(site.posts, ports);
  const background = backgroundOf(site, library, cosines);
  const own = site.queries.map(({ post, relevant }): Ask => {
    const earlier = new Set(site.posts.filter((other) => isCandidate(other, post, site.dated)).map(({ id }) => id));
    return { post, relevant, accept: (id) => earlier.has(id), day: dayOf(post.date) ?? 0 };
  });
  const newest = Math.max(0, ...site.posts.map(({ date }) => dayOf(date) ?? 0));
  const groups = [
    { from: site.name, asks: own },
    ...strangers.map(({ name, posts }) => ({
      from: name,
      asks: posts.map((post): Ask => ({ post, relevant: NOTHING, accept: () => true, day: newest + DAYS_AFTER })),
    })),
  ];
  for (const { from, asks } of groups) {
    const posts = asks.map(({ post }) => post);
    const wholes = await embedDrafts(posts, ports);
    const paragraphs = await embedDrafts(
      posts.map((post) => ({ ...post, title: '' })),
      ports,
      ({ draft }) => lastSentences(draft),
    );
    for (const [index, ask] of asks.entries()) {
      // The post that a draft became is not there yet while it is written.
      const isOwn = from === site.name;
      if (isOwn) library.lexical.remove(ask.post.id);
      for (const [part, drafts] of [
        ['draft', wholes],
        ['paragraph', paragraphs],
      ] as const) {
        const draft = drafts[index];
        if (draft === undefined) continue;
        for (const meaning of [true, false]) {
          const asked = {
            ...question(library, cosines, ask, draft, meaning),
            background: without(background, ask.post.id),
          };
          const { matches, basis } = matchDraft(library, asked);
          yield { from, post: ask.post, part, basis, relevant: ask.relevant, matches };
        }
      }
      if (isOwn) library.lexical.add(ask.post.id, documentTerms(ask.post));
    }
  }
}

function question(
  { vectors }: SiteLibrary,
  cosines: CosineScale,
  { accept, day }: Ask,
  draft: EmbeddedDraft,
  meaning: boolean,
): Omit<MatchQuestion, 'background'> {
  const semantic = {
    hits: vectors.search(draft.rows),
    cosines,
    compare: (posts: Iterable<string>) => onScale(vectors.compare(draft.rows, posts), cosines),
    passages: draft.rows.length / vectors.dimension,
  };
  return { draft, day, accept, semantic: meaning ? semantic : null };
}

function backgroundOf({ posts }: Site, { lexical, vectors }: SiteLibrary, cosines: CosineScale): Background {
  const drawn = new Set(drawSample(posts.map(({ id }) => id)));
  const rowsOf = (id: string): Float32Array => vectors.rowsOf(id, OPENING_PASSAGES) ?? new Float32Array();
  const compared: DrawnVectors = {
    passages: (id) => rowsOf(id).length / vectors.dimension,
    compare: (id, others) => onScale(vectors.compare(rowsOf(id), others), cosines),
  };
  return measureBackground(
    posts.filter(({ id }) => drawn.has(id)),
    lexical,
    compared,
  );
}

const without = (background: Background, post: string): Background => ({
  ...background,
  sample: background.sample.filter((id) => id !== post),
});
