// Fetching from hosts that mean well, on loopback.
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rssOf, sends, startFeedHost, type FeedHost } from '../../src/testing/feedHost.ts';
import { fetchFrom, OPEN } from '../../src/testing/loopbackFeeds.ts';
import type { FetchPorts } from './fetchFeed.ts';

const feed = rssOf('Slackwater', [{ id: 'a', title: 'Fog', text: 'Nobody saw it.' }]);
let host: FeedHost;

beforeEach(async () => {
  host = await startFeedHost(OPEN);
});
afterEach(async () => {
  await host.close();
});

const ask = (path: string, change?: Partial<FetchPorts>, more = {}) => fetchFrom(`${host.origin}${path}`, change, more);

describe('a well behaved host', () => {
  it('is asked for the feed and told nothing of whoever asks', async () => {
    host.on(
      '/feed.xml',
      sends(feed, 'application/rss+xml', {
        ETag: '"1"',
        'Last-Modified': 'Tue, 11 Feb 2025 08:30:00 GMT',
        'Set-Cookie': 'a=1',
      }),
    );
    const answer = await ask('/feed.xml');
    expect(answer).toMatchObject({
      kind: 'feed',
      etag: '"1"',
      modified: 'Tue, 11 Feb 2025 08:30:00 GMT',
      movedTo: null,
    });
    expect(answer.kind === 'feed' && answer.body.toString()).toBe(feed);
    await ask('/feed.xml');
    for (const { method, headers } of host.asked) {
      expect(method).toBe('GET');
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    }
  });

  it('says that nothing has changed, when it is given back what it gave', async () => {
    host.on('/feed.xml', (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200, { ETag: '"1"' }).end(feed);
    });
    expect(await ask('/feed.xml', {}, { etag: '"1"' })).toEqual({ kind: 'unchanged' });
    expect(host.asked[0]?.headers).toMatchObject({ 'if-none-match': '"1"' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('may pack its answer (%s)', async (encoding, pack) => {
    host.on('/feed.xml', sends(pack(feed), 'text/xml', { 'Content-Encoding': encoding }));
    const answer = await ask('/feed.xml');
    expect(answer.kind === 'feed' && answer.body.toString()).toBe(feed);
  });

  it('may move for good, and for now', async () => {
    const moves = (to: string, status: number) => (_: unknown, response: ServerResponse) =>
      void response.writeHead(status, { Location: to }).end();
    host.on('/old', moves('/older', 301));
    host.on('/older', moves('/feed.xml', 308));
    host.on('/now', moves('/feed.xml', 302));
    host.on('/feed.xml', sends(feed));
    expect(await ask('/old')).toMatchObject({ kind: 'feed', movedTo: `${host.origin}/feed.xml` });
    expect(await ask('/now')).toMatchObject({ kind: 'feed', movedTo: null });
  });

  it('may answer with a page, which names its feeds', async () => {
    host.on(
      '/',
      sends(
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="stylesheet" href="x.css"><link rel="alternate" type="application/atom+xml" href="https://other.example/atom"><link rel=alternate type="application/rss+xml" href="javascript:alert(1)"></head><body></body></html>',
        'text/html; charset=utf-8',
      ),
    );
    expect(await ask('/')).toEqual({ kind: 'page', feeds: [`${host.origin}/feed.xml`, 'https://other.example/atom'] });
  });

  it('may send a JSON feed, and Atom behind a comment under the wrong name', async () => {
    host.on(
      '/feed.json',
      sends(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [] }), 'application/json'),
    );
    host.on(
      '/atom',
      sends(
        `\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n<feed xmlns="http://www.w3.org/2005/Atom"/>`,
        'text/html',
      ),
    );
    expect((await ask('/feed.json')).kind).toBe('feed');
    expect((await ask('/atom')).kind).toBe('feed');
  });
});
