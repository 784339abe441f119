// The report over the whole library: which posts say the same, and what may be done about it.
import type { CompetingPair, CompetingPost, CompetingProgress, CompetingReport } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import { adviseOn } from '../rank/duplicates/advice.ts';
import { meaningBetween } from '../rank/duplicates/meaning.ts';
import type { NearDuplicate } from '../rank/duplicates/judge.ts';
import { onScale } from '../search/fusion.ts';
import type { Parts } from './assemble.ts';
import { IgnoredPairs, pairKey, pairOf } from './ignoredPairs.ts';
import { nearByWords } from './nearByWords.ts';
import { pause } from '../pause.ts';

export type CompetingPorts = Pick<
  Parts,
  'store' | 'lexical' | 'traits' | 'spaces' | 'duplicates' | 'foreground' | 'crossPosts'
> & {
  now: () => number;
};

/** Work between two looks at what else waits. */
const SLICE_MS = 15;
const PROGRESS_EVERY_MS = 100;
/** Posts whose words and fingerprints are in memory together. */
const POSTS_AT_ONCE = 100;
export class Competing {
  readonly #ports: CompetingPorts;
  readonly #ignored: IgnoredPairs;

  constructor(ports: CompetingPorts) {
    this.#ports = ports;
    this.#ignored = new IgnoredPairs(ports.store.settings);
  }

  ignore(pair: readonly [PostId, PostId], ignored: boolean): Promise<void> {
    return this.#ignored.set(pair, ignored);
  }

  async ignored(): Promise<[PostId, PostId][]> {
    return [...(await this.#ignored.all())].flatMap((key) => {
      const pair = pairOf(key);
      return pair === null ? [] : [pair];
    });
  }

  /** Rejects with the signal's reason when aborted. Posts that come meanwhile may be missing. */
  async find(signal: AbortSignal, onProgress: (progress: CompetingProgress) => void): Promise<CompetingReport> {
    const { spaces, crossPosts, now } = this.#ports;
    // A post and its other places are one already.
    const ids = [...spaces.current.catalogue.ids()].filter((id) => !crossPosts.isPlace(id));
    const started = now();
    const turn = this.#turns(signal);
    let told = -Infinity;
    const tell = (postsDone: number): void => {
      if (now() - told < PROGRESS_EVERY_MS && postsDone < ids.length) return;
      told = now();
      onProgress({ postsDone, postsTotal: ids.length, elapsedMs: told - started });
    };
    const ignored = await this.#ignored.all();
    const seen = new Set<string>();
    const pairs: CompetingPair[] = [];
    tell(0);
    for (let from = 0; from < ids.length; from += POSTS_AT_ONCE) {
      const stored = await this.#ports.store.posts.getMany(ids.slice(from, from + POSTS_AT_ONCE));
      for (const [at, { id, post }] of stored.entries()) {
        await turn();
        const others = nearByWords(this.#ports.lexical, id, post).filter(
          (other) => !seen.has(pairKey([id, other])) && !crossPosts.isPlace(other),
        );
        for (const other of others) seen.add(pairKey([id, other]));
        if (others.length > 0) pairs.push(...(await this.#judge(id, others, ignored)));
        tell(Math.min(ids.length, from + at + 1));
      }
    }
    tell(ids.length);
    pairs.sort((a, b) => b.sameWords - a.sameWords || (a.posts[0].title < b.posts[0].title ? -1 : 1));
    return { pairs, posts: ids.length };
  }

  /** Gives way to whatever else the worker is asked, and to what the author waits for. */
  #turns(signal: AbortSignal): () => Promise<void> {
    const { foreground, now } = this.#ports;
    let began = now();
    return async () => {
      signal.throwIfAborted();
      if (now() - began < SLICE_MS) return;
      await pause(0, signal);
      await foreground.idle(signal);
      began = now();
    };
  }

  async #judge(id: PostId, others: readonly PostId[], ignored: ReadonlySet<string>): Promise<CompetingPair[]> {
    const { duplicates, traits } = this.#ports;
    const prints = await duplicates.fingerprints([id, ...others]);
    return others.flatMap((other) => {
      const [newer, older] = this.#inOrder(id, other);
      const [first, second] = [prints.get(newer), prints.get(older)];
      if (first === undefined || second === undefined) return [];
      const apart = (traits.get(newer)?.day ?? null) !== (traits.get(older)?.day ?? null);
      const judged = duplicates.judge(first, second, apart, this.#meaning(newer, older));
      return judged === null ? [] : (this.#pair(newer, older, judged, ignored) ?? []);
    });
  }

  /** The newer first; one without a date counts as the older. */
  #inOrder(one: PostId, other: PostId): [PostId, PostId] {
    const { traits } = this.#ports;
    const [day, otherDay] = [traits.get(one)?.day ?? -Infinity, traits.get(other)?.day ?? -Infinity];
    return day > otherDay || (day === otherDay && one < other) ? [one, other] : [other, one];
  }

  #meaning(one: PostId, other: PostId): number | null {
    const { vectors, session } = this.#ports.spaces.current;
    const { index } = vectors;
    const { ready } = session;
    if (index === null || ready === null) return null;
    const asked = index.rowsOf(one);
    if (asked === null) return null;
    const compared = onScale(index.compare(asked, [other]), ready.cosines);
    return meaningBetween(compared.get(other) ?? [], asked.rows.length / ready.embedder.space.dimension);
  }

  #pair(
    newer: PostId,
    older: PostId,
    { sameWords, differs }: NearDuplicate,
    ignored: ReadonlySet<string>,
  ): CompetingPair | null {
    const posts = [this.#post(newer), this.#post(older)] as const;
    // One may have left while the others were compared.
    if (posts[0] === null || posts[1] === null) return null;
    const { links } = this.#ports.traits;
    const linked = [...links.linkingTo(older)].includes(newer) || [...links.linkingTo(newer)].includes(older);
    return {
      posts: [posts[0], posts[1]],
      sameWords,
      differs,
      ...adviseOn({ sameWords, differs }, linked),
      ignored: ignored.has(pairKey([newer, older])),
    };
  }

  #post(id: PostId): CompetingPost | null {
    const summary = this.#ports.spaces.current.catalogue.get(id)?.summary;
    if (summary === undefined) return null;
    const { title, date, source, words } = summary;
    return { id, title, date, source, words };
  }
}
