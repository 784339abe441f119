// Believable suggestions by shared words: for tests and screenshots, never for the product.
import type { DraftQuery, Post, PostId, Suggestion, SuggestionSet } from '../core/index.ts';

const STOP = new Set(
  'about after again also because been before being could does every first from have here into just know like more most much never only other over said same should some such than that their them then there these they this those through time under very want well were what when where which while will with would your'.split(
    ' ',
  ),
);

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[a-zà-ÿ]{4,}/g) ?? []).filter((word) => !STOP.has(word)).map(stem);
const stem = (word: string): string => word.replace(/(ings?|ed|es|s)$/, '');

export interface FakeIndex {
  suggest(query: DraftQuery, basis: SuggestionSet['basis']): SuggestionSet;
}

export function fakeIndex(posts: readonly Post[]): FakeIndex {
  const seenIn = new Map<string, number>();
  for (const post of posts) {
    for (const word of new Set(wordsOf(`${post.title} ${post.text}`))) seenIn.set(word, (seenIn.get(word) ?? 0) + 1);
  }
  const weight = (word: string): number => {
    const found = seenIn.get(word);
    return found === undefined ? 0 : Math.log(1 + posts.length / found) ** 2;
  };

  function search(text: string, body: string, basis: SuggestionSet['basis']): Suggestion[] {
    const asked = new Set(wordsOf(text));
    const most = [...asked].reduce((sum, word) => sum + weight(word), 0);
    return posts
      .flatMap((post) => {
        const best = post.blocks
          .filter(({ start, end }) => end - start > 40)
          .map((block) => {
            const shared = [...new Set(wordsOf(post.text.slice(block.start, block.end)))].filter((w) => asked.has(w));
            return { block, shared, score: shared.reduce((sum, word) => sum + weight(word), 0) };
          })
          .sort((a, b) => b.score - a.score)[0];
        if (best === undefined || best.score < 14 || best.shared.length < 2) return [];
        const passage = post.text.slice(best.block.start, best.block.end);
        const terms = [...best.shared].sort((a, b) => weight(b) - weight(a));
        const strength = Math.min(0.96, 0.25 + (6 * best.score) / (most + 60));
        const topic = Math.min(1, best.shared.length / 8);
        const { marks, written } = marksIn(passage, terms.slice(0, 5));
        return [
          {
            post: post.id,
            kind: post.kind,
            title: post.title,
            date: post.date,
            source: post.source,
            url: post.url,
            relation: topic >= 0.5 ? 'same-topic' : 'related',
            probability: strength,
            topic,
            strength,
            scores: {
              cosine: basis === 'words' ? null : 0.3 + strength / 2,
              lexical: best.score,
              rank: best.score,
            },
            passage: {
              start: best.block.start,
              end: best.block.end,
              text: passage,
              marks,
              startS: best.block.startS ?? null,
            },
            sharedTerms: written.slice(0, 4).map((text) => ({ text, weight: 1 / written.length, name: false })),
            factors: [{ factor: 'words', weight: strength }],
            linked: post.url !== null && body.includes(post.url),
            linkedFrom: 0,
            draftPassage: null,
            anchor: null,
            duplicate: null,
            alike: [],
            series: [],
          } satisfies Suggestion,
        ];
      })
      .sort((a, b) => b.scores.rank - a.scores.rank);
  }

  return {
    suggest: (query, basis) => {
      const draft = search(`${query.title} ${query.body}`, query.body, basis).slice(0, 5);
      const inDraft = new Set<PostId>(draft.map(({ post }) => post));
      const paragraph = query.caret === null ? '' : paragraphAt(query.body, query.caret);
      const near = search(paragraph, query.body, basis).filter(({ post }) => !inDraft.has(post));
      return { draft, paragraph: near.slice(0, 3), basis, tookMs: 12, embeddingMs: 0 };
    },
  };
}

function paragraphAt(body: string, caret: number): string {
  const start = body.lastIndexOf('\n\n', Math.max(0, caret - 1));
  const end = body.indexOf('\n\n', caret);
  return body.slice(start === -1 ? 0 : start, end === -1 ? undefined : end);
}

function marksIn(passage: string, terms: readonly string[]) {
  const marks: [number, number][] = [];
  const written = new Map<string, string>();
  for (const match of passage.matchAll(/[\p{L}]{4,}/gu)) {
    const word = stem(match[0].toLowerCase());
    if (!terms.includes(word)) continue;
    marks.push([match.index, match.index + match[0].length]);
    if (!written.has(word)) written.set(word, match[0].toLowerCase());
  }
  return { marks, written: terms.flatMap((term) => written.get(term) ?? []) };
}
