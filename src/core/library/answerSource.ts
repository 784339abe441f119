// Answers a draft, or one paragraph of it: words and meaning joined and ranked, and the best of it explained.
import type { SpaceVectors } from '../embedding.ts';
import type { PostChoice } from '../libraryApi.ts';
import { postId, type PostId } from '../post.ts';
import { draftReasons, explain } from '../rank/explain.ts';
import { countOnce, seriesKey } from '../rank/series.ts';
import { leastShown, type Background } from '../rank/trust.ts';
import { onScale, type FusedHit } from '../search/fusion.ts';
import type { Amount, SeriesPart, Span, Suggestion } from '../suggestion.ts';
import type { Parts } from './assemble.ts';
import type { Catalogue } from './catalogue.ts';
import { matchDraft, type DraftComparison, type Match } from './matchDraft.ts';
import { isChosen } from './postChoice.ts';
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
  /** Of the library. */
  background: Background;
  amount: Amount;
  /** Posts that are suggested; others are evidence only. */
  only: PostChoice;
  /** Most suggestions. */
  most: number;
}

/** Best first; none sure enough is a normal answer. Rejects with `space-mismatch` when another space is open by now. */
export async function answerSource(
  { lexical, traits, store }: Pick<Parts, 'lexical' | 'traits' | 'store'>,
  space: Pick<Space, 'vectors' | 'catalogue' | 'session'>,
  question: Question,
): Promise<Suggestion[]> {
  const accept = (post: string): boolean => question.accept(postId(post));
  const { day, only, amount, most } = question;
  // The draft's own post says nothing about how the draft fits.
  const background = { ...question.background, sample: question.background.sample.filter(accept) };
  const asked = { draft: question, day, accept, semantic: semanticAnswer(space, question.vectors), background };
  const { terms, matches, basis } = matchDraft({ lexical, traits }, asked);
  const least = leastShown(basis, amount);
  const isWanted = ({ hit, probability }: Match): boolean => {
    const entry = space.catalogue.get(postId(hit.post));
    return probability >= least && entry !== undefined && isChosen(entry.summary, only);
  };
  const counted = countOnce(matches.filter(isWanted), ({ hit }) => seriesOf(space.catalogue, hit.post)).slice(0, most);
  const stored = await store.posts.getMany(counted.map(({ item }) => postId(item.hit.post)));
  const posts = new Map(stored.map(({ id, post }) => [id, post]));
  const reasons = draftReasons(terms, question.links);

  const spanOf = ({ post, passage }: FusedHit): Span | null => {
    const record = space.catalogue.get(postId(post))?.passages;
    if (passage === null || !record) return null;
    return [record.starts[passage] ?? 0, record.ends[passage] ?? 0];
  };
  return counted.flatMap(({ item: { hit, rank, probability, topic }, others }) => {
    // A post may have left while the answer was made.
    const post = posts.get(postId(hit.post));
    if (post === undefined || space.catalogue.get(post.id) === undefined) return [];
    const { strength, lexical: words, cosine } = hit;
    const scores = { cosine, lexical: words, rank };
    const linkedFrom = [...traits.links.linkingTo(post.id)].filter(accept).length;
    const series = others.flatMap((other) => partOf(space.catalogue, other.hit.post));
    const answer = { post: hit.post, probability, topic, strength, scores, linkedFrom, passage: spanOf(hit), series };
    return [explain(answer, post, reasons)];
  });
}

function seriesOf(catalogue: Catalogue, post: string): string | null {
  const entry = catalogue.get(postId(post));
  if (entry === undefined) return null;
  const { title, source } = entry.summary;
  return seriesKey({ title, source, series: entry.series });
}

function partOf(catalogue: Catalogue, post: string): SeriesPart[] {
  const summary = catalogue.get(postId(post))?.summary;
  return summary === undefined ? [] : [{ post: summary.id, title: summary.title, date: summary.date }];
}

/** Null where there are no vectors on both sides. */
function semanticAnswer(
  { vectors, session }: Pick<Space, 'vectors' | 'session'>,
  asked: SpaceVectors | null,
): DraftComparison | null {
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
