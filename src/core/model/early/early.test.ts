import { describe, expect, it, vi } from 'vitest';
import { offerEarly } from './offerEarly.ts';
import type { EarlyLocks, EarlyPorts } from './protocol.ts';
import { takeEarly } from './takeEarly.ts';

const ADDRESS = 'https://kindred.test/models/quick/model.onnx';
const FILE = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

/** The locks of one origin, in the order in which they were asked for. */
function originLocks(): EarlyLocks {
  const held = new Map<string, (() => void)[]>();
  return {
    query: () => Promise.resolve({ held: [...held.keys()].map((name) => ({ name })) }),
    async request(name, { ifAvailable, signal }, work) {
      const waiting = held.get(name);
      if (waiting !== undefined) {
        if (ifAvailable === true) return work(null);
        await new Promise<void>((resolve, reject) => {
          waiting.push(resolve);
          signal?.addEventListener('abort', () => {
            waiting.splice(waiting.indexOf(resolve), 1);
            reject(signal.reason as Error);
          });
        });
      }
      held.set(name, held.get(name) ?? []);
      try {
        return await work({});
      } finally {
        const next = held.get(name)?.shift();
        if (next === undefined) held.delete(name);
        else next();
      }
    },
  };
}

function world() {
  const locks = originLocks();
  const open: BroadcastChannel[] = [];
  const ports: EarlyPorts = {
    locks,
    openChannel: (name) => {
      const channel = new BroadcastChannel(name);
      open.push(channel);
      return channel;
    },
  };
  return { ports, locks, open };
}

/** A server that sends the file in pieces, each when it is told to. */
function server(status = 200, headers: Record<string, string> = { etag: '"1"' }) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const requests: RequestInit[] = [];
  const fetch = (_address: string, init: RequestInit): Promise<Response> => {
    requests.push(init);
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    init.signal?.addEventListener('abort', () => controller?.error(new DOMException('aborted', 'AbortError')));
    return Promise.resolve(new Response(body, { status, headers }));
  };
  return {
    fetch,
    requests,
    send: (from: number, to: number) => controller?.enqueue(FILE.slice(from, to)),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new TypeError('reset')),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
const whole = async (response: Response | null) => new Uint8Array(await response!.arrayBuffer());
const PATIENT = { patienceMs: 10_000 };

describe('a download that the page began', () => {
  it('reaches who asks in the middle of it whole and once, and is over then', async () => {
    const { ports, locks } = world();
    const site = server();
    const offer = offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, PATIENT);
    await vi.waitFor(() => expect(site.requests).toHaveLength(1));
    site.send(0, 400);
    await settled();
    const response = await takeEarly(ADDRESS, ports);
    expect(response?.headers.get('etag')).toBe('"1"');
    const read = whole(response);
    site.send(400, 1000);
    site.end();
    expect(await read).toEqual(FILE);
    await offer;
    expect(site.requests).toHaveLength(1);
    expect(await locks.query()).toEqual({ held: [] });
    // Whoever wants it now fetches it.
    expect(await takeEarly(ADDRESS, ports)).toBeNull();
  });

  it('is waited for when the server takes its time to answer, however short the patience', async () => {
    const { ports } = world();
    const site = server();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const slow = async (address: string, init: RequestInit) => {
      await answered;
      return site.fetch(address, init);
    };
    const offer = offerEarly(ADDRESS, { ...ports, fetch: slow }, PATIENT);
    const taken = takeEarly(ADDRESS, ports, { patienceMs: 50 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    answer();
    const response = await taken;
    site.send(0, 1000);
    site.end();
    expect(await whole(response)).toEqual(FILE);
    await offer;
  });

  it('breaks off where it breaks off for the page', async () => {
    const { ports } = world();
    const site = server();
    const offer = offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, PATIENT);
    const response = await takeEarly(ADDRESS, ports);
    site.send(0, 400);
    const reader = response!.body!.getReader();
    expect((await reader.read()).value).toHaveLength(400);
    site.breakOff();
    await expect(reader.read()).rejects.toThrow(TypeError);
    await offer;
  });

  it('ends when who asked wants no more', async () => {
    const { ports } = world();
    const site = server();
    const offer = offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, PATIENT);
    const stop = new AbortController();
    const response = await takeEarly(ADDRESS, ports, { signal: stop.signal });
    const read = whole(response);
    read.catch(() => undefined);
    stop.abort();
    await expect(read).rejects.toThrow();
    await offer;
    expect(site.requests[0]?.signal?.aborted).toBe(true);
  });

  it('is nobody’s where the server has no such file: who wants it asks the server itself', async () => {
    const { ports } = world();
    const site = server(404);
    const offer = offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, PATIENT);
    expect(await takeEarly(ADDRESS, ports)).toBeNull();
    await offer;
  });

  it('is given up when nobody asks', async () => {
    const { ports } = world();
    const site = server();
    const offer = offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, { patienceMs: 40 });
    await offer;
    expect(site.requests[0]?.signal?.aborted).toBe(true);
    expect(await takeEarly(ADDRESS, ports)).toBeNull();
  });

  it('is one of two pages alone', async () => {
    const { ports } = world();
    const [first, second] = [server(), server()];
    const offers = [first, second].map((site) => offerEarly(ADDRESS, { ...ports, fetch: site.fetch }, PATIENT));
    const response = await takeEarly(ADDRESS, ports);
    first.send(0, 1000);
    first.end();
    expect(await whole(response)).toEqual(FILE);
    await Promise.all(offers);
    expect(second.requests).toHaveLength(0);
  });

  it('of a page that is gone is what had come, and then broken off', async () => {
    const { ports, locks } = world();
    // A page that answered and then never again.
    let leave = (): void => undefined;
    const gone = new Promise<void>((resolve) => (leave = resolve));
    const held = locks.request(`kindred early download of ${ADDRESS}`, {}, () => gone);
    const asks = ports.openChannel('kindred early download');
    asks.onmessage = ({ data }) => {
      const reply = ports.openChannel((data as { reply: string }).reply);
      reply.postMessage({ part: 'head', headers: [] });
      reply.postMessage({ part: 'chunk', bytes: FILE.slice(0, 10) });
      reply.close();
    };
    const response = await takeEarly(ADDRESS, ports);
    const reader = response!.body!.getReader();
    expect((await reader.read()).value).toHaveLength(10);
    leave();
    await expect(reader.read()).rejects.toThrow('gone');
    await held;
    asks.close();
  });

  it('that does not answer is not waited for', async () => {
    const { ports, locks } = world();
    let leave = (): void => undefined;
    const gone = new Promise<void>((resolve) => (leave = resolve));
    const held = locks.request(`kindred early download of ${ADDRESS}`, {}, () => gone);
    expect(await takeEarly(ADDRESS, ports, { patienceMs: 30 })).toBeNull();
    leave();
    await held;
  });
});
