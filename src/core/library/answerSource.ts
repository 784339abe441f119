// Answers a draft, or one paragraph of it: words and meaning joined and ranked, copies told apart, and the best of it explained.
import type { SpaceVectors } from '../embedding.ts';
import { postId, type Post, type PostId } from '../post.ts';
import { CANDIDATES } from '../rank/duplicates/candidates.ts';
import { fingerprintOf } from '../rank/duplicates/fingerprint.ts';
import { meaningBetween } from '../rank/duplicates/meaning.ts';
import { draftReasons, explain, type DraftReasons } from '../rank/explain.ts';
import type { RankInput } from '../rank/features.ts';
import { canRank, rankPosts } from '../rank/ranker.ts';
import { fuse, isAboveFloor, onScale, usualMeaning, type FusedHit, type SemanticAnswer } from '../search/fusion.ts';
import type { Duplicate, Span, Suggestion } from '../suggestion.ts';
import type { PassageSource } from '../text/passages.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';
import type { Parts } from './assemble.ts';
import { collapse, type Standing } from './collapse.ts';
import type { Space } from './space.ts';

export interface Question extends PassageSource {
  /** Of its passages; null to compare words alone. */
  vectors: SpaceVectors | null;
  /** Addresses that the draft links to, as written. */
  links: Iterable<string>;
  /** Where in the draft a link to a post of some title could go. */
  anchorOf: DraftReasons['anchorOf'];
  accept: (post: PostId) => boolean;
  /** When it is asked, in days since 1970. */
  day: number;
  /** Most suggestions. */
  most: number;
  /** Whether it is the whole of a draft, that a post may have said already: a paragraph may be said again. */
  whole: boolean;
}

interface Ranked {
  hit: FusedHit;
  rank: number;
}

/** Posts that say the same as others are among what is ranked first, so more is looked at than is shown. */
const LOOKED_AT = 2;

/**
 * What the draft has said already first, then best first; none above the floor is a normal answer. Of posts that say the
 * same one stands for all. Rejects with `space-mismatch` when another space is open by now.
 */
export async function answerSource(
  { lexical, traits, store, duplicates }: Pick<Parts, 'lexical' | 'traits' | 'store' | 'duplicates'>,
  space: Pick<Space, 'vectors' | 'catalogue' | 'session'>,
  question: Question,
): Promise<Suggestion[]> {
  const { terms, total } = heaviestTerms(question, lexical);
  const semantic = semanticAnswer(space, question.vectors);
  const accept = (post: string): boolean => question.accept(postId(post));
  const found = fuse({ lexical: lexical.search(terms), totalWeight: total, semantic, accept });
  const ordered = canRank(traits) ? inLearnedOrder() : found.map((hit): Ranked => ({ hit, rank: hit.fused }));
  const said = question.whole ? await alreadySaid(found.slice(0, CANDIDATES)) : new Map<string, Duplicate>();
  const ranked = [
    ...ordered.filter(({ hit }) => said.has(hit.post)),
    ...ordered.filter(({ hit }) => !said.has(hit.post) && isAboveFloor(hit)),
  ].slice(0, question.most * LOOKED_AT);
  const standing = (
    await collapse(
      duplicates,
      traits,
      ranked.map(({ hit }) => postId(hit.post)),
    )
  ).slice(0, question.most);
  const posts = await readPosts(standing);
  const reasons = draftReasons(terms, question.links, question.anchorOf);

  function inLearnedOrder(): Ranked[] {
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

  /** Those of the candidates that say what the draft says. */
  async function alreadySaid(candidates: readonly FusedHit[]): Promise<Map<string, Duplicate>> {
    const draft = fingerprintOf(question);
    const prints = await duplicates.fingerprints(candidates.map(({ post }) => postId(post)));
    const compared = semantic?.compare(candidates.map(({ post }) => post));
    const same = new Map<string, Duplicate>();
    for (const { post } of candidates) {
      const print = prints.get(postId(post));
      if (print === undefined) continue;
      const day = traits.get(post)?.day ?? null;
      const older = day === null ? null : day > question.day ? 'draft' : 'post';
      const meaning = meaningBetween(compared?.get(post) ?? [], semantic?.passages ?? 0);
      const judged = duplicates.judge(draft, print, older === 'post', meaning);
      if (judged !== null) same.set(post, { older, ...judged });
    }
    return same;
  }

  async function readPosts(shown: readonly Standing[]): Promise<Map<PostId, Post>> {
    const stored = await store.posts.getMany(shown.flatMap(({ post, alike }) => [post, ...alike]));
    return new Map(stored.map(({ id, post }) => [id, post]));
  }

  const spanOf = ({ post, passage }: FusedHit): Span | null => {
    const record = space.catalogue.get(postId(post))?.passages;
    if (passage === null || !record) return null;
    return [record.starts[passage] ?? 0, record.ends[passage] ?? 0];
  };
  const byPost = new Map(ranked.map((one) => [postId(one.hit.post), one]));
  return standing.flatMap(({ post: id, alike }) => {
    const { hit, rank } = byPost.get(id) ?? {};
    // A post may have left while the answer was made.
    const post = posts.get(id);
    if (hit === undefined || rank === undefined || post === undefined || space.catalogue.get(id) === undefined)
      return [];
    const { strength, lexical: words, cosine } = hit;
    const others = alike.flatMap((other) => posts.get(other) ?? []);
    const answering = {
      post: id,
      strength,
      scores: { cosine, lexical: words, rank },
      linkedFrom: [...traits.links.linkingTo(id)].filter(accept).length,
      passage: spanOf(hit),
      duplicate: said.get(id) ?? null,
      alike: others.map(({ id: other, title, date }) => ({ post: other, title, date })),
    };
    return [explain(answering, post, reasons)];
  });
}

/** The hits, and for ranking how each passage of the draft compares with those of posts. */
function semanticAnswer(
  { vectors, session }: Pick<Space, 'vectors' | 'session'>,
  asked: SpaceVectors | null,
): (SemanticAnswer & Pick<RankInput, 'compare'> & { passages: number }) | null {
  const { index } = vectors;
  const { ready } = session;
  if (asked === null || index === null || ready === null) return null;
  const { cosines } = ready;
  return {
    hits: index.search(asked),
    cosines,
    compare: (posts) => onScale(index.compare(asked, posts), cosines),
    passages: asked.rows.length / ready.embedder.space.dimension,
  };
}
