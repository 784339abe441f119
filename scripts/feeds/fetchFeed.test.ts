// Fetching from hosts on loopback, which only these tests may: what is allowed there is injected.
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rssOf, sends, startFeedHost, type FeedHost } from '../../src/testing/feedHost.ts';
import { fetchFeed, usualPorts, type FeedAnswer, type FetchPorts } from './fetchFeed.ts';
import { Refused } from './refused.ts';

const feed = rssOf('Slackwater', [{ id: 'a', title: 'Fog', text: 'Nobody saw it.' }]);
const OPEN = '127.0.0.1';
const SHUT = '127.0.0.2';
let host: FeedHost;
let shut: FeedHost;

beforeEach(async () => {
  host = await startFeedHost(OPEN);
  // The same port, so that another address is all that differs.
  shut = await startFeedHost(SHUT, host.port);
});
afterEach(async () => {
  await host.close();
  await shut.close();
});

/** One host of loopback is public here, and any name leads to it; all else is as it ships. */
const ports = (change: Partial<FetchPorts> = {}): FetchPorts => ({
  ...usualPorts,
  lookup: () => Promise.resolve([{ address: OPEN, family: 4 }]),
  isAllowed: (address) => address === OPEN,
  totalMs: 2_000,
  idleMs: 400,
  mostBytes: 1024 * 1024,
  ...change,
});

const ask = (path: string, change?: Partial<FetchPorts>, more = {}): Promise<FeedAnswer> =>
  fetchFeed(
    { address: `${host.origin}${path}`, etag: null, modified: null, ...more },
    new AbortController().signal,
    ports(change),
  );

async function refusal(answer: Promise<FeedAnswer>): Promise<string> {
  const error: unknown = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refused) return error.reason;
  throw new Error('It was fetched, or failed in another way.', { cause: error });
}

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

describe('a hostile host', () => {
  it.each([
    ...[
      'file:///etc/passwd',
      'ftp://blog.example/feed',
      'gopher://blog.example/',
      'data:text/xml,<rss/>',
      'nonsense',
      '',
    ],
    ...[
      'http://user:secret@blog.example/feed',
      'http://blog.example:25/feed',
      'http://blog.example:22/',
      'https://blog.example:6',
    ],
  ])('is not asked under %s', async (address) => {
    expect(
      await refusal(fetchFeed({ address, etag: null, modified: null }, new AbortController().signal, ports())),
    ).toBe('address-invalid');
  });

  it.each([
    ...[
      'http://127.0.0.1/',
      'http://127.1/',
      'http://0x7f000001/',
      'http://2130706433/',
      'http://017700000001/',
      'http://[::1]/',
    ],
    ...[
      'http://[::ffff:127.0.0.1]/',
      'http://10.0.0.1/',
      'http://169.254.169.254/latest/meta-data',
      'http://0.0.0.0/',
      'http://[fe80::1]/',
    ],
  ])('is not asked at %s, as this ships', async (address) => {
    const question = { address, etag: null, modified: null };
    expect(await refusal(fetchFeed(question, new AbortController().signal))).toBe('address-private');
  });

  it('is not asked when any of its addresses is a private one', async () => {
    for (const [first, second] of [
      [OPEN, '10.0.0.1'],
      ['192.168.0.1', OPEN],
      [OPEN, '::1'],
    ] as const) {
      const lookup = () =>
        Promise.resolve([first, second].map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
      const question = { address: `http://blog.example:${host.port}/feed.xml`, etag: null, modified: null };
      expect(await refusal(fetchFeed(question, new AbortController().signal, ports({ lookup })))).toBe(
        'address-private',
      );
    }
    expect(host.asked).toEqual([]);
  });

  it('does not reach another address by changing what its name means', async () => {
    host.on('/feed.xml', sends(feed));
    shut.on('/feed.xml', sends(feed));
    let lookups = 0;
    const lookup = () => Promise.resolve([{ address: ++lookups === 1 ? OPEN : SHUT, family: 4 }]);
    const question = { address: `http://rebound.example:${host.port}/feed.xml`, etag: null, modified: null };
    expect((await fetchFeed(question, new AbortController().signal, ports({ lookup }))).kind).toBe('feed');
    expect(lookups).toBe(1);
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]?.headers.host).toBe(`rebound.example:${host.port}`);
    expect(shut.asked).toEqual([]);
    // The next request looks it up anew, and is refused.
    expect(await refusal(fetchFeed(question, new AbortController().signal, ports({ lookup })))).toBe('address-private');
    expect(shut.asked).toEqual([]);
  });

  it('does not reach another address by a redirect', async () => {
    shut.on('/feed.xml', sends(feed));
    const targets = [
      `${shut.origin}/feed.xml`,
      'http://[::1]/',
      'http://localhost.:1/',
      'file:///etc/passwd',
      'http://a:b@blog.example/',
      '//10.0.0.1/',
    ];
    for (const [n, target] of targets.entries()) {
      host.on(`/${n}`, (_, response) => void response.writeHead(302, { Location: target }).end());
      const lookup = (name: string) => Promise.resolve([{ address: name === 'localhost.' ? SHUT : OPEN, family: 4 }]);
      expect(['address-private', 'address-invalid']).toContain(await refusal(ask(`/${n}`, { lookup })));
    }
    expect(shut.asked).toEqual([]);
  });

  it('is left when it redirects without an end', async () => {
    host.on('/turn', (_, response) => void response.writeHead(302, { Location: '/turn' }).end());
    expect(await refusal(ask('/turn'))).toBe('too-many-redirects');
    expect(host.asked).toHaveLength(usualPorts.mostRedirects + 1);
  });

  it('is left when its body has no end, or says that it is too long', async () => {
    let sent = 0;
    host.on('/endless', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml' });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x'))) sent += 65_536;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await refusal(ask('/endless'))).toBe('too-large');
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    host.on('/long', sends('<rss/>', 'text/xml', { 'Content-Length': '99999999' }));
    expect(await refusal(ask('/long'))).toBe('too-large');
  });

  it('is left when what it packed unpacks to too much', async () => {
    host.on('/bomb', sends(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), 'text/xml', { 'Content-Encoding': 'gzip' }));
    expect(await refusal(ask('/bomb'))).toBe('too-large');
    host.on('/twice', sends(gzipSync(gzipSync(feed)), 'text/xml', { 'Content-Encoding': 'gzip, gzip' }));
    expect(await refusal(ask('/twice'))).toBe('broken');
    host.on('/torn', sends(gzipSync(feed).subarray(0, 60), 'text/xml', { 'Content-Encoding': 'gzip' }));
    expect(await refusal(ask('/torn'))).toBe('broken');
  });

  it('is left when it says nothing, stops in the middle, or goes on drop by drop', async () => {
    host.on('/silent', () => undefined);
    host.on('/stops', (_, response) => void response.writeHead(200, { 'Content-Type': 'text/xml' }).write('<rss>'));
    host.on('/drips', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    });
    expect(await refusal(ask('/silent', { totalMs: 60_000 }))).toBe('too-slow');
    expect(await refusal(ask('/stops', { totalMs: 60_000 }))).toBe('too-slow');
    expect(await refusal(ask('/drips', { totalMs: 600, idleMs: 60_000 }))).toBe('too-slow');
    const lookup = () => new Promise<never>(() => undefined);
    const named = { address: 'http://blog.example/', etag: null, modified: null };
    expect(await refusal(fetchFeed(named, new AbortController().signal, ports({ lookup })))).toBe('too-slow');
  });

  it('is left when it breaks off, speaks another protocol, or is not there', async () => {
    host.on('/breaks', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '1000' });
      response.write('<rss>', () => response.destroy());
    });
    host.on('/garbage', (_, response) => {
      response.socket?.end('220 mail.example ESMTP\r\n');
    });
    expect(await refusal(ask('/breaks'))).toBe('unreachable');
    expect(await refusal(ask('/garbage'))).toBe('unreachable');
    const nobody = { address: `http://nobody.example:${host.port}/`, etag: null, modified: null };
    const unknown = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    expect(await refusal(fetchFeed(nobody, new AbortController().signal, ports({ lookup: unknown })))).toBe(
      'unknown-host',
    );
    await host.close();
    expect(await refusal(ask('/feed.xml'))).toBe('unreachable');
    host = await startFeedHost(OPEN);
  });

  it('gives nothing that is no feed, whatever it calls it', async () => {
    const wrong: [string, string, string][] = [
      ['/png', 'image/png', feed],
      ['/js', 'text/javascript', 'alert(1)'],
      ['/json', 'application/json', '{"password":"secret"}'],
      ['/xml', 'application/rss+xml', '<secrets><key>1</key></secrets>'],
      ['/text', 'text/plain', 'root:x:0:0'],
      ['/empty', 'text/xml', ''],
      ['/hash', 'application/octet-stream', createHash('sha256').digest('hex')],
    ];
    for (const [path, type, body] of wrong) {
      host.on(path, sends(body, type));
      expect(await refusal(ask(path)), path).toBe('not-a-feed');
    }
  });

  it('is quoted with the status and the wait that it asks for', async () => {
    host.on('/busy', (_, response) => void response.writeHead(429, { 'Retry-After': '120' }).end());
    await expect(ask('/busy')).rejects.toMatchObject({ reason: 'status', status: 429, retryAfterS: 120 });
    await expect(ask('/gone')).rejects.toMatchObject({ reason: 'status', status: 404, retryAfterS: null });
    // Nobody asked for anything to compare with.
    host.on('/lies', (_, response) => void response.writeHead(304).end());
    await expect(ask('/lies')).rejects.toMatchObject({ reason: 'status', status: 304 });
  });

  it('is let go as soon as nobody waits any more', async () => {
    let closed = false;
    host.on('/silent', (_, response) => void response.once('close', () => (closed = true)));
    const stop = new AbortController();
    const asking = fetchFeed({ address: `${host.origin}/silent`, etag: null, modified: null }, stop.signal, ports());
    setTimeout(() => stop.abort(new Error('nobody waits')), 50);
    await expect(asking).rejects.toThrow('nobody waits');
    await expect.poll(() => closed).toBe(true);
  });
});
