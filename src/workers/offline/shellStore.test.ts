// What the service worker answers, and what it keeps, against a fake network and a fake cache.
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeCacheStorage } from '../../testing/fakeCacheStorage.ts';
import { RUNTIME_CACHE, shellCache, type Shell } from './shell.ts';
import { ShellStore } from './shellStore.ts';

const SCOPE = 'https://example.org/blog/';
const HTML = '<!doctype html><script src="/blog/assets/page-1.js"></script>';
const shell: Shell = {
  version: 'one',
  files: ['', 'assets/page-1.js', 'models/models.json'],
  entry: 'assets/page-1.js',
  runtime: ['assets/ort-1.wasm', 'assets/ort-1.mjs'],
  headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Content-Security-Policy': "connect-src 'self'" },
};

let caches: FakeCacheStorage;
let site: Map<string, Response>;
let asked: string[];
beforeEach(() => {
  caches = new FakeCacheStorage();
  asked = [];
  const script = { headers: { 'content-type': 'text/javascript' } };
  site = new Map([
    ['', new Response(HTML, { headers: { 'content-type': 'text/html' } })],
    ['assets/page-1.js', new Response('page', script)],
    ['models/models.json', Response.json([])],
    ['assets/ort-1.mjs', new Response('glue', script)],
    ['assets/ort-1.wasm', new Response('binary', { headers: { 'content-type': 'application/wasm' } })],
  ]);
});

const storeOf = (given: Shell = shell): ShellStore =>
  new ShellStore(given, {
    scope: SCOPE,
    caches,
    fetch: ({ url }) => {
      const path = url.slice(SCOPE.length);
      asked.push(path);
      return Promise.resolve(site.get(path)?.clone() ?? new Response('', { status: 404 }));
    },
  });

const get = (path: string): Request => new Request(SCOPE + path);
/** Node's requests can't be navigations. */
const navigation = (path: string): Request => ({ url: SCOPE + path, method: 'GET', mode: 'navigate' }) as Request;

describe('a version', () => {
  test('answers for the page and its files without a network once it is kept, with the headers', async () => {
    const store = storeOf();
    await store.install();
    site.clear();
    for (const request of [
      navigation(''),
      navigation('index.html'),
      get('assets/page-1.js'),
      get('models/models.json'),
    ]) {
      const response = await store.answer(request);
      expect(response?.status).toBe(200);
      expect(response?.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    }
    expect(asked).toHaveLength(shell.files.length);
  });

  test.each([
    ['a file is missing', () => site.delete('models/models.json')],
    [
      'a web page is in a file’s place',
      () => site.set('assets/page-1.js', new Response('', { headers: { 'content-type': 'text/html' } })),
    ],
    [
      'the page is of another version',
      () => site.set('', new Response('<p>', { headers: { 'content-type': 'text/html' } })),
    ],
  ])('is not kept at all when %s', async (_what, spoil) => {
    spoil();
    await expect(storeOf().install()).rejects.toThrow(SCOPE);
    expect(await caches.has(shellCache('one'))).toBe(false);
  });

  test('leaves the rest to the network: models, other addresses, other methods, other pages', () => {
    const store = storeOf();
    expect(store.answer(get('models/quick/model.onnx'))).toBeNull();
    expect(store.answer(new Request('https://example.org/other.js'))).toBeNull();
    expect(store.answer(new Request(SCOPE, { method: 'POST' }))).toBeNull();
    expect(store.answer(navigation('models/quick/README.md'))).toBeNull();
  });

  test('forgets the others, and runtimes that it does not use', async () => {
    await storeOf({ ...shell, version: 'zero' }).install();
    const runtime = await caches.open(RUNTIME_CACHE);
    await runtime.put(`${SCOPE}assets/ort-0.wasm`, new Response('old'));
    await runtime.put(`${SCOPE}assets/ort-1.wasm`, new Response('binary'));
    const store = storeOf();
    await store.install();
    await store.forgetOthers();
    expect(await caches.keys()).toEqual([RUNTIME_CACHE, shellCache('one')]);
    expect(caches.addresses().filter((address) => address.includes('ort'))).toEqual([`${SCOPE}assets/ort-1.wasm`]);
  });
});

describe('a file with its hash in its name', () => {
  test('of an older page comes from what is kept of its version', async () => {
    const older = { ...shell, version: 'zero', files: ['', 'assets/page-0.js'], entry: 'page-1' };
    site.set('assets/page-0.js', new Response('older page', { headers: { 'content-type': 'text/javascript' } }));
    await storeOf(older).install();
    const store = storeOf();
    await store.install();
    site.clear();
    expect(await (await store.answer(get('assets/page-0.js')))?.text()).toBe('older page');
  });

  test('of the runtime is kept when it is used, and fetched once however many ask', async () => {
    const store = storeOf();
    const first = await store.answer(get('assets/ort-1.wasm'));
    const second = await store.answer(get('assets/ort-1.wasm'));
    expect([await first?.text(), await second?.text()]).toEqual(['binary', 'binary']);
    expect(asked).toEqual(['assets/ort-1.wasm']);
    const glue = await store.answer(get('assets/ort-1.mjs'));
    expect(glue?.headers.get('Content-Security-Policy')).toBe("connect-src 'self'");
  });
});

test('headers of the host stay, and its policy holds beside ours', async () => {
  site.set(
    '',
    new Response(HTML, {
      headers: {
        'content-type': 'text/html',
        'Content-Security-Policy': "img-src 'none'",
        'Cross-Origin-Embedder-Policy': 'credentialless',
      },
    }),
  );
  const store = storeOf();
  await store.install();
  const page = await store.answer(navigation(''));
  expect(page?.headers.get('Content-Security-Policy')).toBe("img-src 'none', connect-src 'self'");
  expect(page?.headers.get('Cross-Origin-Embedder-Policy')).toBe('credentialless');
});
