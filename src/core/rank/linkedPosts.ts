// Whether a draft already links to a post, however the address is written.

/** Says of an address of a post whether one of the links leads there. */
export function linkMatcher(hrefs: Iterable<string>): (url: string | null) => boolean {
  const places = [...hrefs].map(parseAddress).filter((place) => place !== null);
  const hosted = new Set(places.flatMap(({ host, path }) => (host === null ? [] : [host + path])));
  const relative = new Set(places.flatMap(({ host, path }) => (host === null ? [path] : [])));
  const anyHost = new Set(places.map(({ path }) => path));
  return (url) => {
    const place = url === null ? null : parseAddress(url);
    if (place === null) return false;
    // A post known by its path only may be on any host; a relative link is on the post's own.
    if (place.host === null) return anyHost.has(place.path);
    return hosted.has(place.host + place.path) || relative.has(place.path);
  };
}

interface Address {
  /** Without `www.`; null for a path. */
  host: string | null;
  /** With a leading slash, without the trailing one, without `index.html`, query and fragment. */
  path: string;
}

const NOWHERE = 'http://nowhere.invalid';

/** Null for what leads to no post: other schemes, a fragment alone, the front page. */
function parseAddress(href: string): Address | null {
  let url: URL;
  try {
    url = new URL(href.trim(), NOWHERE);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const path = decode(url.pathname)
    .replace(/\/index\.(?:html?|md)$/i, '/')
    .replace(/\.(?:html?|md)$/i, '')
    .replace(/\/+$/, '');
  if (path === '') return null;
  const host = url.origin === NOWHERE ? null : url.host.toLowerCase().replace(/^www\./, '');
  return { host, path };
}

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
