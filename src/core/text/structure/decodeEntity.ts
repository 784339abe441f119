// Character references (&amp; &#233;) as the characters they stand for.
import { Parser } from 'htmlparser2';

/** Text with its character references decoded; other markup is left as it stands. */
export function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/g, decodeEntity)
    : text;
}

/** References met before, since texts have few different ones, and each time many. */
const known = new Map<string, string>();
const MOST_KNOWN = 1000;

/** One reference, such as `&eacute;`; unknown ones come back as they are. */
export function decodeEntity(reference: string): string {
  const before = known.get(reference);
  if (before !== undefined) return before;
  let decoded = '';
  const parser = new Parser({ ontext: (text) => (decoded += text) });
  parser.end(reference);
  if (known.size < MOST_KNOWN) known.set(reference, decoded);
  return decoded;
}
