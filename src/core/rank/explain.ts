// Turns a ranked post into a suggestion: the passage that matches, the words it shares, whether it is linked already.
import type { Post } from '../post.ts';
import type {
  Anchor,
  Duplicate,
  FactorWeight,
  MatchedPassage,
  OtherPost,
  ScoreParts,
  Span,
  Suggestion,
} from '../suggestion.ts';
import { headText } from '../text/passage.ts';
import { relationOf } from './trust.ts';
import { bestByWords, roughSpans } from './bestByWords.ts';
import { sharedTerms } from './sharedTerms.ts';
import { sharedWords, stemmedWords, stemWeights, toMarks, type StemmedWord, type WeightedTerm } from './termWeights.ts';
import { linkMatcher } from './linkedPosts.ts';

/** A post that answers the draft, and what is known of it. */
export interface AnsweringPost {
  post: string;
  probability: number;
  topic: number;
  strength: number;
  scores: ScoreParts;
  factors: FactorWeight[];
  /** Posts that link to it. */
  linkedFrom: number;
  /** Offsets of the passage closest in meaning, both 0 for the head; null when only words were compared. */
  passage: Span | null;
  /** What it matches, in the draft's Markdown; null when only words were compared, and for the title. */
  draftPassage: Span | null;
  /** Whether it says what the draft says; null when not. */
  duplicate: Duplicate | null;
  /** Its near-duplicates that answer the draft too. */
  alike: OtherPost[];
  /** Other parts of its series that answer the draft too. */
  series: OtherPost[];
}

/** What every explanation of one answer needs of the draft. */
export interface DraftReasons {
  weights: ReadonlyMap<string, number>;
  isLinked: (url: string | null) => boolean;
  /** By the title of a post. */
  anchorOf: (title: string) => Anchor | null;
}

/** `links` are the draft's, as written. Made once for an answer, used for each of its posts. */
export function draftReasons(
  terms: readonly WeightedTerm[],
  links: Iterable<string>,
  anchorOf: DraftReasons['anchorOf'],
): DraftReasons {
  return { weights: stemWeights(terms), isLinked: linkMatcher(links), anchorOf };
}

/** Words are looked for in this much of a text: beyond it a long post would hold up the answer. */
const MOST_READ = 100_000;

/** Of posts that were explained: they are again at the next key, and their words are what takes longest to find. */
const known = new WeakMap<Post, StemmedWord[]>();

function wordsOf(post: Post): StemmedWord[] {
  let words = known.get(post);
  if (words === undefined) {
    words = stemmedWords(post.text.slice(0, MOST_READ));
    known.set(post, words);
  }
  return words;
}

/** `post` is the whole of the ranked one. Pure; takes a millisecond or so for a post of usual length. */
export function explain(ranked: AnsweringPost, post: Post, { weights, isLinked, anchorOf }: DraftReasons): Suggestion {
  const head = headText(post);
  const read = post.text.slice(0, MOST_READ);
  const words = sharedWords(wordsOf(post), weights);
  const [start, end] = ranked.passage ?? passageByWords(read, post, words, head, weights);
  const text = end === 0 ? head : post.text.slice(start, end);
  const inPassage = sharedWords(text, weights);
  const passage: MatchedPassage = { start, end, text, marks: toMarks(inPassage), startS: startOf(post, start, end) };
  const linked = isLinked(post.url);
  const anchor = linked ? null : anchorOf(post.title);
  return {
    post: post.id,
    kind: post.kind,
    title: post.title,
    date: post.date,
    source: post.source,
    url: post.url,
    relation: relationOf({ ...ranked, anchor }),
    probability: ranked.probability,
    topic: ranked.topic,
    strength: ranked.strength,
    scores: ranked.scores,
    passage,
    sharedTerms: sharedTerms([
      { text, words: inPassage },
      { text: head, words: sharedWords(head, weights) },
      { text: read, words },
    ]),
    factors: ranked.factors,
    linked,
    linkedFrom: ranked.linkedFrom,
    draftPassage: ranked.draftPassage,
    anchor,
    duplicate: ranked.duplicate,
    alike: ranked.alike,
    series: ranked.series,
  };
}

function passageByWords(
  read: string,
  post: Post,
  words: Parameters<typeof bestByWords>[1],
  head: string,
  weights: ReadonlyMap<string, number>,
): Span {
  const spans = roughSpans(read, post.blocks);
  const best = spans[bestByWords(spans, words)];
  if (best !== undefined) return best;
  // No shared word in the text: it is the title that matches, or else the text begins as well as any other part.
  return sharedWords(head, weights).length > 0 || spans[0] === undefined ? [0, 0] : spans[0];
}

/** Seconds into the video where the passage begins; null without a time. */
function startOf({ blocks }: Post, start: number, end: number): number | null {
  if (end === 0) return null;
  return blocks.find((block) => block.end > start && block.start < end && block.startS !== undefined)?.startS ?? null;
}
