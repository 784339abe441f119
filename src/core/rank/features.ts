// What the ranker knows of a post that may answer a draft: some twenty numbers, each of one thing an author could name.
import { stemOf, termCounts } from '../text/terms.ts';
import { closeness } from './closeness.ts';
import type { HeadTerm, PostTraits, TraitIndex } from './postTraits.ts';
import { standOut } from './standOut.ts';

/** A post as the two searches found it. */
export interface FoundPost {
  post: string;
  /** Share of what the draft's words weigh that the post has, 0 to 1. */
  share: number;
  /** 0 for what a stranger finds at best, 1 for a near-copy; null where there are no vectors to compare. */
  meaning: number | null;
}

/** What an answer is made from. */
export interface RankInput {
  draft: { title: string; text: string };
  /** When it is written, in days since 1970. */
  day: number;
  /** Best first, by whatever is known before ranking; only posts that may be suggested. */
  found: readonly FoundPost[];
  /** Whether a post may be suggested, or is evidence for others. */
  accept: (post: string) => boolean;
  /** What a post shares of the draft's rare terms, as `Bm25Index.rarities` sums it. */
  rarity: (post: string) => number;
  /** Of a term in this library. */
  idf: (term: string) => number;
  /**
   * How the draft's passages compare with those of some posts, on the scale of `meaning`: draft passage d with passage p
   * at d × passages + p. Posts without vectors are left out.
   */
  compare: (posts: readonly string[]) => ReadonlyMap<string, ArrayLike<number>>;
  /** Passages of the draft; 0 without vectors. */
  draftPassages: number;
  /** What `meaning` is taken to be for a post whose vectors are still to come. */
  unseen: number;
  traits: TraitIndex;
}

/** By what a feature needs. */
export const FEATURE_GROUPS = {
  words: ['words', 'wordsToBest', 'wordsRank', 'rareTerms', 'titleInDraft', 'summaryInDraft'],
  meaning: ['standsOut', 'closest'],
  time: ['recencyRank', 'recencyShare', 'gap'],
  links: ['linked', 'links', 'linkedLately', 'linkedByNear', 'linksToNear'],
  tags: ['tagVote'],
  length: ['length'],
} as const;

export type FeatureGroup = keyof typeof FEATURE_GROUPS;
type FeatureOf<G extends FeatureGroup> = (typeof FEATURE_GROUPS)[G][number];
export type Feature = FeatureOf<FeatureGroup>;
export type Features = Record<Feature, number>;

/** As they are in a library without dates. */
export const undated = (features: Features): Features => ({
  ...features,
  recencyRank: 0,
  recencyShare: 0,
  gap: 0,
  linkedLately: 0,
});

/** Share of a library's posts that have a term which counts as rare, at most. */
export const RARE = 0.02;
/** Posts of the first answer that say what the draft is about: their links and tags are evidence. */
export const NEAR = 20;
/** Ranks beyond this are all the same. */
const DEEPEST_RANK = 200;
/** Newest posts that are candidates whatever they say. */
const NEWEST = 40;
/** Days after which a link counts half as lately given. */
const LATELY = 90;

/** Features of every candidate: the best by words, by meaning, what the nearest link to, and the newest. */
export function candidateFeatures(input: RankInput): Map<string, Features> {
  const { found, traits, accept, day } = input;
  const known = new Map<string, FoundPost>();
  for (const hit of found) known.set(hit.post, hit);
  const near = found.slice(0, NEAR).map(({ post }) => post);
  const words = ranksOf(found, ({ share }) => (share > 0 ? share : null));
  const meanings = ranksOf(found, ({ meaning }) => meaning);
  const linkedByNear = countLinks(near, (post) => traits.links.linkedFrom(post));
  const linksToNear = countLinks(near, (post) => traits.links.linkingTo(post));
  const candidates = new Set([
    ...words.keys(),
    ...meanings.keys(),
    ...linkedByNear.keys(),
    ...linksToNear.keys(),
    ...traits.newest(day, NEWEST),
  ]);
  const bestShare = Math.max(0, ...Array.from(words.keys(), (post) => known.get(post)?.share ?? 0));
  const draft = draftStems(input.draft);
  const votes = tagVotes(near, traits);
  const earlier = traits.before(day);
  const { dated } = traits;
  const features = new Map<string, Features>();
  const accepted = [...candidates].filter(accept);
  const meaning = compareAll(accepted, known, input);
  for (const [at, post] of accepted.entries()) {
    const own = traits.get(post);
    if (own === undefined) continue;
    const hit = known.get(post);
    const share = hit?.share ?? 0;
    const linking = Array.from(traits.links.linkingTo(post)).filter(accept);
    const newer = own.day === null ? earlier : Math.max(0, earlier - traits.before(own.day) - 1);
    const all: Features = {
      words: share,
      wordsToBest: bestShare > 0 ? share / bestShare : 0,
      wordsRank: Math.log1p(words.get(post) ?? DEEPEST_RANK),
      rareTerms: Math.log1p(input.rarity(post)),
      titleInDraft: weightShare(own.title, draft, input.idf),
      summaryInDraft: weightShare(own.summary, draft, input.idf),
      standsOut: meaning.standsOut[at] ?? 0,
      closest: meaning.closest[at] ?? 0,
      recencyRank: earlier === 0 ? 0 : Math.log1p(newer),
      recencyShare: earlier === 0 ? 0 : newer / earlier,
      gap: earlier === 0 ? 0 : Math.log1p(Math.max(0, day - (own.day ?? 0))),
      linked: Math.log1p(linking.length),
      links: Math.log1p([...traits.links.linkedFrom(post)].filter(accept).length),
      linkedLately: lately(linking, traits, day),
      linkedByNear: Math.log1p(linkedByNear.get(post) ?? 0),
      linksToNear: Math.log1p(linksToNear.get(post) ?? 0),
      tagVote: Math.max(0, ...own.tags.map((tag) => votes.get(tag) ?? 0)),
      length: Math.log1p(own.words),
    };
    features.set(post, dated ? all : undated(all));
  }
  return features;
}

/** Features of the group `meaning`, by the place of the post; none without vectors of the draft. */
function compareAll(
  posts: readonly string[],
  known: ReadonlyMap<string, FoundPost>,
  { compare, draftPassages, unseen }: RankInput,
): Record<FeatureOf<'meaning'>, ArrayLike<number>> {
  if (draftPassages === 0) return { standsOut: [], closest: [] };
  const compared = compare(posts);
  const closest = new Float64Array(posts.length);
  const best = posts.map((post, at) => {
    const close = closeness(compared.get(post), draftPassages);
    closest[at] = close?.closest ?? known.get(post)?.meaning ?? unseen;
    return close?.best ?? null;
  });
  return { standsOut: standOut(best, draftPassages), closest };
}

/** The best by one score with their ranks from 0, equals on one rank, at most `DEEPEST_RANK` of them. */
function ranksOf(found: readonly FoundPost[], scoreOf: (hit: FoundPost) => number | null): Map<string, number> {
  // Sorted as bare numbers first, which is far cheaper than all posts by a function.
  const scores = new Float64Array(found.length);
  found.forEach((hit, at) => (scores[at] = scoreOf(hit) ?? -Infinity));
  scores.sort();
  const least = scores[scores.length - DEEPEST_RANK] ?? -Infinity;
  const best: { post: string; score: number }[] = [];
  for (const hit of found) {
    const score = scoreOf(hit);
    if (score !== null && score >= least) best.push({ post: hit.post, score });
  }
  best.sort((a, b) => b.score - a.score);
  const ranks = new Map<string, number>();
  let rank = 0;
  best.slice(0, DEEPEST_RANK).forEach(({ post, score }, index) => {
    if (score !== best[index - 1]?.score) rank = index;
    ranks.set(post, rank);
  });
  return ranks;
}

/** How many of the near posts each post is linked with. */
function countLinks(near: readonly string[], neighbours: (post: string) => Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const post of near) {
    for (const other of neighbours(post)) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return counts;
}

function draftStems({ title, text }: RankInput['draft']): ReadonlySet<string> {
  const counts = termCounts([
    { text: title, weight: 1 },
    { text, weight: 1 },
  ]);
  return new Set(Array.from(counts.keys(), stemOf));
}

/** Share of what the terms weigh that is among the stems, 0 to 1; 0 for no terms. */
function weightShare(terms: readonly HeadTerm[], stems: ReadonlySet<string>, idf: (term: string) => number): number {
  let all = 0;
  let shared = 0;
  for (const { term, stem } of terms) {
    const weight = idf(term);
    all += weight;
    if (stems.has(stem)) shared += weight;
  }
  return all > 0 ? shared / all : 0;
}

/** 1 for a post that was linked to today, half for one linked to a quarter ago, 0 for one never linked to. */
function lately(linking: readonly string[], traits: TraitIndex, day: number): number {
  let last: number | null = null;
  for (const post of linking) {
    const own = traits.get(post)?.day ?? null;
    if (own !== null && own <= day) last = Math.max(last ?? own, own);
  }
  return last === null ? 0 : LATELY / (LATELY + day - last);
}

/** For each tag of the near posts how much more of them have it than of all. */
function tagVotes(near: readonly string[], traits: TraitIndex): Map<string, number> {
  const votes = new Map<string, number>();
  const tagged = near.map((post) => traits.get(post)).filter((own): own is PostTraits => own !== undefined);
  for (const { tags } of tagged) for (const tag of tags) votes.set(tag, (votes.get(tag) ?? 0) + 1 / tagged.length);
  for (const [tag, vote] of votes) votes.set(tag, vote - traits.shareTagged(tag));
  return votes;
}
