// Every way that a download goes well or badly, against a fake network and a fake cache.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeCacheStorage } from '../../testing/fakeCacheStorage.ts';
import type { Fetch } from './download.ts';
import type { ModelManifest } from './manifest.ts';
import { sha256 } from './modelFiles.ts';
import {
  areKept,
  forgetModel,
  forgetOthers,
  isBegun,
  keptBytes,
  keptText,
  readText,
  webModelFiles,
  type WebPorts,
} from './webModelFiles.ts';

const FOLDER = 'https://example.org/models/tiny/';
const CONTENT = new TextEncoder().encode('the weights of a model, as bytes');
const FILE = { path: 'model.onnx', bytes: CONTENT.length, sha256: await sha256(CONTENT) };

const respond =
  (body: BodyInit | null, init: ResponseInit = {}): Fetch =>
  () =>
    Promise.resolve(new Response(body, { headers: { 'content-type': 'application/octet-stream' }, ...init }));

/** Arrives in the parts given, then breaks off if told to. */
function parts(lengths: number[], broken = false): Fetch {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const length = lengths.shift();
      if (length !== undefined) controller.enqueue(CONTENT.slice(at, (at += length)));
      else if (broken) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
  return respond(body);
}

const offline: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

let caches: FakeCacheStorage;
beforeEach(() => {
  caches = new FakeCacheStorage();
});

/** Waits nowhere. */
const ports = (fetch: Fetch, storage: CacheStorage | null = caches): WebPorts => ({
  fetch,
  caches: storage,
  online: () => true,
  wait: () => Promise.resolve(),
});
const files = (fetch: Fetch, storage: CacheStorage | null = caches) => webModelFiles(FOLDER, ports(fetch, storage));
const kept = (): string[] => caches.addresses().map((address) => address.replace(FOLDER, ''));

describe('a model file', () => {
  test('is fetched from the folder with progress and verified', async () => {
    const fetch = vi.fn(parts([10, 12, CONTENT.length - 22]));
    const progress: number[] = [];
    const read = await files(fetch).read(FILE, { onProgress: (bytes) => progress.push(bytes) });
    expect(read).toMatchObject({ bytes: CONTENT, fromCache: false, notKept: null });
    expect(progress).toEqual([0, 10, 22, CONTENT.length]);
    expect(fetch.mock.calls[0]?.[0]).toBe('https://example.org/models/tiny/model.onnx');
  });

  test('comes from the cache the second time, without network', async () => {
    await files(respond(CONTENT)).read(FILE);
    expect(await files(offline).read(FILE)).toMatchObject({ bytes: CONTENT, fromCache: true });
  });

  test('is fetched each time where there is no cache, or where it refuses', async () => {
    const unkept = { bytes: CONTENT, notKept: 'refused' };
    expect(await files(respond(CONTENT), null).read(FILE)).toMatchObject(unkept);
    const refusing = new FakeCacheStorage();
    refusing.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
    expect(await files(respond(CONTENT), refusing).read(FILE)).toMatchObject(unkept);
  });

  test('is used even when the disk is too full to keep it', async () => {
    caches.full = true;
    expect(await files(respond(CONTENT)).read(FILE)).toMatchObject({ bytes: CONTENT, notKept: 'full' });
    expect(kept()).toEqual([]);
  });

  test('that has rotted in the cache is fetched again', async () => {
    await files(respond(CONTENT)).read(FILE);
    await caches.overwrite(
      `${FOLDER}model.onnx?sha256=${FILE.sha256}&part=0`,
      CONTENT.map((byte) => byte ^ 1),
    );
    expect(await files(respond(CONTENT)).read(FILE)).toMatchObject({ bytes: CONTENT, fromCache: false });
    expect((await files(offline).read(FILE)).fromCache).toBe(true);
  });

  const altered = CONTENT.map((byte, at) => (at === 5 ? byte ^ 1 : byte));
  const long = new Uint8Array([...CONTENT, 0, 0, 0]);
  const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };
  test.each<[string, string, RegExp, Fetch]>([
    ['cut short', 'model-truncated', /ended after 20 of 32 bytes.*try again/, respond(CONTENT.slice(0, 20))],
    ['empty', 'model-truncated', /ended after 0 of 32 bytes/, respond(null)],
    ['altered', 'model-damaged', /altered.*try again/, respond(altered)],
    ['too long', 'model-damaged', /altered/, respond(long)],
    ['missing', 'model-missing', /answers 404.*published/, respond('no', { status: 404 })],
    ['answered with a page', 'model-missing', /web page.*published/, respond('<!doctype html>', html)],
    ['refused by the server', 'model-network', /answers 503.*try again/, respond('busy', { status: 503 })],
    ['out of reach', 'model-network', /no answer.*connection/, offline],
    ['broken off', 'model-network', /broke off.*connection/, parts([10, 5], true)],
  ])('%s is %s, names itself and the remedy, and is not kept', async (_what, code, message, fetch) => {
    const error: unknown = await files(fetch)
      .read(FILE)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect((error as Error).message).toContain('model.onnx');
    expect(kept()).toEqual([]);
  });

  test('stops downloading when aborted, with the reason', async () => {
    const controller = new AbortController();
    const fetch: Fetch = (_address, init) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const reading = files(fetch).read(FILE, { signal: controller.signal });
    controller.abort('page closed');
    await expect(reading).rejects.toBe('page closed');
  });
});

describe('the manifest', () => {
  test('is fetched anew, and from the cache only without network', async () => {
    expect(await files(respond('{"a":1}')).readManifest()).toBe('{"a":1}');
    expect(await files(respond('{"a":2}')).readManifest()).toBe('{"a":2}');
    expect(await files(offline).readManifest()).toBe('{"a":2}');
  });

  test('that is gone is missing, whatever is kept', async () => {
    await files(respond('{"a":1}')).readManifest();
    await expect(files(respond('', { status: 404 })).readManifest()).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('without network and never seen is a network error', async () => {
    await expect(files(offline).readManifest()).rejects.toMatchObject({ code: 'model-network' });
  });
});

describe('what is forgotten', () => {
  const read = async (path: string, text: string, folder = FOLDER) => {
    const bytes = new TextEncoder().encode(text);
    const file = { path, bytes: bytes.length, sha256: await sha256(bytes) };
    await webModelFiles(folder, ports(respond(bytes))).read(file);
    return file;
  };

  test('an earlier version of a model’s files, when a later one is known', async () => {
    await read('model.onnx', 'old weights');
    const [wasm, small] = [await read('model.onnx', 'new weights'), await read('tokenizer.json', '{}')];
    await files(respond('{}')).readManifest();
    const network = { ...wasm, format: 'int8', probeTolerance: 0.9 } as const;
    const manifest = { tokenizer: small, tokenizerConfig: small, probes: small, wasm: network, webgpu: null };
    await forgetModel(FOLDER, { files: manifest } as unknown as ModelManifest, { caches });
    expect(await areKept(FOLDER, [wasm, small], { caches })).toBe(true);
    expect(kept().sort()).toEqual(
      [wasm, small]
        .flatMap(({ path, sha256: hash }) => [`${path}?sha256=${hash}`, `${path}?sha256=${hash}&part=0`])
        .concat('manifest.json')
        .sort(),
    );
  });

  test('everything of a model that is no longer in the list', async () => {
    const other = 'https://example.org/models/other/';
    const [stays, goes] = [await read('model.onnx', 'weights'), await read('model.onnx', 'more weights', other)];
    await readText('https://example.org/models/models.json', {}, ports(respond('[]')));
    await forgetOthers('https://example.org/models/models.json', ['tiny'], { caches });
    expect(await areKept(FOLDER, [stays], { caches })).toBe(true);
    expect(await areKept(other, [goes], { caches })).toBe(false);
    expect(await readText('https://example.org/models/models.json', {}, ports(offline))).toBe('[]');
  });
});

describe('the files of a model', () => {
  test('are kept when every one is, whatever the network', async () => {
    const other = { ...FILE, path: 'other.json' };
    expect(await areKept(FOLDER, [FILE], { caches })).toBe(false);
    await files(respond(CONTENT)).read(FILE);
    expect(await areKept(FOLDER, [FILE], { caches })).toBe(true);
    expect(await areKept(FOLDER, [FILE, other], { caches })).toBe(false);
    expect(await areKept(FOLDER, [{ ...FILE, sha256: 'another' }], { caches })).toBe(false);
    expect(await areKept(FOLDER, [FILE], { caches: null })).toBe(false);
  });
});

describe('a small text', () => {
  const LIST = 'https://example.org/models/models.json';

  test('is fetched anew, and comes from the cache only without a network', async () => {
    expect(await readText(LIST, {}, ports(respond('one')))).toBe('one');
    expect(await readText(LIST, {}, ports(respond('two')))).toBe('two');
    expect(await readText(LIST, {}, ports(offline))).toBe('two');
  });

  test('that is not there is an error, whatever the cache has', async () => {
    await readText(LIST, {}, ports(respond('one')));
    const gone = readText(LIST, {}, ports(respond(null, { status: 404 })));
    await expect(gone).rejects.toMatchObject({ code: 'model-missing' });
  });
});

describe('what is kept of a model', () => {
  const MEGABYTE = 1 << 20;

  test('is the sum of its files, in whole or in part, until it is forgotten', async () => {
    const big = Uint8Array.from({ length: 2 * MEGABYTE + 100 }, (_, at) => at % 253);
    const file = async (path: string, bytes: Uint8Array<ArrayBuffer>) => ({
      path,
      bytes: bytes.length,
      sha256: await sha256(bytes),
    });
    const small = await file('tokenizer.json', CONTENT);
    const network = await file('model.onnx', big);
    const manifest = {
      files: { tokenizer: small, tokenizerConfig: small, probes: small, wasm: network, webgpu: null },
    } as unknown as ModelManifest;
    const bytes = () => keptBytes(FOLDER, { ...manifest, files: { ...manifest.files } }, { caches });
    expect(await bytes()).toBe(0);
    await files(respond(CONTENT)).read(small);
    // Named three times here.
    expect(await bytes()).toBe(3 * CONTENT.length);
    expect(await isBegun(FOLDER, network, { caches })).toBe(false);

    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulled++ === 0) controller.enqueue(big.slice(0, MEGABYTE + 5));
        else controller.error(new TypeError('network error'));
      },
    });
    let asked = 0;
    const breaking: Fetch = (...given) => (asked++ === 0 ? respond(body)(...given) : offline(...given));
    await expect(files(breaking).read(network)).rejects.toMatchObject({ code: 'model-network' });
    expect(await isBegun(FOLDER, network, { caches })).toBe(true);
    expect(await bytes()).toBe(3 * CONTENT.length + MEGABYTE);
    await files(respond(big)).read(network);
    expect(await bytes()).toBe(3 * CONTENT.length + big.length);
    await forgetModel(FOLDER, null, { caches });
    expect(await bytes()).toBe(0);
    expect(await isBegun(FOLDER, network, { caches })).toBe(false);
  });

  test('of a text is what was read last, without a network', async () => {
    const address = `${FOLDER}manifest.json`;
    expect(await keptText(address, { caches })).toBeNull();
    await readText(address, {}, ports(respond('{"id":"tiny"}')));
    expect(await keptText(address, { caches })).toBe('{"id":"tiny"}');
  });
});
