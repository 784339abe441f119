// Which posts of a library link to which, changed one post at a time, in whatever order they come.
import { parseAddress, type Address } from './address.ts';

/** What a post says of itself and of others. */
export interface LinkingPost {
  id: string;
  /** Absolute address or site path, or null. */
  url: string | null;
  links: readonly { href: string }[];
}

/** An address to look up by. */
interface Place {
  /** Host and path, or the path alone. */
  key: string;
  path: string;
  hosted: boolean;
}

interface Node {
  own: Place | null;
  /** Distinct, those of the post itself left out. */
  links: Place[];
}

/** Posts by a place, or by its path where one side is known by its path only. */
class Places {
  readonly #byKey = new Map<string, Set<string>>();
  readonly #byPath = new Map<string, Set<string>>();

  add(post: string, { key, path }: Place): void {
    collect(this.#byKey, key, post);
    collect(this.#byPath, path, post);
  }

  remove(post: string, { key, path }: Place): void {
    release(this.#byKey, key, post);
    release(this.#byPath, path, post);
  }

  /** Adds every post at a place to `found`: without a host it is that path on any. */
  gather({ key, path, hosted }: Place, found: Set<string>): void {
    for (const post of (hosted ? this.#byKey : this.#byPath).get(key) ?? NONE) found.add(post);
    if (hosted) for (const post of this.#byKey.get(path) ?? NONE) found.add(post);
  }
}

const NONE: readonly string[] = [];

export class LinkGraph {
  readonly #nodes = new Map<string, Node>();
  /** Posts by their own address, and by the addresses that they link to. */
  readonly #posts = new Places();
  readonly #linking = new Places();
  /** What was looked up since the graph last changed: one answer's candidates are mostly those of the next. */
  readonly #to = new Map<string, ReadonlySet<string>>();
  readonly #from = new Map<string, ReadonlySet<string>>();

  /** Adds a post, in place of what was there under the same id. */
  put({ id, url, links }: LinkingPost): void {
    this.remove(id);
    const own = toPlace(url === null ? null : parseAddress(url));
    const node: Node = { own, links: distinctPlaces(links, url, own) };
    this.#nodes.set(id, node);
    this.#forget();
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
    this.#forget();
  }

  /** Other posts with the address of a post. */
  atSamePlace(id: string): ReadonlySet<string> {
    const own = this.#nodes.get(id)?.own ?? null;
    const found = new Set<string>();
    if (own?.hosted === true) this.#posts.gather(own, found);
    found.delete(id);
    return found;
  }

  /** Posts that link to a post, each once. */
  linkingTo(id: string): ReadonlySet<string> {
    const known = this.#to.get(id);
    if (known !== undefined) return known;
    const own = this.#nodes.get(id)?.own ?? null;
    const found = new Set<string>();
    if (own !== null) this.#linking.gather(own, found);
    found.delete(id);
    this.#to.set(id, found);
    return found;
  }

  /** Posts that a post links to, each once. */
  linkedFrom(id: string): ReadonlySet<string> {
    const known = this.#from.get(id);
    if (known !== undefined) return known;
    const found = new Set<string>();
    for (const link of this.#nodes.get(id)?.links ?? []) this.#posts.gather(link, found);
    found.delete(id);
    this.#from.set(id, found);
    return found;
  }

  #forget(): void {
    this.#to.clear();
    this.#from.clear();
  }
}

function toPlace(address: Address | null): Place | null {
  if (address === null) return null;
  const { host, path } = address;
  return { key: (host ?? '') + path, path, hosted: host !== null };
}

function distinctPlaces(links: LinkingPost['links'], url: string | null, own: Place | null): Place[] {
  const found = new Map<string, Place>();
  for (const { href } of links) {
    const place = toPlace(parseAddress(href, url));
    if (place !== null && place.key !== own?.key) found.set(place.key, place);
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
