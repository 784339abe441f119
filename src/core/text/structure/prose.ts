// The words of Markdown that a link could be put around, everything else masked without moving a character.
import type { MarkdownTree } from './markdownTree.ts';

/** Stands for each code unit that is no prose; a Unicode noncharacter, so no text holds it on purpose. */
export const MASK = '\ufdd1';

const LEAVES: ReadonlySet<string> = new Set(['Paragraph', 'Task', 'TableCell']);
/** Their words are prose, their marks are not. */
const DRESSED: ReadonlySet<string> = new Set(['Emphasis', 'StrongEmphasis', 'Strikethrough']);

/**
 * As long as the Markdown, whose tree is given: paragraphs, list items, quotes and table cells as typed; headings, code,
 * links and their words, images, addresses, HTML and all marks masked.
 */
export function proseOf(markdown: string, { tree }: Pick<MarkdownTree, 'tree'>): string {
  const kept: [start: number, end: number][] = [];
  let at = -1;
  const keepTo = (end: number): void => {
    if (at >= 0 && end > at) kept.push([at, end]);
  };
  tree.iterate({
    enter({ name, from, to }) {
      if (LEAVES.has(name)) {
        at = from;
        return true;
      }
      if (at < 0 || DRESSED.has(name)) return true;
      keepTo(from);
      at = Math.max(at, to);
      return false;
    },
    leave({ name, to }) {
      if (!LEAVES.has(name)) return;
      keepTo(to);
      at = -1;
    },
  });
  return keepOnly(markdown, kept);
}

/** Text with everything outside some ranges masked; the ranges ascend and don't overlap. */
export function keepOnly(text: string, ranges: Iterable<readonly [start: number, end: number]>): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push(MASK.repeat(start - at), text.slice(start, end));
    at = end;
  }
  parts.push(MASK.repeat(text.length - at));
  return parts.join('');
}
