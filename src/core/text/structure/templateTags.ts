// Takes the tags of site generators (Liquid, Nunjucks, Hugo, kramdown) out of Markdown without moving a character.

/** Stands where a tag stood; a Unicode noncharacter, so no text holds it on purpose. Dropped when text or address is read. */
export const TEMPLATE_FILL = '\ufdd0';

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/gm;
const PATTERNS = [
  // A code span comes first, so that what it shows of a template language stays.
  /`+[^`\n]*`+/,
  // No tag opens within another, which also keeps unclosed ones to linear time.
  /\{\{(?:(?!\{\{)[^]){0,4000}?\}\}/,
  /\{%(?:(?!\{%)[^]){0,4000}?%\}/,
  // Attribute lists, at the end of a line or right behind what they dress.
  /\{[ ]?[:#.][^{}\n]{1,200}\}(?=[ \t]*$)/,
  /(?<=[)\]*_`])\{[:.#][^{}\n]{1,200}\}/,
  // Shortcodes of WordPress; a bracket without attributes may be a link.
  /\[(?:audio|caption|embed|gallery|playlist|video|vimeo|youtube)(?:=|\s+(?:\w+=|https?:))[^\]\n]{0,500}\]/,
  /\[\/(?:audio|caption|embed|gallery|playlist|video)\]/,
];
/** In every text that holds a tag. */
const TAG_BEGINS = /\{(?:[{%:#.]| [:#.])|\[\/?(?:audio|caption|embed|gallery|playlist|video|vimeo|youtube)/;
/** The first characters once more, before all patterns, so that other text is passed over at one look. */
const TAG = new RegExp(`(?=[\`{[])(?:${PATTERNS.map((pattern) => pattern.source).join('|')})`, 'gm');
const BLANK_LINE = /\n[^\S\n]*\n/;
const HIGHLIGHT = /^\{(?:%-?|\{[<%])\s*(\/|end)?highlight\b/;
const QUOTED = /["']([^"'\s]+)["']/;
const JEKYLL_POST = /^\{%-?\s*post_url\s+(?:\S*\/)?(\d{4})-(\d{2})-(\d{2})-(\S+)/;
const JEKYLL_LINK = /^\{%-?\s*link\s+(\S+)/;

/**
 * The Markdown with every template tag outside code replaced by fill of the same length: offsets stay true.
 * A tag that gives the address of a link (`{{ "/a/" | url }}`, `{{< ref "a" >}}`, `{% post_url … %}`) leaves that address;
 * a highlight tag becomes a code fence.
 */
export function maskTemplateTags(markdown: string): string {
  if (!TAG_BEGINS.test(markdown)) return markdown;
  const fences = fencedRanges(markdown);
  let next = 0;
  return markdown.replace(TAG, (tag, at: number) => {
    if (tag.startsWith('`') || BLANK_LINE.test(tag)) return tag;
    while (next < fences.length && (fences[next]?.end ?? 0) <= at) next++;
    const fence = fences[next];
    if (fence !== undefined && fence.start <= at) return tag;
    return replacement(tag, markdown, at);
  });
}

function replacement(tag: string, markdown: string, at: number): string {
  const before = markdown.slice(Math.max(0, at - 3), at);
  if (HIGHLIGHT.test(tag) && (at === 0 || before.endsWith('\n')) && !tag.includes('\n'))
    return '```'.padEnd(tag.length);
  const address = /(?:\]\(<?|\]: ?|=["'])$/.test(before) ? addressOf(tag) : '';
  return address.length > tag.length ? fill(tag) : address + fill(tag.slice(address.length));
}

function addressOf(tag: string): string {
  const post = JEKYLL_POST.exec(tag);
  if (post !== null) return `/${post[1]}/${post[2]}/${post[3]}/${post[4]}/`;
  return JEKYLL_LINK.exec(tag)?.[1] ?? QUOTED.exec(tag)?.[1] ?? '';
}

function fill(tag: string): string {
  return tag.replace(/[^\n]/g, TEMPLATE_FILL);
}

function fencedRanges(markdown: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let open: { start: number; mark: string } | null = null;
  for (const match of markdown.matchAll(FENCE)) {
    const mark = match[1] ?? '';
    if (open === null) {
      open = { start: match.index, mark };
    } else if (mark.startsWith(open.mark) && (match[2] ?? '').trim() === '') {
      ranges.push({ start: open.start, end: match.index + match[0].length });
      open = null;
    }
  }
  if (open !== null) ranges.push({ start: open.start, end: markdown.length });
  return ranges;
}
