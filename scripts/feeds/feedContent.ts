// Whether what a host sent is a feed: by what it says it is, and by what it begins with.
import { Parser } from 'htmlparser2';
import { isKindredError } from '../../src/core/errors.ts';
import { feedRoot } from '../../src/core/importers/formats/feedGuard.ts';

/** Feeds come under all of these names; nothing else comes under a feed's. */
const TYPES =
  /^(?:text\/[\w.+-]+|application\/(?:[\w.-]+\+)?(?:xml|json)|application\/(?:octet-stream|x-[\w-]*(?:rss|atom|rdf|xml|feed)[\w-]*))$/;
const FEED_ROOTS = new Set(['rss', 'feed', 'rdf:rdf']);
const JSON_FEED = /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version/;
const FEED_LINKS = /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)$/;
/** Where the head of a page has ended, or a feed's first element has begun. In bytes. */
const HEAD_BYTES = 256 * 1024;
const MOST_LINKS = 5;

/** False for what is plainly something else, so that it need not be read. `type` as in the header, or ''. */
export function mayBeFeed(type: string): boolean {
  const bare = (type.split(';', 1)[0] ?? '').trim().toLowerCase();
  return bare === '' || TYPES.test(bare);
}

export function contentOf(body: Buffer): 'feed' | 'page' | 'other' {
  const head = textOf(body.subarray(0, HEAD_BYTES));
  if (head.startsWith('{')) return JSON_FEED.test(textOf(body)) ? 'feed' : 'other';
  try {
    return FEED_ROOTS.has(feedRoot(head, 'The answer')) ? 'feed' : 'other';
  } catch (error) {
    // What declares entities is a feed as far as this goes: its importer refuses it, and says why.
    if (isKindredError(error, 'feed-entities')) return 'feed';
    return isKindredError(error, 'feed-is-html') ? 'page' : 'other';
  }
}

/** Addresses of the feeds that a page names in its head, in its order, absolute. */
export function feedsOfPage(body: Buffer, address: string): string[] {
  const found = new Set<string>();
  let base = address;
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '' }) {
      if (name === 'base' && URL.canParse(href, address)) base = new URL(href, address).href;
      const isFeed = name === 'link' && /\balternate\b/i.test(rel) && FEED_LINKS.test(type.trim().toLowerCase());
      if (!isFeed || !URL.canParse(href, base) || found.size >= MOST_LINKS) return;
      const { href: absolute, protocol } = new URL(href, base);
      if (protocol === 'http:' || protocol === 'https:') found.add(absolute);
    },
  });
  parser.end(textOf(body.subarray(0, HEAD_BYTES)));
  return [...found];
}

/** Enough to see markup by: what is not ASCII may come out wrong. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes).trimStart();
}
