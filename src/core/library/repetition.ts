// What the posts of each source repeat, kept in step with the library: which parts of a post are not embedded, and which posts were
// cut when that was told otherwise.
import type { PostId } from '../post.ts';
import type { PostHead } from '../store/digest.ts';
import type { LeftOut, PassageRecord } from '../store/schema.ts';
import { leftOutRule } from '../text/cleaning/leftOut.ts';
import { unpackOutline, type Outline } from '../text/cleaning/outline.ts';
import { countParts, repeatedParts, type SourceCounts } from '../text/cleaning/repeatedParts.ts';

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
    if (source === undefined || outline === undefined) return { rule: leftOutRule, repeated: new Uint32Array(0) };
    if (isDue(source, RENEWED_WITHIN_SHARE)) count(source);
    return { rule: leftOutRule, repeated: Uint32Array.from(repeatedParts(outline, source.counts)) };
  }

  /** In how many posts of its source each part of a post stands, by its place in the outline. */
  postsWith(id: PostId, part: number): number {
    const source = this.#sourceOf.get(id);
    return source?.counts.inPosts.get(source.outlines.get(id)?.[2 * part] ?? 0) ?? 0;
  }

  /** Counts anew the sources that have changed enough; false when none has. */
  renew(): boolean {
    const due = [...this.#sources.values()].filter((source) => isDue(source, RENEWED_SHARE));
    due.forEach(count);
    return due.length > 0;
  }

  /** Whether a post would be cut otherwise now. */
  isStale({ post, leftOut }: PassageRecord): boolean {
    const outline = this.#sourceOf.get(post)?.outlines.get(post);
    if (outline === undefined) return false;
    const { rule, repeated } = this.leftOutOf(post);
    if (leftOut?.rule !== rule)
      return repeated.length > 0 || (leftOut?.repeated.length ?? 0) > 0 || mayHaveCode(outline);
    return repeated.length !== leftOut.repeated.length || repeated.some((part, at) => part !== leftOut.repeated[at]);
  }
}

const isDue = ({ outlines, counts, changes }: Source, share: number): boolean =>
  changes > Math.max(outlines.size, counts.posts) * share;

function count(source: Source): void {
  source.counts = countParts(source.outlines.values());
  source.changes = 0;
}

/** The middle of a very long post is not told apart. */
const mayHaveCode = (outline: Outline): boolean =>
  unpackOutline(outline).some(({ kind }) => kind === 'code' || kind === 'rest');
