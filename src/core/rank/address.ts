// Addresses of posts and links, brought to one form: two that lead to the same page are equal.

export interface Address {
  /** Without `www.`; null for a path. */
  host: string | null;
  /** With a leading slash, without the trailing one, without `index.html`, fragment, and of the query all but which video or item it is. */
  path: string;
}

const NOWHERE = 'http://nowhere.invalid';
/** An absolute address that needs no parser, as most do: it is read ten times as fast. */
const PLAIN = /^https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(\/[\w~/-]*(?:\.[\w~-]+)*\/?)?(?:[?#]|$)/;
/** Videos of YouTube and items of Hacker News have nothing else of their own. */
const WHICH = /^[^#]*?[?&]((?:v|id)=[\w-]+)/;

/** Relative ones against `base`. Null for what leads to no post: other schemes, a fragment alone, the front page. */
export function parseAddress(href: string, base: string | null = null): Address | null {
  const [, plainHost, plainPath] = PLAIN.exec(href) ?? [];
  if (plainHost !== undefined) return addressOf(plainHost, plainPath ?? '/', href);
  const url = parse(href, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return addressOf(url.origin === NOWHERE ? null : url.host.toLowerCase(), decode(url.pathname), url.search);
}

function addressOf(host: string | null, pathname: string, query: string): Address | null {
  const path = pathname
    .replace(/\/index\.(?:html?|md)$/i, '/')
    .replace(/\.(?:html?|md)$/i, '')
    .replace(/\/+$/, '');
  const which = WHICH.exec(query)?.[1];
  return path === ''
    ? null
    : { host: host?.replace(/^www\./, '') ?? null, path: which === undefined ? path : `${path}?${which}` };
}

function parse(href: string, base: string | null): URL | null {
  try {
    return new URL(href.trim(), base === null ? NOWHERE : new URL(base, NOWHERE));
  } catch {
    return null;
  }
}

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
