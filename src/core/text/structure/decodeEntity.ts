// Character references (&amp; &#233;) as the characters they stand for.
import { Parser } from 'htmlparser2';

/** Text with its character references decoded; other markup is left as it stands. */
export function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/g, decodeEntity)
    : text;
}

/** One reference, such as `&eacute;`; unknown ones come back as they are. */
export function decodeEntity(reference: string): string {
  let decoded = '';
  const parser = new Parser({ ontext: (text) => (decoded += text) });
  parser.end(reference);
  return decoded;
}
