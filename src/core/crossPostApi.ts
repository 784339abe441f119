// What the library offers for posts that stand in several places: shown as one, with all their addresses. Part of LibraryApi.
import type { PostId } from './post.ts';

/** Why two posts are one: the same address, the same words, or the same title within days. */
export type CrossPostReason = 'address' | 'words' | 'title';

/** Another place where a post stands. */
export interface PostPlace {
  id: PostId;
  /** Absolute address or site path, or null. */
  url: string | null;
  title: string;
  /** ISO 8601, or null. */
  date: string | null;
  source: string;
  by: CrossPostReason;
}

export interface CrossPostApi {
  /**
   * The other places of a post: posts of other sources that were found to be it when one of them came in. They are neither
   * listed nor suggested themselves, and are in the library all the same.
   */
  placesOf(id: PostId): Promise<PostPlace[]>;
  /** With `false` shows a place as a post of its own again, and remembers that; with `true` takes that back. */
  joinPlaces(post: PostId, place: PostId, joined: boolean): Promise<void>;
}
