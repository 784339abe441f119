// Which posts of a library link to which, changed one post at a time, in whatever order they come.
import { parseAddress, type Address } from './address.ts';

/** What a post says of itself and of others. */
export interface LinkingPost {
  id: string;
  /** Absolute address or site path, or null. */
  url: string | null;
  links: readonly { href: string }[];
}

interface Node {
  own: Address | null;
  /** Distinct, those of the post itself left out. */
  links: Address[];
}

/** Things by an address, or by its path where one side is known by its path only. */
class Places {
  readonly #byAddress = new Map<string, Set<string>>();
  readonly #byPath = new Map<string, Set<string>>();

  add(post: string, { host, path }: Address): void {
    collect(this.#byAddress, (host ?? '') + path, post);
    collect(this.#byPath, path, post);
  }

  remove(post: string, { host, path }: Address): void {
    release(this.#byAddress, (host ?? '') + path, post);
    release(this.#byPath, path, post);
  }

  /** Everything at an address: without a host it is that path on any. */
  *at({ host, path }: Address): Iterable<string> {
    if (host === null) {
      yield* this.#byPath.get(path) ?? [];
      return;
    }
    yield* this.#byAddress.get(host + path) ?? [];
    yield* this.#byAddress.get(path) ?? [];
  }
}

export class LinkGraph {
  readonly #nodes = new Map<string, Node>();
  /** Posts by their own address, and by the addresses that they link to. */
  readonly #posts = new Places();
  readonly #linking = new Places();

  /** Adds a post, in place of what was there under the same id. */
  put({ id, url, links }: LinkingPost): void {
    this.remove(id);
    const own = url === null ? null : parseAddress(url);
    const node: Node = { own, links: distinctAddresses(links, url, own) };
    this.#nodes.set(id, node);
    if (own !== null) this.#posts.add(id, own);
    for (const link of node.links) this.#linking.add(id, link);
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(id: string): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    if (node.own !== null) this.#posts.remove(id, node.own);
    for (const link of node.links) this.#linking.remove(id, link);
    this.#nodes.delete(id);
  }

  /** Posts that link to a post, each once. */
  linkingTo(id: string): ReadonlySet<string> {
    const own = this.#nodes.get(id)?.own ?? null;
    const found = new Set(own === null ? [] : this.#linking.at(own));
    found.delete(id);
    return found;
  }

  /** Posts that a post links to, each once. */
  linkedFrom(id: string): ReadonlySet<string> {
    const found = new Set((this.#nodes.get(id)?.links ?? []).flatMap((link) => [...this.#posts.at(link)]));
    found.delete(id);
    return found;
  }
}

function distinctAddresses(links: LinkingPost['links'], url: string | null, own: Address | null): Address[] {
  const found = new Map<string, Address>();
  for (const { href } of links) {
    const address = parseAddress(href, url);
    if (address === null || (address.host === own?.host && address.path === own.path)) continue;
    found.set((address.host ?? '') + address.path, address);
  }
  return [...found.values()];
}

function collect(sets: Map<string, Set<string>>, key: string, post: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([post]));
  else set.add(post);
}

function release(sets: Map<string, Set<string>>, key: string, post: string): void {
  const set = sets.get(key);
  set?.delete(post);
  if (set?.size === 0) sets.delete(key);
}
