// Answers a draft, or one paragraph of it: words and meaning joined and ranked, and the best of it explained.
import type { SpaceVectors } from '../embedding.ts';
import { postId, type PostId } from '../post.ts';
import { draftReasons, explain } from '../rank/explain.ts';
import type { RankInput } from '../rank/features.ts';
import { canRank, rankPosts } from '../rank/ranker.ts';
import { fuse, isAboveFloor, onScale, usualMeaning, type FusedHit, type SemanticAnswer } from '../search/fusion.ts';
import type { Span, Suggestion } from '../suggestion.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';
import type { Parts } from './assemble.ts';
import type { Space } from './space.ts';

export interface Question {
  title: string;
  text: string;
  /** Of its passages; null to compare words alone. */
  vectors: SpaceVectors | null;
  /** Addresses that the draft links to, as written. */
  links: Iterable<string>;
  accept: (post: PostId) => boolean;
  /** When it is asked, in days since 1970. */
  day: number;
  /** Most suggestions. */
  most: number;
}

/** Best first; none above the floor is a normal answer. Rejects with `space-mismatch` when another space is open by now. */
export async function answerSource(
  { lexical, traits, store }: Pick<Parts, 'lexical' | 'traits' | 'store'>,
  space: Pick<Space, 'vectors' | 'catalogue' | 'session'>,
  question: Question,
): Promise<Suggestion[]> {
  const { terms, total } = heaviestTerms(question, lexical);
  const accept = (post: string): boolean => question.accept(postId(post));
  const semantic = semanticAnswer(space, question.vectors, accept);
  const found = fuse({ lexical: lexical.search(terms), totalWeight: total, semantic, accept });
  const ordered = canRank(traits) ? inLearnedOrder() : found.map((hit) => ({ hit, rank: hit.fused }));
  const ranked = ordered.filter(({ hit }) => isAboveFloor(hit)).slice(0, question.most);
  const stored = await store.posts.getMany(ranked.map(({ hit }) => postId(hit.post)));
  const posts = new Map(stored.map(({ id, post }) => [id, post]));
  const reasons = draftReasons(terms, question.links);

  function inLearnedOrder(): { hit: FusedHit; rank: number }[] {
    const hits = new Map(found.map((hit) => [hit.post, hit]));
    const order = rankPosts({
      draft: question,
      day: question.day,
      found,
      accept,
      idf: (term) => lexical.idf(term),
      compare: semantic?.compare ?? (() => new Map()),
      draftPassages: semantic?.passages ?? 0,
      unseen: semantic === null ? 0 : usualMeaning(semantic.cosines),
      traits,
    });
    return order.flatMap(({ post, score }) => {
      const hit = hits.get(post);
      return hit === undefined ? [] : [{ hit, rank: score }];
    });
  }

  const spanOf = ({ post, passage }: FusedHit): Span | null => {
    const record = space.catalogue.get(postId(post))?.passages;
    if (passage === null || !record) return null;
    return [record.starts[passage] ?? 0, record.ends[passage] ?? 0];
  };
  return ranked.flatMap(({ hit, rank }) => {
    // A post may have left while the answer was made.
    const post = posts.get(postId(hit.post));
    if (post === undefined || space.catalogue.get(post.id) === undefined) return [];
    const { strength, lexical: words, cosine } = hit;
    const scores = { cosine, lexical: words, rank };
    const linkedFrom = [...traits.links.linkingTo(post.id)].filter(accept).length;
    return [explain({ post: hit.post, strength, scores, linkedFrom, passage: spanOf(hit) }, post, reasons)];
  });
}

/** The hits, and for ranking how each passage of the draft compares with those of posts. */
function semanticAnswer(
  { vectors, session }: Pick<Space, 'vectors' | 'session'>,
  asked: SpaceVectors | null,
  keep: (post: string) => boolean,
): (SemanticAnswer & Pick<RankInput, 'compare'> & { passages: number }) | null {
  const { index } = vectors;
  const { ready } = session;
  if (asked === null || index === null || ready === null) return null;
  const { cosines } = ready;
  return {
    hits: index.search(asked, { keep }),
    cosines,
    compare: (posts) => onScale(index.compare(asked, posts), cosines),
    passages: asked.rows.length / ready.embedder.space.dimension,
  };
}
