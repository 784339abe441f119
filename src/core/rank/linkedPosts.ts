// Whether a draft already links to a post, however the address is written.
import { parseAddress } from './address.ts';

/** Says of an address of a post whether one of the links leads there. */
export function linkMatcher(hrefs: Iterable<string>): (url: string | null) => boolean {
  const places = [...hrefs].map((href) => parseAddress(href)).filter((place) => place !== null);
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
