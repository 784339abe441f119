// Answers a draft, or one paragraph of it: words and meaning joined into one order, and the best of it explained.
import type { SpaceVectors } from '../embedding.ts';
import { postId, type PostId } from '../post.ts';
import { draftReasons, explain } from '../rank/explain.ts';
import { fuse, type FusedHit } from '../search/fusion.ts';
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
  /** Most suggestions. */
  most: number;
}

/** Best first; none above the floor is a normal answer. Rejects with `space-mismatch` when another space is open by now. */
export async function answerSource(
  { lexical, store }: Pick<Parts, 'lexical' | 'store'>,
  space: Pick<Space, 'vectors' | 'catalogue' | 'session'>,
  question: Question,
): Promise<Suggestion[]> {
  const { terms, total } = heaviestTerms(question, lexical);
  const ranked = fuse({
    lexical: lexical.search(terms),
    totalWeight: total,
    semantic: semanticAnswer(space, question.vectors),
    accept: (post) => question.accept(postId(post)),
  }).slice(0, question.most);
  const stored = await store.posts.getMany(ranked.map(({ post }) => postId(post)));
  const posts = new Map(stored.map(({ id, post }) => [id, post]));
  const reasons = draftReasons(terms, question.links);

  const spanOf = ({ post, passage }: FusedHit): Span | null => {
    const record = space.catalogue.get(postId(post))?.passages;
    if (passage === null || !record) return null;
    return [record.starts[passage] ?? 0, record.ends[passage] ?? 0];
  };
  return ranked.flatMap((hit) => {
    // A post may have left while the answer was made.
    const post = posts.get(postId(hit.post));
    if (post === undefined || space.catalogue.get(post.id) === undefined) return [];
    const { strength, fused, lexical: words, cosine } = hit;
    const scores = { cosine, lexical: words, fused };
    return [explain({ post: hit.post, strength, scores, passage: spanOf(hit) }, post, reasons)];
  });
}

function semanticAnswer({ vectors, session }: Pick<Space, 'vectors' | 'session'>, asked: SpaceVectors | null) {
  const { index } = vectors;
  const { ready } = session;
  if (asked === null || index === null || ready === null) return null;
  return { hits: index.search(asked), cosines: ready.cosines };
}
