// Which paragraph of a draft the author is in.
import type { Span } from '../suggestion.ts';
import type { DraftText } from '../text/structure/markdown.ts';
import { wordCount } from './revision.ts';

/** Shorter ones say too little to find anything by. */
export const FEWEST_WORDS = 5;

/**
 * The block of the draft's text around the caret (an offset into the Markdown, in UTF-16 code units), or the one right
 * before it when the caret is in the gap after it. Null without a caret.
 */
export function blockAt(draft: DraftText, caret: number | null): Span | null {
  if (caret === null) return null;
  let found: Span | null = null;
  for (const [index, [start]] of draft.sources.entries()) {
    if (start > caret) break;
    const block = draft.blocks[index];
    if (block !== undefined) found = [block.start, block.end];
  }
  return found;
}

/** Where a part of the draft's text stands in the Markdown: the blocks that it touches. */
export function sourceOf(draft: DraftText, [start, end]: Span): Span {
  const touched = draft.sources.filter((_, at) => {
    const block = draft.blocks[at];
    return block !== undefined && block.start < end && block.end > start;
  });
  return [touched[0]?.[0] ?? 0, touched.at(-1)?.[1] ?? 0];
}

/** Text of the block; null where there is none, or it has fewer than five words. */
export function paragraphText(draft: DraftText, block: Span | null): string | null {
  if (block === null) return null;
  const text = draft.text.slice(...block);
  return wordCount(text) >= FEWEST_WORDS ? text : null;
}
