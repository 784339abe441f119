// Which blocks of a post are not its own but its site's: newsletter boxes, bylines, signatures, licence lines. Told by repetition
// over the posts of one source and by where they stand; never by what they say, so that it holds for any language.
import { unpackOutline, type Outline, type OutlinePart } from './outline.ts';

/** How often blocks occur in the posts of one source. */
export interface SourceCounts {
  posts: number;
  /** In how many posts each block stands, by its print; those that are in fewer than `FEWEST_POSTS` are left out. */
  inPosts: ReadonlyMap<number, number>;
}

/** A block of two posts may be a quotation of one in the other. */
export const FEWEST_POSTS = 3;
/** A smaller source says nothing about what is usual in it. */
const SMALLEST_SOURCE = 5;
/** Least posts grow as the square root of the source: with more posts, more is repeated by chance. 3 of 500, 7 of 2,600, 9 of 5,000. */
const POSTS_PER_STEP = 8;
/** A run at the beginning or the end of a post is left out from so many words on: "In short" alone is no boilerplate. */
const RUN_WORDS = 8;
/** A block amid own text must be longer, and be in more posts. */
const AMID_WORDS = 12;
const AMID_TIMES = 2;
const AMID_SHARE = 0.01;
/** What that many posts have is the site's, however short it is. */
const COMMON_SHARE = 0.1;
const COMMON_POSTS = 5;
/** A run goes on behind so many short blocks that differ from post to post: a date, a name, the title of the next post. */
const GAP_BLOCKS = 2;
const GAP_WORDS = 8;
/** Words of its own that a post keeps, or else nothing of it is left out. */
const FEWEST_OWN_WORDS = 5;
/** A series that says nearly the same each time is content: of less common blocks no more may go than so many times the rest, from so many words on. */
const MOST_TIMES_OWN = 4;
const OWN_WORDS = 25;

/** Counts the blocks of the posts of one source, each once a post. Takes some 20 ms for 300,000 blocks. */
export function countParts(outlines: Iterable<Outline>): SourceCounts {
  let posts = 0;
  const all: number[] = [];
  for (const outline of outlines) {
    posts++;
    const own = new Set<number>();
    for (let at = 0; at < outline.length; at += 2) own.add(outline[at] ?? 0);
    for (const print of own) if (print !== 0) all.push(print);
  }
  const sorted = Uint32Array.from(all).sort();
  const inPosts = new Map<number, number>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from >= FEWEST_POSTS) inPosts.set(sorted[from] ?? 0, to - from);
  }
  return { posts, inPosts };
}

/** In how many posts of a source of this size a block must stand to be repeated. */
export const leastPosts = (posts: number): number =>
  Math.max(FEWEST_POSTS, Math.ceil(Math.sqrt(posts) / POSTS_PER_STEP));

/**
 * The parts of a post that other posts of its source repeat, by their places in its outline, ascending. Never a part that is in
 * fewer than `leastPosts`; and never so much that no words of its own would be left.
 */
export function repeatedParts(outline: Outline, counts: SourceCounts): number[] {
  if (counts.posts < SMALLEST_SOURCE || !hasRepeated(outline, counts)) return [];
  const post = new Candidates(unpackOutline(outline), counts);
  const found = post.withoutOpenHeadings(new Set([...post.runFrom('start'), ...post.runFrom('end'), ...post.amid()]));
  for (const chosen of [found, post.withoutOpenHeadings(new Set([...found].filter((at) => post.isCommon(at))))]) {
    if (post.keepsEnough(chosen)) return [...chosen].sort((a, b) => a - b);
  }
  return [];
}

/** Most posts have nothing that others repeat: told without unpacking them. */
function hasRepeated(outline: Outline, { posts, inPosts }: SourceCounts): boolean {
  const least = leastPosts(posts);
  for (let at = 0; at < outline.length; at += 2) if ((inPosts.get(outline[at] ?? 0) ?? 0) >= least) return true;
  return false;
}

class Candidates {
  readonly #parts: readonly OutlinePart[];
  readonly #counts: SourceCounts;
  readonly #least: number;

  constructor(parts: readonly OutlinePart[], counts: SourceCounts) {
    this.#parts = parts;
    this.#counts = counts;
    this.#least = leastPosts(counts.posts);
  }

  /** Repeated parts from one end inwards, up to the post's own text. */
  runFrom(end: 'start' | 'end'): number[] {
    const parts = this.#parts;
    const places = end === 'start' ? [...parts.keys()] : [...parts.keys()].reverse();
    const run: number[] = [];
    let pending: number[] = [];
    let gap = 0;
    let strong = 0;
    for (const at of places) {
      const part = parts[at];
      if (part === undefined || part.kind === 'rest') break;
      if (this.#isRepeated(at)) {
        pending.push(at);
        strong += this.isCommon(at) ? Math.max(part.words, RUN_WORDS) : part.words;
        // What stands behind a gap must be worth going on for by itself.
        if (strong >= RUN_WORDS) {
          run.push(...pending);
          pending = [];
          gap = 0;
        }
      } else if (part.words === 0 && part.kind !== 'code') pending.push(at);
      else if (part.kind === 'text' && part.words <= GAP_WORDS && gap < GAP_BLOCKS) {
        gap++;
        strong = 0;
      } else break;
    }
    return run;
  }

  /** Long blocks that many posts have, wherever they stand. */
  amid(): number[] {
    const least = Math.max(this.#least * AMID_TIMES, this.#counts.posts * AMID_SHARE);
    return [...this.#parts.keys()].filter((at) => {
      const part = this.#parts[at];
      return part?.kind === 'text' && part.words >= AMID_WORDS && this.#postsWith(at) >= least;
    });
  }

  /** A heading stays while anything stays of what stands below it. */
  withoutOpenHeadings(chosen: ReadonlySet<number>): Set<number> {
    const closed = new Set(chosen);
    let open = false;
    for (let at = this.#parts.length - 1; at >= 0; at--) {
      const part = this.#parts[at];
      if (part?.kind !== 'heading') open ||= !closed.has(at) && (part?.words ?? 0) > 0;
      else {
        const leads = this.#parts[at + 1]?.kind === 'heading' && !closed.has(at + 1);
        if (open || leads) closed.delete(at);
        open = false;
      }
    }
    return closed;
  }

  /** True where so many posts have it that it can be no series. */
  isCommon(at: number): boolean {
    return this.#postsWith(at) >= Math.max(COMMON_POSTS, this.#counts.posts * COMMON_SHARE);
  }

  keepsEnough(chosen: ReadonlySet<number>): boolean {
    let own = 0;
    let rare = 0;
    this.#parts.forEach(({ kind, words }, at) => {
      if (!chosen.has(at)) own += kind === 'text' || kind === 'rest' ? words : 0;
      else if (!this.isCommon(at)) rare += words;
    });
    if (chosen.size === 0) return true;
    return own >= FEWEST_OWN_WORDS && (rare === 0 || (own >= OWN_WORDS && rare <= own * MOST_TIMES_OWN));
  }

  #isRepeated(at: number): boolean {
    const part = this.#parts[at];
    return (part?.kind === 'text' || part?.kind === 'heading') && part.words > 0 && this.#postsWith(at) >= this.#least;
  }

  #postsWith(at: number): number {
    return this.#counts.inPosts.get(this.#parts[at]?.print ?? 0) ?? 0;
  }
}
