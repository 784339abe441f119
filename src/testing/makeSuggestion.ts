// Suggestions for tests: small, valid, and as given.
import { postId } from '../core/index.ts';
import type { Suggestion } from '../core/index.ts';

export function makeSuggestion(id: string, strength = 0.5, more: Partial<Suggestion> = {}): Suggestion {
  return {
    post: postId(id),
    kind: 'post',
    title: `Title of ${id}`,
    date: '2026-03-01',
    source: 'test',
    url: `https://example.com/${id}`,
    relation: 'related',
    probability: strength,
    topic: 0,
    strength,
    scores: { cosine: null, lexical: strength, rank: strength },
    passage: { start: 0, end: 10, text: `Passage of ${id}`, marks: [], startS: null },
    sharedTerms: [],
    factors: [],
    linked: false,
    linkedFrom: 0,
    draftPassage: null,
    anchor: null,
    duplicate: null,
    alike: [],
    series: [],
    ...more,
  };
}
