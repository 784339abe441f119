// Answers the page's requests for feeds: whether they are switched on, and one feed at a time, as bytes that no browser would run.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FeedQuestion, FeedRefusal, FeedReply } from '../../src/core/followApi.ts';
import { FEED_REPLY_HEADER } from '../../src/core/followApi.ts';
import type { FeedAnswer } from './fetchFeed.ts';
import { Refused } from './refused.ts';
import { isFromOwnPage } from './sameOrigin.ts';

export interface FeedEndpointOptions {
  /** Off, nothing is fetched, whoever asks. */
  enabled: boolean;
  /** Names that the server goes by beside localhost and its IP addresses. */
  names: readonly string[];
  fetchFeed: (question: FeedQuestion, signal: AbortSignal) => Promise<FeedAnswer>;
}

/** An address and what a host gave to tell versions by, which browsers limit to about this. In bytes. */
const LONGEST_QUESTION = 16 * 1024;
/** Fetched side by side; more wait for nothing and are told so. */
const MOST_AT_ONCE = 8;
/** As HTTP has them; what is none is not sent on. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,512}"$/;
const HTTP_DATE = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const STATUS: Partial<Record<FeedRefusal, number>> = {
  off: 403,
  elsewhere: 403,
  'address-invalid': 400,
  'address-private': 400,
  busy: 503,
};
const BAD_GATEWAY = 502;

/** What no cache keeps, no other site reads and no browser shows as a page. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export function createFeedEndpoint({ enabled, names, fetchFeed }: FeedEndpointOptions) {
  let underWay = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method } = request;
    const asksOnly = method === 'GET';
    if (!isFromOwnPage(request.headers, names, !asksOnly)) throw new Refused('elsewhere');
    if (asksOnly) {
      sendJson(response, 200, { feeds: enabled ? 'on' : 'off' });
      return;
    }
    if (method !== 'POST' || request.headers['content-type'] !== 'application/json') {
      response.writeHead(405, { ...HEADERS, Allow: 'GET, POST' }).end();
      return;
    }
    if (!enabled) throw new Refused('off');
    const question = await readQuestion(request);
    if (underWay >= MOST_AT_ONCE) throw new Refused('busy', { retryAfterS: 5 });
    underWay++;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      send(response, await fetchFeed(question, gone.signal));
    } finally {
      underWay--;
    }
  }

  /** Never rejects. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(request, response);
    } catch (error) {
      if (response.destroyed || response.headersSent) response.destroy();
      else if (error instanceof Refused) sendRefusal(response, error);
      else response.writeHead(500, HEADERS).end();
    }
  };
}

async function readQuestion(request: IncomingMessage): Promise<FeedQuestion> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LONGEST_QUESTION) throw new Refused('address-invalid');
    pieces.push(piece);
  }
  const { address, etag, modified } = fieldsOf(Buffer.concat(pieces).toString('utf8'));
  if (typeof address !== 'string') throw new Refused('address-invalid');
  return {
    address,
    etag: typeof etag === 'string' && ETAG.test(etag) ? etag : null,
    modified: typeof modified === 'string' && HTTP_DATE.test(modified) ? modified : null,
  };
}

function fieldsOf(text: string): Partial<Record<keyof FeedQuestion, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function send(response: ServerResponse, answer: FeedAnswer): void {
  switch (answer.kind) {
    case 'unchanged':
      sendReply(response, { kind: 'unchanged' });
      return;
    case 'page':
      sendReply(response, { kind: 'page', feeds: answer.feeds });
      return;
    case 'feed': {
      const { body, type, movedTo, etag, modified } = answer;
      sendReply(response, { kind: 'feed', type, movedTo, etag, modified }, body);
      return;
    }
  }
}

function sendReply(response: ServerResponse, reply: FeedReply, body: Buffer = Buffer.alloc(0)): void {
  const headers = {
    ...HEADERS,
    [FEED_REPLY_HEADER]: encodeURIComponent(JSON.stringify(reply)),
    // Under its own type a browser could take it for a page.
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment',
    'Content-Length': body.length,
  };
  response.writeHead(200, headers).end(body);
}

function sendRefusal(response: ServerResponse, { reason, status, retryAfterS }: Refused): void {
  sendJson(response, STATUS[reason] ?? BAD_GATEWAY, { refused: reason, status, retryAfterS });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
