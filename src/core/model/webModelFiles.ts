// A model's folder on the page's own server, kept in the browser's cache after the first visit.
import { isKindredError } from '../errors.ts';
import { pause } from '../pause.ts';
import { download, downloadText, type DownloadPorts } from './download.ts';
import type { ModelFile, ModelManifest } from './manifest.ts';
import { KeptDestination } from './keptDestination.ts';
import {
  cacheKey,
  forgetWhere,
  hasFirstPart,
  isKept,
  partsOf,
  PartWriter,
  PART_BYTES,
  readBegun,
  readKept,
} from './modelCache.ts';
import { browserEarlyPorts } from './early/protocol.ts';
import { takeEarly } from './early/takeEarly.ts';
import type { ModelFiles, ReadFile, ReadOptions } from './modelFiles.ts';
import { ReceivedFile } from './receivedFile.ts';

const CACHE_NAME = 'kindred-model-parts';
/** Where earlier versions kept whole files. */
const FORMER_CACHE_NAME = 'kindred-models';

export interface WebPorts extends DownloadPorts {
  /** Null where the browser has none, as on insecure origins and in some private windows: then nothing is kept. */
  caches: CacheStorage | null;
}

/**
 * `folder` is absolute and ends with a slash. Files are kept under their hash as they arrive, so a second visit needs no
 * network and an interrupted one goes on where it stood; the manifest is fetched anew each time and taken from the cache when
 * there is no network.
 */
export function webModelFiles(folder: string, ports: WebPorts = browserPorts()): ModelFiles {
  return {
    place: folder,
    readManifest: (options) => readText(new URL('manifest.json', folder).href, options, ports),
    async read(file, options = {}) {
      const cache = await openCache(ports);
      const key = cacheKey(folder, file);
      const kept = cache === null ? null : await readKept(cache, key, file);
      if (kept !== null) {
        options.onProgress?.(file.bytes);
        return { ...kept, fromCache: true, notKept: null };
      }
      return fetchFile({ file, address: new URL(file.path, folder).href, key, cache, ports }, options);
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
  for (const file of wanted) if (cache === null || !(await isKept(cache, cacheKey(folder, file)))) return false;
  return true;
}

/** What is kept of a model's files, in whole or in parts. Looks at names, not at contents. */
export async function keptBytes(
  folder: string,
  manifest: ModelManifest,
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<number> {
  const cache = await openCache(ports);
  if (cache === null) return 0;
  const addresses = (await cache.keys()).map(({ url }) => url);
  return allFiles(manifest).reduce((sum, file) => {
    const begins = partsOf(cacheKey(folder, file));
    const parts = addresses.filter((address) => address.startsWith(begins)).length;
    return sum + Math.min(parts * PART_BYTES, file.bytes);
  }, 0);
}

/** Wherever the model may run. */
function allFiles({ files }: ModelManifest): ModelFile[] {
  const { tokenizer, tokenizerConfig, probes, wasm, webgpu } = files;
  return [tokenizer, tokenizerConfig, probes, wasm, ...(webgpu === null ? [] : [webgpu])];
}

/** True when an earlier visit has left the first part of a file, from where its download goes on. */
export async function isBegun(
  folder: string,
  file: ModelFile,
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<boolean> {
  const cache = await openCache(ports);
  return cache !== null && (await hasFirstPart(cache, cacheKey(folder, file)));
}

/** What `readText` has kept of an address; null where it has nothing. Asks no network. */
export async function keptText(
  address: string,
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<string | null> {
  const cache = await openCache(ports);
  return (await (await cache?.match(address))?.text()) ?? null;
}

/** Forgets what is kept under the folder of a model, an earlier version's files included; those of `keep` stay. */
export async function forgetModel(
  folder: string,
  keep: ModelManifest | null,
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<void> {
  const cache = await openCache(ports);
  if (cache === null) return;
  const stay = keep === null ? [] : allFiles(keep).map((file) => cacheKey(folder, file));
  await forgetWhere(
    cache,
    (address) =>
      address.startsWith(folder) && address.includes('?sha256=') && !stay.some((key) => address.startsWith(key)),
  );
}

/** Forgets the files of models that are no longer in the list: beside `list`, in none of the folders `ids`. */
export async function forgetOthers(
  list: string,
  ids: readonly string[],
  ports: Pick<WebPorts, 'caches'> = browserPorts(),
): Promise<void> {
  await ports.caches?.delete(FORMER_CACHE_NAME).catch(() => false);
  const cache = await openCache(ports);
  if (cache === null) return;
  const beside = new URL('.', list).href;
  const stay = ids.map((id) => new URL(`${id}/`, list).href);
  await forgetWhere(
    cache,
    (address) => address.startsWith(beside) && address !== list && !stay.some((folder) => address.startsWith(folder)),
  );
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
    const text = await downloadText(address, ports.fetch, options);
    await cache?.put(address, new Response(text)).catch(() => undefined);
    return text;
  } catch (error) {
    const kept = isKindredError(error, 'model-network') ? await cache?.match(address) : undefined;
    if (kept === undefined) throw error;
    return kept.text();
  }
}

interface Wanted {
  file: ModelFile;
  address: string;
  key: string;
  cache: Cache | null;
  ports: WebPorts;
}

async function fetchFile(wanted: Wanted, options: ReadOptions): Promise<ReadFile> {
  const into = await takeUp(wanted);
  try {
    return await fetchRest(wanted, into, options);
  } catch (error) {
    // Parts of two versions were joined: it is fetched once more, in one piece, before it is called damaged.
    if (!into.joined || !isKindredError(error, 'model-damaged')) throw error;
    into.restart();
    return fetchRest(wanted, into, options);
  }
}

/** What an earlier attempt has left. */
async function takeUp({ file, key, cache }: Wanted): Promise<KeptDestination> {
  const received = new ReceivedFile(file);
  let validator: string | null = null;
  if (cache === null) return new KeptDestination(received, null, validator);
  for await (const part of readBegun(cache, key, file)) {
    received.append(part.bytes);
    validator = part.validator;
  }
  const writer = new PartWriter(cache, key, file, Math.ceil(received.length / PART_BYTES));
  return new KeptDestination(received, writer, validator);
}

async function fetchRest({ address, ports }: Wanted, into: KeptDestination, options: ReadOptions): Promise<ReadFile> {
  try {
    if (into.length < into.expected) await download(address, into, ports, options);
    return await into.finish();
  } catch (error) {
    if (isKindredError(error, 'model-damaged')) into.discard();
    await into.settled();
    throw error;
  }
}

function browserPorts(): WebPorts {
  return {
    fetch: fetchOrTake,
    wait: (ms, signal) => pause(ms, signal ?? new AbortController().signal),
    online: () => navigator.onLine,
    caches: typeof caches === 'undefined' ? null : caches,
  };
}

/** What the page has begun to fetch is not fetched again; the rest of a file is nobody's but the caller's. */
async function fetchOrTake(address: string, init: RequestInit): Promise<Response> {
  const early = browserEarlyPorts();
  const isWhole = !new Headers(init.headers).has('range');
  const taken =
    early !== null && isWhole ? await takeEarly(address, early, { signal: init.signal ?? undefined }) : null;
  return taken ?? fetch(address, init);
}

async function openCache({ caches }: Pick<WebPorts, 'caches'>): Promise<Cache | null> {
  // Some browsers have the API and refuse its use.
  return caches === null ? null : caches.open(CACHE_NAME).catch(() => null);
}
