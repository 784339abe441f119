// Keeps Markdown made to break readers within what the grammar reads in linear time.
import { KindredError } from '../../errors.ts';

/** Deeper than any author goes; every level costs time at every later line. */
const DEEPEST_NESTING = 200;
const CONTAINER_PREFIX = /^[ \t>*+\-0-9.)]*/gm;

const LONG_PREFIX = new RegExp(`^[ \\t>*+\\-0-9.)]{${DEEPEST_NESTING + 1}}`, 'm');

/** Throws `format-broken` when a line opens more quotes and list items than anybody writes. */
export function boundNesting(markdown: string): void {
  if (!LONG_PREFIX.test(markdown)) return;
  for (const match of markdown.matchAll(CONTAINER_PREFIX)) {
    const prefix = match[0];
    if (prefix.length <= DEEPEST_NESTING) continue;
    const levels = (prefix.match(/>|[*+-] |[.)] /g) ?? []).length;
    if (levels > DEEPEST_NESTING) {
      const line = markdown.slice(0, match.index).split('\n').length;
      throw new KindredError(
        'format-broken',
        `Line ${line} nests more than ${DEEPEST_NESTING} quotes or lists: flatten them and try again.`,
      );
    }
  }
}

/** Inline markup is matched within one paragraph, at worst in quadratic time: beyond this length only ordinary text keeps its markup. */
const LONG_PARAGRAPH = 16_384;
const DELIMITERS = /[[\]*_~<`!]/g;
const MOST_DELIMITERS_SHARE = 0.05;
/** Opens code or an HTML block, which hold no inline markup. */
const RAW_BLOCK =
  /^ *(?:```|~~~|<\/?(?:article|blockquote|body|details|div|figure|h[1-6]|html|main|ol|p|pre|section|table|ul)\b)/i;
const PARAGRAPH = /[^\n]+(?:\n(?![^\S\n]*\n)[^\n]*)*/g;

/** The Markdown with the delimiters of overlong, dense paragraphs blanked; same length. */
export function tameDenseParagraphs(markdown: string): string {
  if (markdown.length < LONG_PARAGRAPH) return markdown;
  return markdown.replace(PARAGRAPH, (paragraph) => {
    if (paragraph.length < LONG_PARAGRAPH || RAW_BLOCK.test(paragraph)) return paragraph;
    const delimiters = (paragraph.match(DELIMITERS) ?? []).length;
    return delimiters < paragraph.length * MOST_DELIMITERS_SHARE ? paragraph : paragraph.replace(DELIMITERS, ' ');
  });
}
