// What the library says of how a post is embedded: which text, in which passages, and what is left out and why. Part of LibraryApi.
import type { PostId } from './post.ts';
import type { LeftOutReason } from './text/cleaning/leftOut.ts';

export type { LeftOutReason } from './text/cleaning/leftOut.ts';

export interface PreviewPassage {
  /** [start, end) of the post's text in UTF-16 code units; both 0 for title and summary. */
  start: number;
  end: number;
  /** As the model reads it. */
  text: string;
  /** Has a vector. */
  embedded: boolean;
  /** Seconds into the video, or null. */
  startS: number | null;
}

export interface PreviewGap {
  start: number;
  end: number;
  why: LeftOutReason;
  /** In how many posts of the same source it stands, for what is repeated; else 1. */
  posts: number;
}

export interface PostPreview {
  /** Null while the post waits for its turn: then `leftOut` is what will be. */
  passages: PreviewPassage[] | null;
  leftOut: PreviewGap[];
}

export interface PreviewApi {
  /** Null when the post is gone. */
  previewPost(id: PostId): Promise<PostPreview | null>;
}
