// The page's files in the browser's Cache API: one cache for each version, and the runtime's files in one of their own.
import { isShellCache, RUNTIME_CACHE, shellCache, type Shell } from './shell.ts';
import { withHeaders } from './withHeaders.ts';

export interface ShellPorts {
  /** Address of the page, ending with a slash. */
  scope: string;
  caches: CacheStorage;
  fetch: (request: Request) => Promise<Response>;
}

export class ShellStore {
  readonly #shell: Shell;
  readonly #ports: ShellPorts;
  readonly #files: ReadonlySet<string>;
  readonly #runtime: ReadonlySet<string>;
  readonly #keeping = new Map<string, Promise<void>>();

  constructor(shell: Shell, ports: ShellPorts) {
    this.#shell = shell;
    this.#ports = ports;
    this.#files = new Set(shell.files);
    this.#runtime = new Set(shell.runtime);
  }

  /** Fetches every file of this version. Rejects, and keeps none, when one is missing or of another version. */
  async install(): Promise<void> {
    const { caches } = this.#ports;
    const name = shellCache(this.#shell.version);
    const cache = await caches.open(name);
    try {
      await Promise.all(this.#shell.files.map(async (path) => cache.put(this.#address(path), await this.#fetch(path))));
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  }

  /** Forgets other versions, and runtimes that this one does not use. Only when no page of another version is open. */
  async forgetOthers(): Promise<void> {
    const { caches } = this.#ports;
    const own = shellCache(this.#shell.version);
    for (const name of await caches.keys()) if (isShellCache(name) && name !== own) await caches.delete(name);
    const runtime = await caches.open(RUNTIME_CACHE);
    for (const { url } of await runtime.keys()) if (!this.#runtime.has(this.#path(url))) await runtime.delete(url);
  }

  /** What answers a request, or null where the network does, untouched. */
  answer(request: Request): Promise<Response> | null {
    const path = this.#path(request.url);
    if (request.method !== 'GET' || path.includes('..')) return null;
    if (request.mode === 'navigate') return path === '' || path === 'index.html' ? this.#page(request) : null;
    if (this.#files.has(path)) return this.#own(path, request);
    // A file of another version, or of the runtime: its name has its hash, so any copy is the right one.
    return path.startsWith('assets/') ? this.#hashed(request) : null;
  }

  #page(request: Request): Promise<Response> {
    return this.#own('', request);
  }

  async #own(path: string, request: Request): Promise<Response> {
    const cache = await this.#ports.caches.open(shellCache(this.#shell.version));
    // Kept with its headers already.
    return (await cache.match(this.#address(path))) ?? this.#fromNetwork(request);
  }

  async #hashed(request: Request): Promise<Response> {
    // Whoever asks for it while it is being kept waits for that, not for the network.
    await this.#keeping.get(request.url);
    const kept = await this.#ports.caches.match(request.url);
    const response = kept ?? (await this.#ports.fetch(request));
    if (kept === undefined && response.status === 200 && this.#runtime.has(this.#path(request.url)))
      this.#keep(request.url, response.clone());
    // Bytes that no thread begins with need no headers, and are compiled as they stream.
    return request.url.endsWith('.wasm') ? response : withHeaders(response, this.#shell.headers);
  }

  #keep(address: string, response: Response): void {
    const keeping = this.#ports.caches
      .open(RUNTIME_CACHE)
      .then((cache) => cache.put(address, response))
      .catch(() => undefined)
      .finally(() => this.#keeping.delete(address));
    this.#keeping.set(address, keeping);
  }

  async #fromNetwork(request: Request): Promise<Response> {
    return withHeaders(await this.#ports.fetch(request), this.#shell.headers);
  }

  async #fetch(path: string): Promise<Response> {
    const address = this.#address(path);
    // What has its hash in its name never changes; the rest is asked for anew.
    const cache = path.startsWith('assets/') ? 'default' : 'no-cache';
    const response = await this.#ports.fetch(new Request(address, { cache }));
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (!response.ok || isPage !== (path === '')) throw new Error(`${address} is not there: ${response.status}.`);
    if (path === '' && !(await response.clone().text()).includes(this.#shell.entry))
      throw new Error(`${address} is of another version than its service worker.`);
    return withHeaders(response, this.#shell.headers);
  }

  #address(path: string): string {
    return new URL(path, this.#ports.scope).href;
  }

  /** Relative to the page; `..` for an address outside. */
  #path(address: string): string {
    const { origin, pathname } = new URL(address);
    const full = origin + pathname;
    return full.startsWith(this.#ports.scope) ? full.slice(this.#ports.scope.length) : '..';
  }
}
