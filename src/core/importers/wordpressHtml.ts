// The content of a WordPress post as HTML: its older editor left paragraphs to blank lines, and plugins leave shortcodes.

const SHORTCODE = /\[\/?[a-z][\w-]{1,40}(?:[\s=][^[\]]{0,2000})?\/?\]/gi;
/** Words that writers put into brackets are no shortcodes: those have attributes, a closing one, or a known name. */
const KNOWN =
  /^\[\/?(?:audio|caption|embed|gallery|playlist|video|wp_caption|more|contact-form|su_\w+|vc_\w+|et_pb_\w+|fusion_\w+)\b/i;
const HAS_ATTRIBUTES = /^\[[\w-]+\s+\w+=/;
const PARAGRAPHS = /<p[\s>]|<!-- wp:/i;
const BLANK_LINES = /\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+/;
const VERBATIM = /(<pre[\s>][^]*?<\/pre>)/i;

export function wordpressHtml(content: string): string {
  const bare = content.includes('[')
    ? content.replace(SHORTCODE, (code) => (KNOWN.test(code) || HAS_ATTRIBUTES.test(code) ? ' ' : code))
    : content;
  if (PARAGRAPHS.test(bare)) return bare;
  return bare
    .split(VERBATIM)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .split(BLANK_LINES)
            .map((paragraph) => `<p>${paragraph}</p>`)
            .join('\n'),
    )
    .join('\n');
}
