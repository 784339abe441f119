// Looks at the top of a feed before any parser does: what is it, and does it declare entities?
import { KindredError } from '../../errors.ts';

const ROOT = /^<([a-zA-Z][\w.:-]*)/;
const DOCTYPE = /^<!doctype/i;

/**
 * The name of the root element in lower case.
 * Throws `feed-entities` for a document type that declares entities (a few lines of those can unfold to gigabytes, or name files),
 * `feed-is-html` for a web page, `format-broken` where no element comes.
 */
export function feedRoot(xml: string, item: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(xml.charAt(at))) at++;
    const next = xml.slice(at, at + 100);
    if (next.startsWith('<?')) at = after(xml, '?>', at);
    else if (next.startsWith('<!--')) at = after(xml, '-->', at);
    else if (DOCTYPE.test(next)) {
      if (/^<!doctype\s+html/i.test(next)) throw isHtml(item);
      at = afterDoctype(xml, at, item);
    } else {
      const root = ROOT.exec(next)?.[1]?.toLowerCase();
      if (root === undefined) throw noFeed(item);
      if (root === 'html' || root === 'head' || root === 'body') throw isHtml(item);
      return root;
    }
    if (at < 0) throw noFeed(item);
  }
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

function afterDoctype(xml: string, from: number, item: string): number {
  const end = xml.indexOf('>', from);
  const subset = xml.indexOf('[', from);
  if (subset < 0 || (end >= 0 && end < subset)) return end < 0 ? -1 : end + 1;
  const close = xml.indexOf(']', subset);
  const declarations = xml.slice(subset, close < 0 ? undefined : close);
  if (/<!ENTITY|%/i.test(declarations)) {
    throw new KindredError(
      'feed-entities',
      `${item} declares entities of its own, which can hide files or fill the memory, so it was not read. Get the feed from the blog again, or take out its DOCTYPE.`,
      { item },
    );
  }
  return close < 0 ? -1 : after(xml, '>', close);
}

function isHtml(item: string): KindredError {
  return new KindredError(
    'feed-is-html',
    `${item} is a web page, not a feed. Look on the blog for its feed (RSS, Atom or JSON Feed, often /feed or /rss.xml), save that and import it.`,
    { item },
  );
}

function noFeed(item: string): KindredError {
  return new KindredError(
    'format-broken',
    `${item} is no complete feed. Download it again; a feed starts with <rss>, <feed> or <rdf:RDF>.`,
    { item },
  );
}
