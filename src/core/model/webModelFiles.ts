// A model's folder on the page's own server, kept in the browser's cache after the first visit.
import { isKindredError } from '../errors.ts';
import { download } from './download.ts';
import type { Fetch } from './download.ts';
import type { ModelFile } from './manifest.ts';
import { verify } from './modelFiles.ts';
import type { ModelFiles, ReadOptions } from './modelFiles.ts';

const CACHE_NAME = 'kindred-models';

export interface WebPorts {
  fetch: Fetch;
  /** Null where the browser has none, as on insecure origins and in some private windows: then nothing is kept. */
  caches: CacheStorage | null;
}

/**
 * `folder` is absolute and ends with a slash. Files are kept under their hash once verified, so a second visit needs no
 * network; the manifest is fetched anew each time and taken from the cache when there is no network.
 */
export function webModelFiles(folder: string, ports: WebPorts = browserPorts()): ModelFiles {
  const { fetch } = ports;

  return {
    place: folder,
    readManifest: (options) => readText(new URL('manifest.json', folder).href, options, ports),
    async read(file, options = {}) {
      const cache = await openCache(ports);
      const key = cacheKey(folder, file);
      const kept = await readKept(cache, key, file);
      if (kept !== null) return { bytes: kept, fromCache: true };
      const address = new URL(file.path, folder).href;
      const bytes = await download(address, { ...options, bytes: file.bytes, fetch });
      await verify(file, bytes);
      await forgetOtherVersions(cache, key);
      await keep(cache, key, bytes);
      return { bytes, fromCache: false };
    },
  };
}

/** True when every one of these files is kept in this browser. Looks at names, not at contents: `read` does that. */
export async function areKept(
  folder: string,
  wanted: readonly ModelFile[],
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<boolean> {
  const cache = await openCache(ports);
  for (const file of wanted) if ((await cache?.match(cacheKey(folder, file))) === undefined) return false;
  return true;
}

/** Forgets every model file kept in this browser. */
export async function clearModelCache(ports: Pick<WebPorts, 'caches'> = browserPorts()): Promise<void> {
  await ports.caches?.delete(CACHE_NAME);
}

function browserPorts(): WebPorts {
  return { fetch: (address, init) => fetch(address, init), caches: typeof caches === 'undefined' ? null : caches };
}

function cacheKey(folder: string, { path, sha256 }: ModelFile): string {
  return `${new URL(path, folder).href}?sha256=${sha256}`;
}

/**
 * A small text that tells what is there: fetched anew each time, and taken from the cache when there is no network.
 * Rejects with `model-missing` or `model-network`.
 */
export async function readText(
  address: string,
  options: ReadOptions = {},
  ports: WebPorts = browserPorts(),
): Promise<string> {
  const cache = await openCache(ports);
  try {
    const bytes = await download(address, { ...options, fetch: ports.fetch });
    await keep(cache, address, bytes);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    const kept = isKindredError(error, 'model-network') ? await cache?.match(address) : undefined;
    if (kept === undefined) throw error;
    return kept.text();
  }
}

async function openCache({ caches }: Pick<WebPorts, 'caches'>): Promise<Cache | null> {
  // Some browsers have the API and refuse its use.
  return caches === null ? null : caches.open(CACHE_NAME).catch(() => null);
}

/** What is kept was verified once, and is again: a disk can fail. */
async function readKept(cache: Cache | null, key: string, file: ModelFile): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await cache?.match(key);
  if (response === undefined) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    await verify(file, bytes);
    return bytes;
  } catch {
    await cache?.delete(key);
    return null;
  }
}

async function keep(cache: Cache | null, key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  // A full disk costs the next visit a download, not this one its model.
  await cache?.put(key, new Response(bytes)).catch(() => undefined);
}

async function forgetOtherVersions(cache: Cache | null, key: string): Promise<void> {
  const path = key.slice(0, key.indexOf('?'));
  for (const request of (await cache?.keys()) ?? []) {
    if (request.url !== key && request.url.startsWith(`${path}?`)) await cache?.delete(request);
  }
}
