// What is left out of the posts of one site, as the library would tell it with all of them in.
import { leftOutOf, type LeftOutPart } from '../../../src/core/text/cleaning/leftOut.ts';
import { outlineParts, packOutline, type Outline, type PlacedPart } from '../../../src/core/text/cleaning/outline.ts';
import { countParts, repeatedParts, type SourceCounts } from '../../../src/core/text/cleaning/repeatedParts.ts';
import type { SitePost } from '../site.ts';

export interface CleanedPost {
  post: SitePost;
  parts: PlacedPart[];
  outline: Outline;
  /** Places of its repeated parts in the outline. */
  repeated: number[];
  leftOut: LeftOutPart[];
}

export interface CleanedSite {
  posts: CleanedPost[];
  counts: SourceCounts;
}

export function cleanSite(posts: readonly SitePost[]): CleanedSite {
  const outlined = posts.map((post) => {
    const parts = outlineParts(post);
    return { post, parts, outline: packOutline(parts) };
  });
  const counts = countParts(outlined.map(({ outline }) => outline));
  return {
    counts,
    posts: outlined.map((one) => {
      const repeated = repeatedParts(one.outline, counts);
      return { ...one, repeated, leftOut: leftOutOf(one.post, repeated) };
    }),
  };
}

/** A post whose words lack what is repeated too; offsets stay. */
export function withoutRepeatedWords({ post, parts, repeated }: CleanedPost): SitePost {
  let { text } = post;
  const gone = new Set<number>();
  for (const at of repeated) {
    const part = parts[at];
    if (part === undefined) continue;
    gone.add(part.start);
    text = text.slice(0, part.start) + ' '.repeat(part.end - part.start) + text.slice(part.end);
  }
  return { ...post, text, blocks: post.blocks.filter(({ start }) => !gone.has(start)) };
}
