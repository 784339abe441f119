// The content of a post as one short string: equal exactly when an import brought nothing new.
import type { Post } from '../post.ts';
import { textHash } from '../text/textHash.ts';

export function revisionOf(post: Post): string {
  // Written out, so that the order of an importer's fields changes nothing.
  const content = JSON.stringify([
    post.kind,
    post.title,
    post.summary,
    post.date,
    post.url,
    post.authors,
    post.tags,
    post.series,
    post.source,
    post.durationS,
    post.text,
    post.blocks.map((block) => [block.kind, block.start, block.end, block.level, block.startS, block.endS]),
    post.links.map((link) => [link.start, link.end, link.href]),
    // Only where it says one, so that posts of sources that say none are as they were.
    ...(post.language === undefined ? [] : [post.language]),
  ]);
  return textHash(content).toString(36);
}

/** Words of the text, for lists: runs of letters and digits. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
