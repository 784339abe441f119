import { createServer, request as send, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FEED_REPLY_HEADER, type FeedQuestion } from '../../src/core/followApi.ts';
import { createFeedEndpoint, type FeedEndpointOptions } from './feedEndpoint.ts';
import { Refused } from './refused.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const body = Buffer.from('<rss/>');

async function start(options: Partial<FeedEndpointOptions> = {}) {
  const questions: FeedQuestion[] = [];
  const endpoint = createFeedEndpoint({
    enabled: true,
    names: ['kindred.test'],
    fetchFeed: (question) => {
      questions.push(question);
      return Promise.resolve({ kind: 'feed', body, type: 'text/xml', movedTo: null, etag: '"é"', modified: null });
    },
    ...options,
  });
  const server = createServer((request, response) => void endpoint(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, questions };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** As a browser sends it for the page's own script, but for what a test changes. */
function ask(
  port: number,
  headers: Record<string, string | null> = {},
  text: string | null = question,
  method?: string,
): Promise<Answer> {
  const usual: Record<string, string | null> = {
    host: `localhost:${port}`,
    origin: text === null ? null : `http://localhost:${port}`,
    'sec-fetch-site': 'same-origin',
    'content-type': text === null ? null : 'application/json',
    ...headers,
  };
  const kept = Object.fromEntries(
    Object.entries(usual).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return new Promise((resolve, reject) => {
    const asked = send(
      { port, method: method ?? (text === null ? 'GET' : 'POST'), headers: kept, path: '/' },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(text ?? undefined);
  });
}

const question = JSON.stringify({ address: 'https://blog.example/feed', etag: '"1"', modified: null });

describe('the endpoint for feeds', () => {
  it('gives the page a feed as bytes that nothing runs, with what belongs to it beside them', async () => {
    const { port, questions } = await start();
    const { status, headers, text } = await ask(port);
    expect(status).toBe(200);
    expect(text).toBe('<rss/>');
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const reply: unknown = JSON.parse(decodeURIComponent(String(headers[FEED_REPLY_HEADER.toLowerCase()])));
    expect(reply).toEqual({ kind: 'feed', type: 'text/xml', movedTo: null, etag: '"é"', modified: null });
    expect(questions).toEqual([{ address: 'https://blog.example/feed', etag: '"1"', modified: null }]);
  });

  it('fetches nothing while it is switched off, and says so', async () => {
    const { port, questions } = await start({ enabled: false });
    expect(JSON.parse((await ask(port, {}, null)).text)).toEqual({ feeds: 'off' });
    const { status, text } = await ask(port);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ refused: 'off' });
    expect(questions).toEqual([]);
  });

  it('says that it is on', async () => {
    const { port } = await start();
    expect(JSON.parse((await ask(port, {}, null)).text)).toEqual({ feeds: 'on' });
    expect((await ask(port, { 'sec-fetch-site': null }, null)).status).toBe(200);
  });

  it.each<[string, Record<string, string | null>]>([
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site that hides where it asks from', { origin: 'null', 'sec-fetch-site': null }],
    ['another port of this computer', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['another site in an old browser', { origin: 'https://evil.example', 'sec-fetch-site': null }],
    ['a form or a script without an origin', { origin: null, 'sec-fetch-site': null }],
    ['a name that was made to lead here', { host: 'evil.example', origin: 'http://evil.example' }],
    [
      'a name that only looks like one of ours',
      { host: 'localhost.evil.example', origin: 'http://localhost.evil.example' },
    ],
    ['an address typed into a browser', { 'sec-fetch-site': 'none', origin: null }],
    ['no host at all', { host: '', origin: 'http://' }],
  ])('refuses %s', async (_, headers) => {
    const { port, questions } = await start();
    const { status, text } = await ask(port, headers);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ refused: 'elsewhere' });
    expect(questions).toEqual([]);
  });

  it.each(['127.0.0.1:5', '[::1]:5', 'kindred.localhost', 'kindred.test', '192.168.1.9:4173'])(
    'answers under %s',
    async (host) => {
      const { port } = await start();
      expect((await ask(port, { host, origin: `http://${host}` })).status).toBe(200);
      // Behind a server that speaks https for it.
      expect((await ask(port, { host, origin: `https://${host}` })).status).toBe(200);
    },
  );

  it('reads nothing but an address and what a host may have given', async () => {
    const { port, questions } = await start();
    const hostile = {
      address: 'https://a.example/',
      etag: '"1"\r\nCookie: a=b',
      modified: 'yesterday',
      cookie: 'x',
      body: 'draft',
    };
    await ask(port, {}, JSON.stringify(hostile));
    expect(questions).toEqual([{ address: 'https://a.example/', etag: null, modified: null }]);
    for (const text of ['', 'null', '[]', '{', '{"address":1}', JSON.stringify({ address: 'x'.repeat(20_000) })])
      expect((await ask(port, {}, text)).status).toBe(400);
    // What a form of another site can send without asking.
    expect((await ask(port, { 'content-type': 'text/plain' })).status).toBe(405);
    expect((await ask(port, {}, question, 'PUT')).status).toBe(405);
    expect((await ask(port, {}, null, 'OPTIONS')).status).not.toBe(200);
    expect(questions).toHaveLength(1);
  });

  it('hands on why a host was refused', async () => {
    const { port } = await start({
      fetchFeed: () => Promise.reject(new Refused('status', { status: 503, retryAfterS: 60 })),
    });
    const { status, text } = await ask(port);
    expect(status).toBe(502);
    expect(JSON.parse(text)).toEqual({ refused: 'status', status: 503, retryAfterS: 60 });
  });

  it('has so much to do at once and no more, and lets go of what nobody waits for', async () => {
    const signals: AbortSignal[] = [];
    const { port } = await start({
      fetchFeed: (_, signal) => {
        signals.push(signal);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
      },
    });
    const waiting = Array.from({ length: 8 }, () => ask(port).catch(() => null));
    await expect.poll(() => signals.length).toBe(8);
    const { status, text } = await ask(port);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ refused: 'busy' });
    servers.at(-1)?.closeAllConnections();
    await Promise.all(waiting);
    await expect.poll(() => signals.every(({ aborted }) => aborted)).toBe(true);
  });
});
