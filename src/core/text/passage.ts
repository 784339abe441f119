// What a passage is, and by which rule it is cut: apart from the cutting, which only a model needs.
import type { TextBlock } from '../post.ts';

/**
 * Name and version of the rule: part of the embedding space, so change it whenever the same words would be cut otherwise. Which
 * words those are, of a post that others repeat parts of, is no part of it: each record of passages says what it has left out.
 */
export const passageRule = 'sentences-1';

/** The parts of a post or draft that passages are made of. */
export interface PassageSource {
  title: string;
  summary: string;
  text: string;
  blocks: readonly TextBlock[];
  /** Parts that other posts repeat, by their places in the outline: they are in no passage. */
  repeated?: ArrayLike<number>;
}

export interface Passage {
  /** What is embedded: for the head the title and summary, else `text.slice(start, end)` without what is left out of it. */
  text: string;
  /** [start, end) of the post's text in UTF-16 code units; both 0 for the head. */
  start: number;
  end: number;
  /** Seconds into the video, for cues; else null. */
  startS: number | null;
  endS: number | null;
  /** Including the model's special ones; never more than the limit. */
  tokens: number;
}

/** True for the passage of title and summary, which has no place in the text. */
export const isHead = (passage: { start: number; end: number }): boolean => passage.end === 0;

/** Title and summary as the head has them. */
export function headText({ title, summary }: Pick<PassageSource, 'title' | 'summary'>): string {
  return [title, summary]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
