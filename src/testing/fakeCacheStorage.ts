// The browser's Cache API in memory: as much of it as the model's files use.

interface Entry {
  bytes: Uint8Array<ArrayBuffer>;
  headers: Headers;
}

export class FakeCacheStorage implements CacheStorage {
  /** When set, nothing more can be kept. */
  full = false;
  private readonly stored = new Map<string, Map<string, Entry>>();

  /** Of everything kept, over all caches. */
  addresses(): string[] {
    return [...this.stored.values()].flatMap((cache) => [...cache.keys()]);
  }

  overwrite(address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (const cache of this.stored.values()) {
      const entry = cache.get(address);
      if (entry !== undefined) cache.set(address, { ...entry, bytes });
    }
    return Promise.resolve();
  }

  open(name: string): Promise<Cache> {
    const entries = this.stored.get(name) ?? new Map<string, Entry>();
    this.stored.set(name, entries);
    const isFull = (): boolean => this.full;
    const cache: Pick<Cache, 'match' | 'put' | 'delete' | 'keys'> = {
      match(request) {
        const entry = entries.get(addressOf(request));
        return Promise.resolve(entry === undefined ? undefined : new Response(entry.bytes, { headers: entry.headers }));
      },
      async put(request, response) {
        if (isFull()) throw new DOMException('no room', 'QuotaExceededError');
        const { headers } = response;
        entries.set(addressOf(request), { bytes: new Uint8Array(await response.arrayBuffer()), headers });
      },
      delete: (request) => Promise.resolve(entries.delete(addressOf(request))),
      keys: () => Promise.resolve([...entries.keys()].map((address) => new Request(address))),
    };
    return Promise.resolve(cache as Cache);
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.stored.delete(name));
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.stored.has(name));
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.stored.keys()]);
  }

  /** The first of any cache, in the order in which they were opened. */
  match(request: RequestInfo | URL): Promise<Response | undefined> {
    for (const cache of this.stored.values()) {
      const entry = cache.get(addressOf(request));
      if (entry !== undefined) return Promise.resolve(new Response(entry.bytes, { headers: entry.headers }));
    }
    return Promise.resolve(undefined);
  }
}

function addressOf(request: RequestInfo | URL): string {
  if (typeof request === 'string') return request;
  return request instanceof URL ? request.href : request.url;
}
