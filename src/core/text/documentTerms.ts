// The terms of one post over all its fields, weighted: what the lexical index keeps of it.
import type { TextBlock } from '../post.ts';
import { termCounts } from './terms.ts';

/** The fields of a post that lexical search reads. */
export interface DocumentFields {
  title: string;
  summary: string;
  text: string;
  blocks: readonly TextBlock[];
  tags: readonly string[];
}

export interface DocumentTerms {
  /** Each distinct term once. */
  terms: string[];
  /** Occurrences of each, weighted by field; parallel to `terms`. */
  counts: number[];
  /** Sum of all weighted occurrences. */
  length: number;
}

/** Name of what terms a post has: to be raised when the same post would have others, so that what was stored is made anew. */
export const termsRule = 'terms-1';

/** How many occurrences in the text one in this field counts as. Headings are part of the text and count once more. */
export const FIELD_WEIGHTS = { title: 3, summary: 1, headings: 1, text: 1, tags: 1 } as const;

/** Weighted term counts of a post (the simple form of BM25F: Robertson, Zaragoza and Taylor, 2004). */
export function documentTerms(
  fields: DocumentFields,
  weights: Record<keyof typeof FIELD_WEIGHTS, number> = FIELD_WEIGHTS,
): DocumentTerms {
  const headings = fields.blocks
    .filter((block) => block.kind === 'heading')
    .map((block) => fields.text.slice(block.start, block.end));
  const total = termCounts([
    { text: fields.title, weight: weights.title },
    { text: fields.summary, weight: weights.summary },
    { text: fields.tags.join('\n'), weight: weights.tags },
    { text: headings.join('\n'), weight: weights.headings },
    { text: fields.text, weight: weights.text },
  ]);
  const counts = [...total.values()];
  return { terms: [...total.keys()], counts, length: counts.reduce((sum, count) => sum + count, 0) };
}
