// Whether a request comes from Kindred's own page. Pages of other sites can reach a server on the reader's own computer too.
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * Three guards, each of which a browser sets and no page can. The Host must be this computer's own name, an IP address or one of
 * `names`, since a hostile name may be made to lead here. Where the browser says who asks (Sec-Fetch-Site), it must be the same origin.
 * What does something (`writes`) needs an Origin, and the same one.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, names: readonly string[], writes: boolean): boolean {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  if (!isOwnName(host, names)) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return !writes;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function isOwnName(host: string, names: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || names.includes(name);
}
