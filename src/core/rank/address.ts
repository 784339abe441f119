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
/** Other addresses of a video of YouTube than that of its page: short ones, players in pages, films on end, what is on air. */
const OF_YOUTUBE =
  /^(?:youtu\.be\/|(?:(?:m|music)\.)?youtube(?:-nocookie)?\.com\/(?:embed|shorts|live|v|watch)\/)([\w-]+)$/;
const OTHER_YOUTUBE = /^(?:m|music)\.youtube\.com$/;
/** A player in a page, and the page of the video. */
const OF_VIMEO = /^player\.vimeo\.com\/video\/(\d+)$/;

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
  if (path === '') return null;
  const bare = host?.replace(/^www\./, '') ?? null;
  const which = WHICH.exec(query)?.[1];
  return (
    videoPage(`${bare ?? ''}${path}`) ?? {
      host: bare === null || !OTHER_YOUTUBE.test(bare) ? bare : 'youtube.com',
      path: which === undefined ? path : `${path}?${which}`,
    }
  );
}

function videoPage(place: string): Address | null {
  const youtube = OF_YOUTUBE.exec(place)?.[1];
  if (youtube !== undefined) return { host: 'youtube.com', path: `/watch?v=${youtube}` };
  const vimeo = OF_VIMEO.exec(place)?.[1];
  return vimeo === undefined ? null : { host: 'vimeo.com', path: `/${vimeo}` };
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
