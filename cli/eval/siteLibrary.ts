// A site's posts indexed by the shipped core, and drafts embedded as it embeds them.
import { Bm25Index } from '../../src/core/search/bm25.ts';
import { quantise } from '../../src/core/search/quantise.ts';
import { VectorIndex } from '../../src/core/search/vectorIndex.ts';
import { TraitIndex } from '../../src/core/rank/postTraits.ts';
import { documentTerms } from '../../src/core/text/documentTerms.ts';
import type { PassageSource } from '../../src/core/text/passage.ts';
import { cutPassages } from '../../src/core/text/passages.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';
import type { TokenLimits } from '../../src/core/text/tokenCounts.ts';
import type { SitePost } from './site.ts';

export interface SitePorts {
  limits: TokenLimits;
  dimension: number;
  /** One unit row a text. */
  embed: (texts: readonly string[]) => Promise<Float32Array>;
}

export interface SiteLibrary {
  lexical: Bm25Index;
  vectors: VectorIndex;
  traits: TraitIndex;
}

export interface EmbeddedDraft extends PassageSource {
  /** Of its passages. */
  rows: Float32Array;
}

export async function openSiteLibrary(posts: readonly SitePost[], ports: SitePorts): Promise<SiteLibrary> {
  const lexical = new Bm25Index();
  const vectors = new VectorIndex(ports.dimension);
  const traits = new TraitIndex();
  const rows = await embedPassages(posts, ports);
  posts.forEach((post, index) => {
    lexical.add(post.id, documentTerms(post));
    traits.put(post, post.text.split(/\s+/).length);
    vectors.add(post.id, quantise(rows[index] ?? new Float32Array(), ports.dimension));
  });
  return { lexical, vectors, traits };
}

/** What an author might have typed of each post, by `markdown` of it. */
export async function embedDrafts(
  posts: readonly SitePost[],
  ports: SitePorts,
  markdown: (post: SitePost) => string = (post) => post.draft,
): Promise<EmbeddedDraft[]> {
  const drafts = posts.map((post) => ({ title: post.title, summary: '', ...markdownToText(markdown(post)) }));
  const rows = await embedPassages(drafts, ports);
  return drafts.map((draft, index) => ({ ...draft, rows: rows[index] ?? new Float32Array() }));
}

async function embedPassages(
  sources: readonly PassageSource[],
  { limits, dimension, embed }: SitePorts,
): Promise<Float32Array[]> {
  const passages: string[][] = [];
  for (const source of sources) passages.push((await cutPassages(source, limits)).map(({ text }) => text));
  const all = await embed(passages.flat());
  let row = 0;
  return passages.map(({ length }) => all.slice(row * dimension, (row += length) * dimension));
}
