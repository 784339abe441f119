// Addresses of feeds as authors give them, and what is said of one that can't be followed.
import { KindredError, type ErrorCode } from '../../errors.ts';
import type { FeedRefusal, FeedServer, LookProblem } from '../../followApi.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** As the server is asked for it: with a scheme, without a fragment. Throws `feed-address` for what is no address of the web. */
export function feedAddress(given: string): string {
  const trimmed = given
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:\/\/)/i, '')
    .replace(/^feed:\/\//i, 'https://');
  const full = SCHEME.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = /\s/.test(full) || !URL.canParse(full) ? null : new URL(full);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  // A host without a dot is a word that was typed here, or a computer of this network.
  const isPlain = url?.username === '' && url.password === '';
  if (url === null || !isWeb || !isPlain || !/[.:]/.test(url.hostname)) throw refusedFeed(given, 'address-invalid');
  url.hash = '';
  return url.href;
}

/** Shown where a feed has no title yet, and the name of its posts' source where it never gets one. */
export const hostOf = (address: string): string => new URL(address).hostname.replace(/^www\./, '');

export function refusedFeed(address: string, reason: FeedRefusal, status: number | null = null): KindredError {
  const { code, says } = refusals[reason];
  return new KindredError(code, says(`“${address}”`, status), { item: address });
}

const BY_FILE = 'Save the feed in your browser and add it as a file.';

const refusals: Record<FeedRefusal, { code: ErrorCode; says: (item: string, status: number | null) => string }> = {
  off: {
    code: 'feed-server',
    says: () => 'The server does not fetch feeds. Start it again with: npm start -- --feeds',
  },
  busy: { code: 'feed-server', says: () => 'The server has other feeds to fetch. It is asked again in a moment.' },
  elsewhere: {
    code: 'feed-server',
    says: () =>
      'The server takes this page for one of another site. Open Kindred at the address that “npm start” prints; behind a server of your own, let Host and Origin through as they are.',
  },
  'address-invalid': {
    code: 'feed-address',
    says: (item) =>
      `${item} is no address that can be followed. Give one like https://blog.example/feed.xml, without a password in it.`,
  },
  'address-private': {
    code: 'feed-address',
    says: (item) => `${item} leads to this computer or its network, where the server fetches nothing. ${BY_FILE}`,
  },
  'unknown-host': {
    code: 'feed-unreachable',
    says: (item) => `No host has the name in ${item}. Check how it is written, and that this computer is online.`,
  },
  unreachable: {
    code: 'feed-unreachable',
    says: (item) => `${item} did not answer. It is tried again by itself; see whether it opens in your browser.`,
  },
  certificate: {
    code: 'feed-unreachable',
    says: (item) => `${item} has no certificate that can be trusted. Its owner has to renew it. ${BY_FILE}`,
  },
  'too-slow': {
    code: 'feed-unreachable',
    says: (item) => `${item} took longer than 30 seconds, or stood still. It is tried again by itself.`,
  },
  status: { code: 'feed-unreachable', says: (item, status) => `${item} ${statusMeans(status)}` },
  'too-many-redirects': {
    code: 'feed-unfit',
    says: (item) => `${item} leads from one address to the next without an end. Look for the feed’s own address.`,
  },
  'too-large': { code: 'feed-unfit', says: (item) => `${item} has more than 16 MB. ${BY_FILE}` },
  broken: { code: 'feed-unfit', says: (item) => `${item} arrived damaged. It is tried again by itself.` },
  'not-a-feed': {
    code: 'feed-unfit',
    says: (item) => `${item} is neither RSS, Atom nor JSON Feed. Look on the blog for the address of its feed.`,
  },
};

function statusMeans(status: number | null): string {
  if (status === 404 || status === 410)
    return `is not there any more (${status}). Look on the blog for the new address of its feed.`;
  if (status === 401 || status === 403) return `is refused to programs, or wants a password (${status}). ${BY_FILE}`;
  if (status === 429) return 'was asked too often (429). It is tried again later by itself.';
  return `could not be had: its host answered ${status ?? 'with an error'}. It is tried again by itself.`;
}

/** Why nothing is fetched. */
export function serverProblem(server: Exclude<FeedServer, 'on'>): LookProblem {
  const messages: Record<Exclude<FeedServer, 'on'>, string> = {
    off: refusals.off.says('', null),
    absent:
      'This page comes from a host of files, which can’t fetch feeds. Save a feed in your browser and add it as a file.',
    unreachable: 'The server that this page came from does not answer. Start it again, or go online.',
  };
  return { code: 'feed-server', message: messages[server] };
}

/** A page whose feed is not known. */
export const pageWithoutFeed = (address: string): KindredError =>
  new KindredError(
    'feed-is-html',
    `“${address}” is a web page that names no feed. Look on it for an address that ends in /feed, .xml or .json, and follow that.`,
    { item: address },
  );
