// Blocks of a text made complete: in order, without overlap, and with every visible character in one of them.
import type { TextBlock } from '../post.ts';
import { pushTrimmed } from './sentences.ts';
import type { Span } from '../suggestion.ts';

/**
 * The blocks given, clipped to the text and to each other, with paragraphs added for text that no block holds. Text
 * without any block is cut into paragraphs at its blank lines.
 */
export function completeBlocks(text: string, blocks: readonly TextBlock[]): TextBlock[] {
  const complete: TextBlock[] = [];
  let done = 0;
  for (const block of [...blocks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(block.start, done);
    const end = Math.min(block.end, text.length);
    if (start >= end) continue;
    addParagraphs(complete, text, done, start);
    complete.push(start === block.start && end === block.end ? block : { ...block, start, end });
    done = end;
  }
  addParagraphs(complete, text, done, text.length);
  return complete;
}

const BLANK_LINES = /\r?\n[ \t]*\r?\n\s*/g;

function addParagraphs(complete: TextBlock[], text: string, from: number, to: number): void {
  if (from >= to) return;
  const spans: Span[] = [];
  let start = from;
  for (const gap of text.slice(from, to).matchAll(BLANK_LINES)) {
    pushTrimmed(spans, text, start, from + gap.index);
    start = from + gap.index + gap[0].length;
  }
  pushTrimmed(spans, text, start, to);
  for (const [spanStart, spanEnd] of spans) complete.push({ kind: 'paragraph', start: spanStart, end: spanEnd });
}
