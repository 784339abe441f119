// Markdown as text with its structure.
import type { StructuredText } from '../../post.ts';
import { MarkdownReader } from './markdownReader.ts';
import { markdownTree, type MarkdownTree } from './markdownTree.ts';
import { plainToText } from './plain.ts';
import { keepOnly, proseOf } from './prose.ts';
import type { SourceRange } from './textBuilder.ts';
import { isKindredError } from '../../errors.ts';

/** A draft's text, and for each block where it stands in the Markdown as typed. */
export interface DraftText extends StructuredText {
  /** As long as `blocks`: [start, end) in the Markdown, in UTF-16 code units. */
  sources: SourceRange[];
  /** As `proseOf`; all masked where the Markdown can't be read. */
  prose: string;
}

/**
 * The text of GitHub-flavoured Markdown. Markup is dropped and words of links kept with their safe addresses; raw HTML goes through
 * the HTML reader; tags of site generators go. Time is linear in the length. Throws `format-broken` when quotes or lists nest over 200 deep.
 */
export function markdownToText(markdown: string): StructuredText {
  if (PLAIN_LINE.test(markdown) && !BEGINS_ADDRESS.test(markdown)) return plainToText(markdown);
  return read(markdownTree(markdown)).structured;
}

/** As `markdownToText`, with the place of each block in the source, and never throwing: what cannot be read as Markdown is read as plain text. */
export function draftToText(markdown: string): DraftText {
  let prose = keepOnly(markdown, []);
  try {
    const parsed = markdownTree(markdown);
    prose = proseOf(markdown, parsed);
    const { structured, sources } = read(parsed);
    return { ...structured, sources, prose };
  } catch (error) {
    if (!isKindredError(error)) throw error;
    const structured = plainToText(markdown);
    return { ...structured, sources: structured.blocks.map(() => [0, markdown.length] as const), prose };
  }
}

/** A letter first, then nothing that a rule of the grammar or a tag begins with, as of most summaries. */
const PLAIN_LINE = /^\p{L}[^\n\r\\`*_[\]<>&~@|{]*$/u;
const BEGINS_ADDRESS = /:\/\/|www\./;

function read({ source, tree }: MarkdownTree): { structured: StructuredText; sources: SourceRange[] } {
  const reader = new MarkdownReader(source);
  tree.iterate({ enter: (node) => reader.enter(node), leave: (node) => reader.leave(node) });
  return reader.finish();
}
