// Posts that stand in several places: found when they come in, shown as one, remembered, and taken apart when the author says so.
// Nothing of them is changed or moved: that two are one is a line of the settings, and holds while both are in the library.
import type { CrossPostReason, PostPlace } from '../crossPostApi.ts';
import { isAbort } from '../errors.ts';
import type { PostId } from '../post.ts';
import { crossPostReason } from '../rank/duplicates/crossPost.ts';
import type { SettingsRepository } from '../store/settings.ts';
import type { StoredPost } from '../store/schema.ts';
import type { Parts } from './assemble.ts';
import { pairKey } from './ignoredPairs.ts';
import { nearByWords } from './nearByWords.ts';
import { pause } from '../pause.ts';

export const CROSS_POSTS_KEY = 'posts in several places';

export interface JoinedPosts {
  /** Of each post that is shown as a place of another: that other, and why. */
  joined: [place: PostId, of: PostId, by: CrossPostReason][];
  /** Pairs that the author has taken apart, by `pairKey`. */
  apart: string[];
}

export type CrossPostsPorts = Pick<Parts, 'store' | 'lexical' | 'traits' | 'spaces' | 'duplicates' | 'foreground'> & {
  now: () => number;
  onChange: () => void;
};

/** Work between two looks at what else waits. */
const SLICE_MS = 15;
const POSTS_AT_ONCE = 50;

export class CrossPosts {
  readonly #ports: CrossPostsPorts;
  readonly #settings: SettingsRepository;
  readonly #joined = new Map<PostId, { of: PostId; by: CrossPostReason }>();
  readonly #apart = new Set<string>();
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(ports: CrossPostsPorts) {
    this.#ports = ports;
    this.#settings = ports.store.settings;
  }

  /** Reads what is remembered. */
  async open(): Promise<void> {
    const stored = await this.#settings.get(CROSS_POSTS_KEY, parseJoined);
    this.#joined.clear();
    this.#apart.clear();
    for (const [place, of, by] of stored?.joined ?? []) this.#joined.set(place, { of, by });
    for (const pair of stored?.apart ?? []) this.#apart.add(pair);
  }

  /** Posts that are shown as a place of another. */
  get size(): number {
    return [...this.#joined.keys()].filter((id) => this.isPlace(id)).length;
  }

  /** True for a post that is shown as a place of another. */
  isPlace(id: PostId): boolean {
    // Asked of every post that shares a word with a draft, and true of few.
    return this.#joined.has(id) && this.#has(id) && this.#shownAs(id) !== id;
  }

  /** How many other places each post has, for those that have any. */
  counts(): Map<PostId, number> {
    const counts = new Map<PostId, number>();
    for (const id of this.#joined.keys()) {
      if (!this.isPlace(id)) continue;
      const shown = this.#shownAs(id);
      counts.set(shown, (counts.get(shown) ?? 0) + 1);
    }
    return counts;
  }

  async placesOf(id: PostId): Promise<PostPlace[]> {
    const ids = [...this.#joined.keys()].filter((place) => this.isPlace(place) && this.#shownAs(place) === id);
    return (await this.#ports.store.posts.getMany(ids)).map(({ id: place, post: { url, title, date, source } }) => ({
      id: place,
      url,
      title,
      date,
      source,
      by: this.#joined.get(place)?.by ?? 'words',
    }));
  }

  /** See CrossPostApi. */
  async join(post: PostId, place: PostId, joined: boolean): Promise<void> {
    if (joined) {
      this.#apart.delete(pairKey([post, place]));
      this.#joined.set(place, { of: post, by: 'words' });
    } else {
      this.#apart.add(pairKey([post, place]));
      this.#joined.delete(place);
    }
    await this.#save();
    this.#ports.onChange();
  }

  /** Looks, in the background, whether posts that came in stand elsewhere already. Resolves when it has; never rejects. */
  look(ids: readonly PostId[]): Promise<void> {
    this.#last = this.#last
      .then(() => this.#look(ids, this.#stop.signal))
      .catch((error: unknown) => {
        // A post that could not be read stays by itself; the next import looks again.
        if (!isAbort(error)) this.#ports.onChange();
      });
    return this.#last;
  }

  close(): void {
    this.#stop.abort();
  }

  async #look(ids: readonly PostId[], signal: AbortSignal): Promise<void> {
    const { store, foreground, now } = this.#ports;
    if (!this.#severalSources()) return;
    let found = 0;
    let began = now();
    for (let from = 0; from < ids.length; from += POSTS_AT_ONCE) {
      for (const stored of await store.posts.getMany(ids.slice(from, from + POSTS_AT_ONCE))) {
        signal.throwIfAborted();
        if (now() - began > SLICE_MS) {
          await pause(0, signal);
          await foreground.idle(signal);
          began = now();
        }
        if (await this.#findPlace(stored)) found++;
      }
    }
    if (found === 0) return;
    await this.#save();
    this.#ports.onChange();
  }

  /** A library of one source, as most are, has nothing to look for. */
  #severalSources(): boolean {
    let first: string | null = null;
    for (const { summary } of this.#ports.spaces.current.catalogue.entries()) {
      first ??= summary.source;
      if (summary.source !== first) return true;
    }
    return false;
  }

  async #findPlace(stored: StoredPost): Promise<boolean> {
    const { lexical, traits, duplicates, store } = this.#ports;
    const { id, post } = stored;
    if (this.#joined.has(id)) return false;
    const near = new Set([...nearByWords(lexical, id, post), ...traits.links.atSamePlace(id)] as PostId[]);
    const candidates = [...near].filter((other) => this.#sourceOf(other) !== post.source);
    if (candidates.length === 0) return false;
    const prints = await duplicates.fingerprints([id, ...candidates]);
    const own = prints.get(id);
    for (const other of await store.posts.getMany(candidates)) {
      const print = prints.get(other.id);
      if (own === undefined || print === undefined || this.#apart.has(pairKey([id, other.id]))) continue;
      const judged = duplicates.judge(own, print, false, null);
      const by = crossPostReason(placed(stored), placed(other), judged?.sameWords ?? null);
      if (by === null) continue;
      const [place, of] = isOlder(stored, other) ? [other.id, id] : [id, other.id];
      if (this.#shownAs(of) === place) continue;
      this.#joined.set(place, { of, by });
      return true;
    }
    return false;
  }

  /** The post that stands for this one: itself, where it is in no other place. */
  #shownAs(id: PostId): PostId {
    let shown = id;
    // What was restored may go in a circle.
    const seen = new Set<PostId>();
    for (let next = this.#joined.get(shown); next !== undefined && this.#has(next.of); next = this.#joined.get(shown)) {
      if (seen.has(shown)) return id;
      seen.add(shown);
      shown = next.of;
    }
    return shown;
  }

  #has(id: PostId): boolean {
    return this.#ports.spaces.current.catalogue.get(id) !== undefined;
  }

  #sourceOf(id: PostId): string | null {
    return this.#ports.spaces.current.catalogue.get(id)?.summary.source ?? null;
  }

  async #save(): Promise<void> {
    const joined: JoinedPosts['joined'] = [...this.#joined].map(([place, { of, by }]) => [place, of, by]);
    await this.#settings.put(CROSS_POSTS_KEY, { joined, apart: [...this.#apart] } satisfies JoinedPosts);
  }
}

const placed = ({ post: { source, url, title, date }, words }: StoredPost) => ({ source, url, title, date, words });

/** The earlier one stands for both; without dates, the one that was there first. */
function isOlder(coming: StoredPost, there: StoredPost): boolean {
  return coming.post.date !== null && there.post.date !== null && coming.post.date < there.post.date;
}

const REASONS: readonly CrossPostReason[] = ['address', 'words', 'title'];

export function parseJoined(value: unknown): JoinedPosts | null {
  if (typeof value !== 'object' || value === null) return null;
  const { joined, apart } = value as Partial<Record<keyof JoinedPosts, unknown>>;
  if (!Array.isArray(joined) || !Array.isArray(apart)) return null;
  return {
    joined: joined.flatMap((entry: unknown): JoinedPosts['joined'] => {
      if (!Array.isArray(entry)) return [];
      const [place, of, reason] = entry as unknown[];
      const by = REASONS.find((known) => known === reason);
      if (typeof place !== 'string' || typeof of !== 'string' || by === undefined) return [];
      return [[place as PostId, of as PostId, by]];
    }),
    apart: apart.filter((pair) => typeof pair === 'string'),
  };
}

/** Both together; what either has taken apart stays so. */
export function mergeJoined(here: JoinedPosts, restored: JoinedPosts): JoinedPosts {
  const apart = new Set([...here.apart, ...restored.apart]);
  const joined = new Map([...restored.joined, ...here.joined].map((entry) => [entry[0], entry]));
  return { joined: [...joined.values()].filter(([place, of]) => !apart.has(pairKey([place, of]))), apart: [...apart] };
}
