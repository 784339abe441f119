// Fetching from hosts that mean harm, on loopback.
import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rssOf, sends, startFeedHost, type FeedHost } from '../../src/testing/feedHost.ts';
import { fetchFrom, loopbackPorts, OPEN, refusal, SHUT } from '../../src/testing/loopbackFeeds.ts';
import { selfSigned } from '../../src/testing/selfSigned.ts';
import { fetchFeed, usualPorts, type FetchPorts } from './fetchFeed.ts';

const feed = rssOf('Slackwater', [{ id: 'a', title: 'Fog', text: 'Nobody saw it.' }]);
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

const ask = (path: string, change?: Partial<FetchPorts>, more = {}) => fetchFrom(`${host.origin}${path}`, change, more);

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
      await refusal(fetchFeed({ address, etag: null, modified: null }, new AbortController().signal, loopbackPorts())),
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
      expect(await refusal(fetchFeed(question, new AbortController().signal, loopbackPorts({ lookup })))).toBe(
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
    expect((await fetchFeed(question, new AbortController().signal, loopbackPorts({ lookup }))).kind).toBe('feed');
    expect(lookups).toBe(1);
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]?.headers.host).toBe(`rebound.example:${host.port}`);
    expect(shut.asked).toEqual([]);
    // The next request looks it up anew, and is refused.
    expect(await refusal(fetchFeed(question, new AbortController().signal, loopbackPorts({ lookup })))).toBe(
      'address-private',
    );
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
    expect(await refusal(fetchFeed(named, new AbortController().signal, loopbackPorts({ lookup })))).toBe('too-slow');
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
    expect(await refusal(fetchFeed(nobody, new AbortController().signal, loopbackPorts({ lookup: unknown })))).toBe(
      'unknown-host',
    );
    await host.close();
    expect(await refusal(ask('/feed.xml'))).toBe('unreachable');
    host = await startFeedHost(OPEN);
  });

  it('is not believed without a certificate for its name, and is asked at the address that was checked', async () => {
    const names: string[] = [];
    let requests = 0;
    const server = createServer(
      {
        ...selfSigned,
        SNICallback: (name, done) => {
          names.push(name);
          done(null);
        },
      },
      (_, response) => {
        requests++;
        response.end(feed);
      },
    );
    await new Promise<void>((resolve) => server.listen(0, OPEN, resolve));
    const { port } = server.address() as AddressInfo;
    const question = { address: `https://blog.example:${port}/feed.xml`, etag: null, modified: null };
    expect(await refusal(fetchFeed(question, new AbortController().signal, loopbackPorts()))).toBe('certificate');
    expect(names).toEqual(['blog.example']);
    expect(requests).toBe(0);
    await new Promise((resolve) => server.close(resolve));
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
    const asking = fetchFeed(
      { address: `${host.origin}/silent`, etag: null, modified: null },
      stop.signal,
      loopbackPorts(),
    );
    setTimeout(() => stop.abort(new Error('nobody waits')), 50);
    await expect(asking).rejects.toThrow('nobody waits');
    await expect.poll(() => closed).toBe(true);
  });
});
