// Which posts answer a draft or a paragraph, best first, each with the passage that matches.
import { postId, type Post, type PostId } from '../post.ts';
import type { MatchedPassage, Span, Suggestion } from '../suggestion.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';
import { cutPassages, type PassageSource } from '../text/passages.ts';
import { termOccurrences } from '../text/terms.ts';
import type { Parts } from './assemble.ts';

export interface RankRequest {
  parts: Parts;
  source: PassageSource;
  vectors: Float32Array | null;
  ownPost: string | null;
  links: ReadonlySet<string>;
  most: number;
  except?: ReadonlySet<PostId>;
  signal: AbortSignal;
}

const CANDIDATES = 50;
const RANK_CONSTANT = 60;

export async function rankPosts(request: RankRequest): Promise<Suggestion[]> {
  const { parts, source, vectors, ownPost, links, most, except = new Set(), signal } = request;
  const terms = heaviestTerms(source, (term) => parts.lexical.idf(term));
  const allowed = ({ post }: { post: string }): boolean => post !== ownPost && !except.has(postId(post));
  const lexical = parts.lexical.search(terms).filter(allowed).slice(0, CANDIDATES);
  const semantic = (vectors === null ? [] : (parts.vectors.index?.search(vectors) ?? []))
    .filter(allowed)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, CANDIDATES);
  const fused = new Map<string, number>();
  for (const list of [lexical, semantic]) {
    list.forEach(({ post }, rank) => fused.set(post, (fused.get(post) ?? 0) + 1 / (RANK_CONSTANT + rank)));
  }
  const best = [...fused].sort((a, b) => b[1] - a[1]).slice(0, most);
  const posts = new Map(
    (await parts.store.posts.getMany(best.map(([post]) => postId(post)))).map(({ post }) => [post.id as string, post]),
  );
  signal.throwIfAborted();
  const scores = new Map(lexical.map((hit) => [hit.post, hit.score]));
  const hits = new Map(semantic.map((hit) => [hit.post, hit]));
  const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
  const top = lexical[0]?.score ?? 1;
  const suggestions: Suggestion[] = [];
  for (const [id, score] of best) {
    const post = posts.get(id);
    if (post === undefined) continue;
    const hit = hits.get(id);
    const record = parts.catalogue.get(post.id)?.passages;
    const span: Span | null = hit && record ? [record.starts[hit.passage] ?? 0, record.ends[hit.passage] ?? 0] : null;
    const passage = matched(post, span ?? (await bestByWords(post, weights)), weights);
    suggestions.push({
      post: post.id,
      kind: post.kind,
      title: post.title,
      date: post.date,
      source: post.source,
      url: post.url,
      strength: hit ? Math.max(0, hit.cosine) : (scores.get(id) ?? 0) / top,
      scores: { cosine: hit?.cosine ?? null, lexical: scores.get(id) ?? 0, fused: score },
      passage,
      sharedTerms: [...new Set(passage.marks.map(([start, end]) => passage.text.slice(start, end)))].slice(0, 6),
      linked: post.url !== null && links.has(post.url),
    });
  }
  return suggestions;
}

async function bestByWords(post: Post, weights: ReadonlyMap<string, number>): Promise<Span> {
  const countTokens = (texts: readonly string[]) => texts.map((text) => text.length / 4);
  const passages = await cutPassages(post, { maxTokens: 128, countTokens });
  let best: Span = [0, 0];
  let most = -1;
  for (const { text, start, end } of passages) {
    const found = new Set(termOccurrences(text).map(({ term }) => term));
    const score = [...found].reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
    if (score > most) [best, most] = [[start, end], score];
  }
  return best;
}

function matched(post: Post, [start, end]: Span, weights: ReadonlyMap<string, number>): MatchedPassage {
  const text = end === 0 ? [post.title, post.summary].filter(Boolean).join('\n\n') : post.text.slice(start, end);
  const marks = termOccurrences(text).flatMap(({ term, start: from, end: to }): Span[] =>
    weights.has(term) ? [[from, to]] : [],
  );
  const cue = post.blocks.find((block) => block.startS !== undefined && block.end > start);
  return { start, end, text, marks, startS: end === 0 ? null : (cue?.startS ?? null) };
}
