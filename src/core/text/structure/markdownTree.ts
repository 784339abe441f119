// The syntax tree of Markdown, by the same grammar as the editor's.
import { Autolink, GFM, parser as commonMark, Strikethrough, TaskList } from '@lezer/markdown';
import type { MarkdownExtension, MarkdownParser } from '@lezer/markdown';
import { boundNesting, tameDenseParagraphs } from './markdownLimits.ts';
import { plainRun } from './plainRun.ts';
import { maskTemplateTags } from './templateTags.ts';

let withTables: MarkdownParser | null = null;
let withoutTables: MarkdownParser | null = null;

export interface MarkdownTree {
  /** As long as the Markdown, tags of site generators masked: offsets of the tree are true in both. */
  source: string;
  tree: ReturnType<MarkdownParser['parse']>;
}

/** Time is linear in the length. Throws `format-broken` when quotes or lists nest over 200 deep. */
export function markdownTree(markdown: string): MarkdownTree {
  const source = readableMarkdown(markdown);
  return { source, tree: grammarFor(source).parse(source) };
}

/** The Markdown as the grammar may read it, as long as it was. Throws as `markdownTree`. */
export function readableMarkdown(markdown: string): string {
  boundNesting(markdown);
  return tameDenseParagraphs(maskTemplateTags(markdown));
}

/** A table has bars; where none are, looking for tables would still take its time at each paragraph. */
export function grammarFor(source: string): MarkdownParser {
  return source.includes('|') ? (withTables ??= extended(GFM)) : (withoutTables ??= extended(BESIDE_TABLES));
}

const BESIDE_TABLES: MarkdownExtension = [TaskList, Strikethrough, Autolink];

const extended = (extensions: MarkdownExtension): MarkdownParser =>
  commonMark.configure([extensions, { parseInline: [plainRun] }]);
