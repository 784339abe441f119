// Keeps the runtime's files that this device uses, so that the model starts without a network.
import { RUNTIME_CACHE } from './shell.ts';

/** What the build calls the runtime's script, glue and binary. */
const RUNTIME_FILE = /\/assets\/ort[.-][^/]*\.(?:js|mjs|wasm)$/;

/**
 * Follows what this worker fetches. The browser's own cache has each file already, so that keeping it costs no second download;
 * where nothing can be kept, nothing is.
 */
export function keepRuntime(): void {
  if (typeof caches === 'undefined') return;
  const keep = (address: string): Promise<void> =>
    caches
      .open(RUNTIME_CACHE)
      .then(async (cache) => {
        if ((await cache.match(address)) === undefined) await cache.add(new Request(address, { cache: 'force-cache' }));
      })
      .catch(() => undefined);
  let turn = Promise.resolve();
  new PerformanceObserver((entries) => {
    for (const { name } of entries.getEntries()) if (RUNTIME_FILE.test(name)) turn = turn.then(() => keep(name));
  }).observe({ type: 'resource', buffered: true });
}
