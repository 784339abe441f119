// What the posts of each source repeat, kept in step with the library: which parts of a post are not embedded, and which posts were
// cut when that was told otherwise.
import type { PostId } from '../post.ts';
import type { PostHead } from '../store/digest.ts';
import type { LeftOut, PassageRecord } from '../store/schema.ts';
import { leftOutRule } from '../text/cleaning/leftOut.ts';
import type { SourceCounts } from '../text/cleaning/repeatedParts.ts';
import { unpackOutline, type Outline } from '../text/cleaning/outline.ts';
import type * as Rules from './reading.ts';
import { latePart } from './lateParts.ts';

/** A source is counted anew when so many of its posts came or went, so that posts that come one by one move nothing each time. */
const RENEWED_SHARE = 0.02;
/** While many come, before the next post is cut: often enough that few are cut twice. */
const RENEWED_WITHIN_SHARE = 0.25;

interface Source {
  /** Of its posts. */
  outlines: Map<PostId, Outline>;
  counts: SourceCounts;
  /** Posts that came, changed or went since it was counted. */
  changes: number;
}

const nothingCounted: SourceCounts = { posts: 0, inPosts: new Map() };

export class Repetition {
  readonly #sources = new Map<string, Source>();
  readonly #sourceOf = new Map<PostId, Source>();
  /** Null until `ready`: until then nothing is told to be repeated, and nothing to be stale. */
  #rules: typeof Rules | null = null;

  /** Loads how it is told. Rejects with `unexpected` when that can't be had. */
  async ready(): Promise<void> {
    this.#rules ??= await latePart('reading');
  }

  put({ id, post, outline }: Pick<PostHead, 'id' | 'post' | 'outline'>): void {
    this.remove(id);
    let source = this.#sources.get(post.source);
    if (source === undefined) {
      this.#sources.set(post.source, (source = { outlines: new Map(), counts: nothingCounted, changes: 0 }));
    }
    source.outlines.set(id, outline);
    source.changes++;
    this.#sourceOf.set(id, source);
  }

  remove(id: PostId): void {
    const source = this.#sourceOf.get(id);
    if (source === undefined) return;
    source.outlines.delete(id);
    source.changes++;
    this.#sourceOf.delete(id);
  }

  /** What a post lacks in its passages, as counted by now. */
  leftOutOf(id: PostId): LeftOut {
    const source = this.#sourceOf.get(id);
    const outline = source?.outlines.get(id);
    if (source === undefined || outline === undefined || this.#rules === null)
      return { rule: leftOutRule, repeated: new Uint32Array(0) };
    if (isDue(source, RENEWED_WITHIN_SHARE)) this.#count(source);
    return { rule: leftOutRule, repeated: Uint32Array.from(this.#rules.repeatedParts(outline, source.counts)) };
  }

  /** In how many posts of its source each part of a post stands, by its place in the outline. */
  postsWith(id: PostId, part: number): number {
    const source = this.#sourceOf.get(id);
    return source?.counts.inPosts.get(source.outlines.get(id)?.[2 * part] ?? 0) ?? 0;
  }

  /** Counts anew the sources that have changed enough; false when none has. */
  renew(): boolean {
    const due = [...this.#sources.values()].filter((source) => isDue(source, RENEWED_SHARE));
    for (const source of due) this.#count(source);
    return due.length > 0;
  }

  /** Whether a post would be cut otherwise now. */
  isStale({ post, leftOut }: PassageRecord): boolean {
    const outline = this.#sourceOf.get(post)?.outlines.get(post);
    if (outline === undefined || this.#rules === null) return false;
    const { rule, repeated } = this.leftOutOf(post);
    if (leftOut?.rule !== rule)
      return repeated.length > 0 || (leftOut?.repeated.length ?? 0) > 0 || mayHaveCode(outline);
    return repeated.length !== leftOut.repeated.length || repeated.some((part, at) => part !== leftOut.repeated[at]);
  }

  #count(source: Source): void {
    if (this.#rules === null) return;
    source.counts = this.#rules.countParts(source.outlines.values());
    source.changes = 0;
  }
}

const isDue = ({ outlines, counts, changes }: Source, share: number): boolean =>
  changes > Math.max(outlines.size, counts.posts) * share;

/** The middle of a very long post is not told apart. */
const mayHaveCode = (outline: Outline): boolean =>
  unpackOutline(outline).some(({ kind }) => kind === 'code' || kind === 'rest');
