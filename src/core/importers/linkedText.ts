// Plain text of a network, with the addresses that stand beside it, as structured text.
import type { StructuredText } from '../post.ts';
import { safeHref } from '../text/structure/safeHref.ts';
import { TextBuilder } from '../text/structure/textBuilder.ts';

/** [start, end) of the text in UTF-16 code units; in order, without overlap. */
export interface LinkedSpan {
  start: number;
  end: number;
  href: string;
  /** What is shown for it; nothing drops it. */
  words: string;
}

/**
 * Every line is a block of its own: people who write in such a box end sentences with its lines. The text is plain: a character reference in it
 * is what somebody wrote, so that a network which escapes its texts decodes them before.
 */
export function linkedText(text: string, links: readonly LinkedSpan[]): StructuredText {
  const builder = new TextBuilder();
  let at = 0;
  for (const { start, end, href, words } of links) {
    if (start < at || end <= start || end > text.length) continue;
    appendLines(builder, text.slice(at, start));
    if (words !== '') {
      builder.openLink(safeHref(href));
      builder.append(words);
      builder.closeLink();
    }
    at = end;
  }
  appendLines(builder, text.slice(at));
  return builder.finish().structured;
}

function appendLines(builder: TextBuilder, text: string): void {
  text.split(/\r?\n/).forEach((line, index) => {
    if (index > 0) builder.boundary();
    builder.append(line);
  });
}

/** The addresses that stand in a text as written. */
export function bareLinks(text: string): LinkedSpan[] {
  return Array.from(text.matchAll(/https?:\/\/[^\s<>"']{1,2000}/g), ({ 0: found, index }) => {
    const href = found.replace(/[.,;:!?)\]]+$/, '');
    return { start: index, end: index + href.length, href, words: href };
  });
}

/** The hashtags that stand in a text, without their mark. */
export function hashtags(text: string): string[] {
  return Array.from(
    text.matchAll(/(?<![\p{L}\p{N}&/#])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu),
    ({ 1: tag = '' }) => tag,
  );
}
