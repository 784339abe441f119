// Which paragraph of a draft the author is in.
import type { DraftText } from '../text/structure/markdown.ts';
import { wordCount } from './revision.ts';

/** Shorter ones say too little to find anything by. */
export const FEWEST_WORDS = 5;

/**
 * Text of the block around the caret (an offset into the Markdown, in UTF-16 code units), or of the one right before it
 * when the caret is in the gap after it. Null without a caret, and where there are fewer than five words.
 */
export function paragraphAt(draft: DraftText, caret: number | null): string | null {
  if (caret === null) return null;
  let found: string | null = null;
  for (const [index, [start]] of draft.sources.entries()) {
    if (start > caret) break;
    const block = draft.blocks[index];
    if (block !== undefined) found = draft.text.slice(block.start, block.end);
  }
  return found !== null && wordCount(found) >= FEWEST_WORDS ? found : null;
}
