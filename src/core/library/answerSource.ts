// Answers a draft, or one paragraph of it: posts matched, copies told apart, and the best of what is sure enough explained.
import type { PostChoice } from '../libraryApi.ts';
import { postId, type PostId } from '../post.ts';
import { CANDIDATES } from '../rank/duplicates/candidates.ts';
import { fingerprintOf } from '../rank/duplicates/fingerprint.ts';
import { meaningBetween } from '../rank/duplicates/meaning.ts';
import { draftReasons, explain, type DraftReasons } from '../rank/explain.ts';
import { factorsOf, usualParts } from '../rank/factors.ts';
import { countOnce, seriesKey } from '../rank/series.ts';
import { leastShown, type Background } from '../rank/trust.ts';
import { onScale, type FusedHit } from '../search/fusion.ts';
import type { Amount, Duplicate, OtherPost, Span, Suggestion } from '../suggestion.ts';
import type { PassageSource } from '../text/passage.ts';
import type { Parts } from './assemble.ts';
import type { Catalogue } from './catalogue.ts';
import { collapse } from './collapse.ts';
import type { PassageVectors } from './draftVectors.ts';
import { matchDraft, type DraftComparison, type Match } from './matchDraft.ts';
import { isChosen } from './postChoice.ts';
import type { Space } from './space.ts';

export interface Question extends PassageSource {
  /** Of its passages; null to compare words alone. */
  vectors: PassageVectors | null;
  /** Where a passage stands in the Markdown. */
  sourceOf: (passage: Span) => Span;
  /** Addresses that the draft links to, as written. */
  links: Iterable<string>;
  /** Where in the draft a link to a post of some title could go. */
  anchorOf: DraftReasons['anchorOf'];
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
  /** Whether it is the whole of a draft, that a post may have said already: a paragraph may be said again. */
  whole: boolean;
}

/** Posts that say the same as others are among what is ranked first, so more is looked at than is shown. */
const LOOKED_AT = 2;

/**
 * What the draft has said already first, then best first; none sure enough is a normal answer. Of posts that say the
 * same, and of a series, one stands for all. Rejects with `space-mismatch` when another space is open by now.
 */
export async function answerSource(
  { lexical, traits, shown, duplicates }: Pick<Parts, 'lexical' | 'traits' | 'shown' | 'duplicates'>,
  space: Pick<Space, 'vectors' | 'catalogue' | 'session'>,
  question: Question,
): Promise<Suggestion[]> {
  const accept = (post: string): boolean => question.accept(postId(post));
  const { day, only, amount, most } = question;
  // The draft's own post says nothing about how the draft fits.
  const background = { ...question.background, sample: question.background.sample.filter(accept) };
  const semantic = semanticAnswer(space, question.vectors);
  const { terms, matches, basis } = matchDraft(
    { lexical, traits },
    { draft: question, day, accept, semantic, background },
  );
  const chosen = matches.filter(({ hit }) => {
    const entry = space.catalogue.get(postId(hit.post));
    return entry !== undefined && isChosen(entry.summary, only);
  });
  const said = question.whole ? await alreadySaid(chosen) : new Map<string, Duplicate>();
  const least = leastShown(basis, amount);
  const isSure = ({ hit, probability }: Match): boolean => said.has(hit.post) || probability >= least;
  const ranked = [
    ...chosen.filter(({ hit }) => said.has(hit.post)),
    ...chosen.filter((match) => !said.has(match.hit.post) && isSure(match)),
    // Suggested by none, but perhaps copies of one that is.
    ...chosen.filter((match) => !isSure(match)),
  ].slice(0, most * LOOKED_AT);
  const byPost = new Map(ranked.map((match) => [postId(match.hit.post), match]));
  const sure = new Set(ranked.filter(isSure).map(({ hit }) => postId(hit.post)));
  const collapsed = await collapse(duplicates, traits, [...byPost.keys()]);
  const standing = collapsed.filter(({ post }) => sure.has(post));
  const counted = countOnce(standing, ({ post }) => seriesOf(space.catalogue, post)).slice(0, most);
  const posts = await shown.read(counted.map(({ item }) => item.post));
  const reasons = draftReasons(terms, question.links, question.anchorOf);

  /** Those of the candidates, nearest in words and meaning, that say what the draft says. */
  async function alreadySaid(candidates: readonly Match[]): Promise<Map<string, Duplicate>> {
    const nearest = candidates.map(({ hit }) => hit).sort((a, b) => b.fused - a.fused);
    const compared = nearest.slice(0, CANDIDATES).map(({ post }) => post);
    const draft = fingerprintOf(question);
    const prints = await duplicates.fingerprints(compared.map(postId));
    const cosines = semantic?.compare(compared);
    const same = new Map<string, Duplicate>();
    for (const post of compared) {
      const print = prints.get(postId(post));
      if (print === undefined) continue;
      const dated = traits.get(post)?.day ?? null;
      const older = dated === null ? null : dated > day ? 'draft' : 'post';
      const meaning = meaningBetween(cosines?.get(post) ?? [], semantic?.passages ?? 0);
      const judged = duplicates.judge(draft, print, older === 'post', meaning);
      if (judged !== null) same.set(post, { older, ...judged });
    }
    return same;
  }

  const draftPassageOf = ({ query }: FusedHit): Span | null => {
    const [start, end] = (query === null ? null : question.vectors?.spans[query]) ?? [0, 0];
    return end === 0 ? null : question.sourceOf([start, end]);
  };
  const spanOf = ({ post, passage }: FusedHit): Span | null => {
    const record = space.catalogue.get(postId(post))?.passages;
    if (passage === null || !record) return null;
    return [record.starts[passage] ?? 0, record.ends[passage] ?? 0];
  };
  const usual = usualParts(matches.map(({ parts }) => parts));
  return counted.flatMap(({ item: { post: id, alike }, others }) => {
    const match = byPost.get(id);
    const post = posts.get(id);
    // A post may have left while the answer was made.
    if (match === undefined || post === undefined || space.catalogue.get(id) === undefined) return [];
    const { hit, rank, parts, probability, topic } = match;
    const answering = {
      post: id,
      probability,
      topic,
      strength: hit.strength,
      scores: { cosine: hit.cosine, lexical: hit.lexical, rank },
      factors: factorsOf(parts, usual),
      linkedFrom: [...traits.links.linkingTo(id)].filter(accept).length,
      passage: spanOf(hit),
      draftPassage: draftPassageOf(hit),
      duplicate: said.get(id) ?? null,
      alike: alike.flatMap((other) => named(space.catalogue, other)),
      series: others.flatMap((part) => named(space.catalogue, part.post)),
    };
    return [explain(answering, post, reasons)];
  });
}

function seriesOf(catalogue: Catalogue, post: PostId): string | null {
  const entry = catalogue.get(post);
  if (entry === undefined) return null;
  const { title, source } = entry.summary;
  return seriesKey({ title, source, series: entry.series });
}

function named(catalogue: Catalogue, post: PostId): OtherPost[] {
  const summary = catalogue.get(post)?.summary;
  return summary === undefined ? [] : [{ post: summary.id, title: summary.title, date: summary.date }];
}

/** The hits, and for ranking how each passage of the draft compares with those of posts. */
function semanticAnswer(
  { vectors, session }: Pick<Space, 'vectors' | 'session'>,
  asked: PassageVectors | null,
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
