// The browser's Cache API in memory: as much of it as the model's files use.

export class FakeCacheStorage implements CacheStorage {
  /** When set, nothing more can be kept. */
  full = false;
  private readonly stored = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();

  /** Of everything kept, over all caches. */
  addresses(): string[] {
    return [...this.stored.values()].flatMap((cache) => [...cache.keys()]);
  }

  overwrite(address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (const cache of this.stored.values()) if (cache.has(address)) cache.set(address, bytes);
    return Promise.resolve();
  }

  open(name: string): Promise<Cache> {
    const entries = this.stored.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    this.stored.set(name, entries);
    const isFull = (): boolean => this.full;
    const cache: Pick<Cache, 'match' | 'put' | 'delete' | 'keys'> = {
      match(request) {
        const bytes = entries.get(addressOf(request));
        return Promise.resolve(bytes === undefined ? undefined : new Response(bytes));
      },
      async put(request, response) {
        if (isFull()) throw new DOMException('no room', 'QuotaExceededError');
        entries.set(addressOf(request), new Uint8Array(await response.arrayBuffer()));
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

  match(): Promise<Response | undefined> {
    return Promise.resolve(undefined);
  }
}

function addressOf(request: RequestInfo | URL): string {
  if (typeof request === 'string') return request;
  return request instanceof URL ? request.href : request.url;
}
