// Fetches one feed for the author's own page: from public hosts only, within bounds, and telling the host nothing but what it is asked for.
import { lookup as lookUp, type LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import type { FeedQuestion } from '../../src/core/followApi.ts';
import { contentOf, feedsOfPage, mayBeFeed } from './feedContent.ts';
import { Patience } from './patience.ts';
import { isPublicAddress } from './publicAddress.ts';
import { ACCEPTED_ENCODINGS, readBody } from './readBody.ts';
import { asRefused, Refused } from './refused.ts';

export interface FetchPorts {
  /** All addresses of a host. */
  lookup: (host: string) => Promise<readonly LookupAddress[]>;
  /** Whether an IP address may be connected to. */
  isAllowed: (address: string) => boolean;
  totalMs: number;
  /** Without a byte. */
  idleMs: number;
  /** Of a body, packed and unpacked. */
  mostBytes: number;
  mostRedirects: number;
}

export type FeedAnswer =
  | {
      kind: 'feed';
      body: Buffer;
      /** As the host says it is, or ''. */
      type: string;
      /** Where the feed is from now on, or null where it was. */
      movedTo: string | null;
      etag: string | null;
      modified: string | null;
    }
  | { kind: 'unchanged' }
  /** No feed but a page, which names these as its feeds. */
  | { kind: 'page'; feeds: string[] };

const lookupAll = promisify(lookUp);
const MB = 1024 * 1024;

export const usualPorts: FetchPorts = {
  lookup: (host) => lookupAll(host, { all: true, verbatim: true }),
  isAllowed: isPublicAddress,
  totalMs: 30_000,
  idleMs: 10_000,
  mostBytes: 16 * MB,
  mostRedirects: 5,
};

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const USER_AGENT = 'Kindred/0.1 (feed reader of one person)';
/** Below these, ports are of other protocols than the web's. */
const FIRST_FREE_PORT = 1024;
const WEB_PORTS = new Set(['', '80', '443']);

/** Rejects with `Refused`, or with the signal's reason when it aborts. */
export async function fetchFeed(
  question: FeedQuestion,
  signal: AbortSignal,
  ports: FetchPorts = usualPorts,
): Promise<FeedAnswer> {
  const patience = new Patience(ports, signal);
  try {
    return await follow(question, patience, ports);
  } catch (error) {
    // What ended because of it says only that it was ended.
    if (patience.signal.aborted) throw patience.signal.reason as Error;
    throw asRefused(error);
  } finally {
    patience.end();
  }
}

async function follow(question: FeedQuestion, patience: Patience, ports: FetchPorts): Promise<FeedAnswer> {
  let address = parseAddress(question.address);
  let movedTo: string | null = null;
  let isForGood = true;
  for (let redirects = 0; ; redirects++) {
    const hosts = await resolveHost(address, patience, ports);
    const response = await ask(address, hosts, headersFor(question), patience.signal);
    patience.touch();
    try {
      const next = redirectOf(response);
      if (next === null) return await answerOf(response, { question, address, movedTo, patience, ports });
      if (redirects >= ports.mostRedirects) throw new Refused('too-many-redirects');
      isForGood &&= next.isForGood;
      address = parseAddress(next.location, address);
      if (isForGood) movedTo = address.href;
    } finally {
      response.destroy();
    }
  }
}

/** Throws `address-invalid` for what is no address of the web, or carries a name and a password. */
function parseAddress(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new Refused('address-invalid');
  const url = new URL(address, base);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  const isPlain = url.username === '' && url.password === '';
  const isWebPort = WEB_PORTS.has(url.port) || Number(url.port) >= FIRST_FREE_PORT;
  if (!isWeb || !isPlain || !isWebPort) throw new Refused('address-invalid');
  url.hash = '';
  return url;
}

/** The addresses to connect to, every one of them checked. Nothing is looked up again after this. */
async function resolveHost(url: URL, patience: Patience, ports: FetchPorts): Promise<readonly LookupAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await patience.wait(ports.lookup(host)) : [{ address: host, family }];
  if (found.length === 0) throw new Refused('unknown-host');
  if (!found.every((one) => ports.isAllowed(one.address))) throw new Refused('address-private');
  return found;
}

/** Validators go along as the host gave them; nothing else that was ever kept. */
function headersFor({ etag, modified }: FeedQuestion): http.OutgoingHttpHeaders {
  return {
    Accept: ACCEPT,
    'Accept-Encoding': ACCEPTED_ENCODINGS,
    'User-Agent': USER_AGENT,
    ...(etag === null ? {} : { 'If-None-Match': etag }),
    ...(modified === null ? {} : { 'If-Modified-Since': modified }),
  };
}

function ask(
  url: URL,
  hosts: readonly LookupAddress[],
  headers: http.OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const asked = request(url, {
      headers,
      signal,
      // A connection of its own, through no proxy of the environment.
      agent: false,
      // Whatever the name means by now, the connection goes to what was checked.
      lookup: (_host, options, found) => {
        const [first] = hosts;
        if (options.all === true) found(null, [...hosts]);
        else found(null, first?.address ?? '', first?.family);
      },
    });
    asked.once('response', resolve);
    asked.on('error', reject);
    asked.end();
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): { location: string; isForGood: boolean } | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  return { location: headers.location, isForGood: statusCode === 301 || statusCode === 308 };
}

interface Asked {
  question: FeedQuestion;
  address: URL;
  movedTo: string | null;
  patience: Patience;
  ports: FetchPorts;
}

async function answerOf(response: IncomingMessage, asked: Asked): Promise<FeedAnswer> {
  const { question, address, movedTo, patience, ports } = asked;
  const { statusCode: status = 0, headers } = response;
  const isConditional = question.etag !== null || question.modified !== null;
  if (status === 304 && isConditional) return { kind: 'unchanged' };
  if (status !== 200) throw new Refused('status', { status, retryAfterS: secondsOf(headers['retry-after']) });
  const type = headers['content-type'] ?? '';
  if (!mayBeFeed(type)) throw new Refused('not-a-feed');
  const body = await readBody(response, ports.mostBytes, () => patience.touch());
  switch (contentOf(body)) {
    case 'feed':
      return {
        kind: 'feed',
        body,
        type,
        movedTo: movedTo === question.address ? null : movedTo,
        etag: headers.etag ?? null,
        modified: headers['last-modified'] ?? null,
      };
    case 'page':
      return { kind: 'page', feeds: feedsOfPage(body, address.href) };
    case 'other':
      throw new Refused('not-a-feed');
  }
}

/** Of a Retry-After header: seconds, or a date. */
function secondsOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - Date.now()) / 1000));
}
