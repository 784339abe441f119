// Downloads that are cut, stalled, answered with another part or another version: what is asked for next, and that the file comes whole.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeCacheStorage } from '../../testing/fakeCacheStorage.ts';
import { STALL_MS, type Fetch } from './download.ts';
import { PART_BYTES } from './modelCache.ts';
import { sha256, type ModelFiles } from './modelFiles.ts';
import { areKept, webModelFiles, type WebPorts } from './webModelFiles.ts';

const FOLDER = 'https://example.org/models/tiny/';
const large = new Uint8Array(3 * PART_BYTES + 17).map((_byte, at) => (at * 2_654_435_761) >>> 13);
const file = { path: 'model.onnx', bytes: large.length, sha256: await sha256(large) };
const offline: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

let caches: FakeCacheStorage;
beforeEach(() => {
  caches = new FakeCacheStorage();
});

/** Waits nowhere. */
const ports = (fetch: Fetch): WebPorts => ({ fetch, caches, online: () => true, wait: () => Promise.resolve() });
const files = (fetch: Fetch) => webModelFiles(FOLDER, ports(fetch));

describe('an interrupted download', () => {
  /** Comparing millions of numbers takes long, and longer to print. */
  const hashOf = async (from: ModelFiles): Promise<string> => sha256((await from.read(file)).bytes);

  interface Server {
    content: Uint8Array<ArrayBuffer>;
    tag?: string | null;
    /** Breaks off after so many bytes of each answer. */
    cutAfter?: number;
    /** Only the first so many answers break off. */
    cuts?: number;
    ranges?: boolean;
  }

  /** Answers as a server does, and remembers what it was asked for. */
  function serve(server: Server): { fetch: Fetch; asked: (string | null)[] } {
    const asked: (string | null)[] = [];
    const fetch: Fetch = (_address, init) => {
      const headers = new Headers(init.headers);
      asked.push(headers.get('range'));
      const from = Number(/\d+/.exec(headers.get('range') ?? '')?.[0] ?? 0);
      const condition = headers.get('if-range');
      const partial = from > 0 && server.ranges !== false && (condition === null || condition === server.tag);
      const body = partial ? server.content.subarray(from) : server.content;
      const cut = asked.length <= (server.cuts ?? Infinity) && server.cutAfter !== undefined;
      let at = 0;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          const end = cut ? Math.min(server.cutAfter ?? 0, body.length) : body.length;
          if (at < end) controller.enqueue(body.subarray(at, (at = Math.min(at + 100_000, end))));
          else if (at < body.length) controller.error(new TypeError('network error'));
          else controller.close();
        },
      });
      const told = {
        'content-type': 'application/octet-stream',
        ...(server.tag === null ? {} : { etag: server.tag ?? '"1"' }),
        ...(partial ? { 'content-range': `bytes ${from}-${server.content.length - 1}/${server.content.length}` } : {}),
      };
      return Promise.resolve(new Response(stream, { status: partial ? 206 : 200, headers: told }));
    };
    server.tag ??= server.tag === null ? null : '"1"';
    return { fetch, asked };
  }

  test('goes on where it broke off, as often as that gets anywhere', async () => {
    const { fetch, asked } = serve({ content: large, cutAfter: 700_000, cuts: 4 });
    expect(await hashOf(files(fetch))).toBe(file.sha256);
    expect(asked).toEqual([null, 'bytes=700000-', 'bytes=1400000-', 'bytes=2100000-', 'bytes=2800000-']);
    expect(await hashOf(files(offline))).toBe(file.sha256);
  });

  test('goes on in a later visit, from the last whole part', async () => {
    const first = serve({ content: large, cutAfter: 2 * PART_BYTES + 5, cuts: 1 });
    const alone = { ...ports(first.fetch), online: () => false };
    await expect(webModelFiles(FOLDER, alone).read(file)).rejects.toMatchObject({
      code: 'model-network',
      message: expect.stringContaining(`after ${2 * PART_BYTES + 5} of ${large.length} bytes`) as string,
    });
    expect(await areKept(FOLDER, [file], { caches })).toBe(false);
    const second = serve({ content: large });
    const progress: number[] = [];
    const read = await files(second.fetch).read(file, { onProgress: (bytes) => progress.push(bytes) });
    expect(await sha256(read.bytes)).toBe(file.sha256);
    expect(second.asked).toEqual([`bytes=${2 * PART_BYTES}-`]);
    expect(progress[0]).toBe(2 * PART_BYTES);
  });

  test('begins anew where the server knows no ranges', async () => {
    const { fetch, asked } = serve({ content: large, cutAfter: 700_000, cuts: 1, ranges: false });
    expect(await hashOf(files(fetch))).toBe(file.sha256);
    expect(asked).toEqual([null, 'bytes=700000-']);
    expect(await hashOf(files(offline))).toBe(file.sha256);
  });

  test('that gets no further ends after four attempts', async () => {
    const { fetch, asked } = serve({ content: large, cutAfter: 700_000, ranges: false });
    await expect(files(fetch).read(file)).rejects.toMatchObject({ code: 'model-network' });
    expect(asked).toHaveLength(4);
  });

  test('begins anew when the server says that it has another version', async () => {
    const other = large.map((byte) => byte ^ 1);
    const first = serve({ content: other, tag: '"old"', cutAfter: 2 * PART_BYTES, cuts: 1 });
    await expect(
      webModelFiles(FOLDER, { ...ports(first.fetch), online: () => false }).read(file),
    ).rejects.toMatchObject({ code: 'model-network' });
    const second = serve({ content: large, tag: '"new"' });
    expect(await hashOf(files(second.fetch))).toBe(file.sha256);
    expect(second.asked).toEqual([`bytes=${2 * PART_BYTES}-`]);
  });

  test('joined from two versions, where the server does not say, is fetched once more in one piece', async () => {
    const other = large.map((byte) => byte ^ 1);
    const first = serve({ content: other, tag: null, cutAfter: 2 * PART_BYTES, cuts: 1 });
    await expect(
      webModelFiles(FOLDER, { ...ports(first.fetch), online: () => false }).read(file),
    ).rejects.toMatchObject({ code: 'model-network' });
    const second = serve({ content: large, tag: null });
    expect(await hashOf(files(second.fetch))).toBe(file.sha256);
    expect(second.asked).toEqual([`bytes=${2 * PART_BYTES}-`, null]);
    expect(await hashOf(files(offline))).toBe(file.sha256);
  });

  test('of a server that sends another part than was asked for begins anew', async () => {
    const honest = serve({ content: large, cutAfter: 700_000, cuts: 1 });
    let lies = 1;
    const fetch: Fetch = async (address, init) => {
      const response = await honest.fetch(address, init);
      if (response.status !== 206 || lies-- === 0) return response;
      const headers = new Headers(response.headers);
      headers.set('content-range', `bytes 0-${large.length - 1}/${large.length}`);
      return new Response(response.body, { status: 206, headers });
    };
    expect(await hashOf(files(fetch))).toBe(file.sha256);
    expect(honest.asked).toEqual([null, 'bytes=700000-', null]);
  });

  test('because nothing came for too long goes on too', async () => {
    const { fetch, asked } = serve({ content: large });
    let stuck = true;
    const slow: Fetch = (address, init) => {
      if (!stuck) return fetch(address, init);
      stuck = false;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(large.subarray(0, 50_000));
          init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
        },
      });
      return Promise.resolve(new Response(body, { headers: { etag: '"1"' } }));
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const reading = files(slow).read(file);
      await vi.waitFor(() => {
        vi.advanceTimersByTime(STALL_MS);
        expect(asked).toEqual(['bytes=50000-']);
      });
      expect(await sha256((await reading).bytes)).toBe(file.sha256);
    } finally {
      vi.useRealTimers();
    }
  });

  test('that was given up keeps what has arrived', async () => {
    const controller = new AbortController();
    const first = serve({ content: large });
    const reading = files(first.fetch).read(file, {
      signal: controller.signal,
      onProgress: (bytes) => {
        if (bytes > PART_BYTES) controller.abort('stopped');
      },
    });
    await expect(reading).rejects.toBe('stopped');
    const second = serve({ content: large });
    expect(await hashOf(files(second.fetch))).toBe(file.sha256);
    expect(second.asked).toEqual([`bytes=${PART_BYTES}-`]);
  });
});
