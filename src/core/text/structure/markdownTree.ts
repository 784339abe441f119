// The syntax tree of Markdown, by the same grammar as the editor's.
import { GFM, parser as commonMark } from '@lezer/markdown';
import type { MarkdownParser } from '@lezer/markdown';
import { boundNesting, tameDenseParagraphs } from './markdownLimits.ts';
import { plainRun } from './plainRun.ts';
import { maskTemplateTags } from './templateTags.ts';

let gfm: MarkdownParser | null = null;

export interface MarkdownTree {
  /** As long as the Markdown, tags of site generators masked: offsets of the tree are true in both. */
  source: string;
  tree: ReturnType<MarkdownParser['parse']>;
}

/** Time is linear in the length. Throws `format-broken` when quotes or lists nest over 200 deep. */
export function markdownTree(markdown: string): MarkdownTree {
  gfm ??= commonMark.configure([GFM, { parseInline: [plainRun] }]);
  boundNesting(markdown);
  const source = tameDenseParagraphs(maskTemplateTags(markdown));
  return { source, tree: gfm.parse(source) };
}
