// How a post of the library in memory is embedded: a passage a block.
import type { Post, PostPreview } from '../core/index.ts';
import { leftOutOf } from '../core/text/cleaning/leftOut.ts';

export function fakePreview(post: Post | undefined): PostPreview | null {
  if (post === undefined) return null;
  const leftOut = leftOutOf(post).map((part) => ({ ...part, posts: 1 }));
  const kept = post.blocks.filter(({ start }) => leftOut.every((part) => start < part.start || start >= part.end));
  return {
    passages: [
      { start: 0, end: 0, text: post.title, embedded: true, startS: null },
      ...kept.map(({ start, end, startS = null }) => {
        return { start, end, text: post.text.slice(start, end), embedded: true, startS };
      }),
    ],
    leftOut,
  };
}
