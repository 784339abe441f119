// What the library offers for places that posts keep coming from: subscribed feeds and watched folders. Part of LibraryApi.
import type { ErrorCode } from './errors.ts';
import type { ImportIssue, ImportProgress, RequestOptions } from './libraryApi.ts';

/** Below the page's own address: where the server behind `npm start` fetches feeds, when it is switched on. */
export const FEED_PATH = 'api/feeds';
/** Of its answers: a `FeedReply` as JSON, percent-encoded. */
export const FEED_REPLY_HEADER = 'Kindred-Feed';

/** All that the server is told: the address, and what the feed's host gave with the last answer to tell versions by. */
export interface FeedQuestion {
  address: string;
  etag: string | null;
  modified: string | null;
}

/** What stands beside the bytes of an answer. */
export type FeedReply =
  | { kind: 'feed'; type: string; movedTo: string | null; etag: string | null; modified: string | null }
  | { kind: 'unchanged' }
  /** No feed but a page, which names these as its feeds. */
  | { kind: 'page'; feeds: string[] };

/** Why a feed was not fetched. */
export type FeedRefusal =
  /** The server does not fetch feeds, has too much to do, or was asked by another site's page. */
  | 'off'
  | 'busy'
  | 'elsewhere'
  /** No address of the web, or one of this computer or its network. */
  | 'address-invalid'
  | 'address-private'
  /** The host. */
  | 'unknown-host'
  | 'unreachable'
  | 'certificate'
  | 'too-slow'
  | 'status'
  | 'too-many-redirects'
  /** What it sent. */
  | 'too-large'
  | 'broken'
  | 'not-a-feed';

/**
 * Whether the server that the page came from fetches feeds: it does, it could if it were told to, it is a host of files that can't, or
 * it does not answer.
 */
export type FeedServer = 'on' | 'off' | 'absent' | 'unreachable';

/** What came of a look, and when. */
export interface FoundPosts {
  /** Milliseconds since the epoch. */
  at: number;
  added: number;
  changed: number;
}

export interface LookProblem {
  code: ErrorCode;
  message: string;
}

/** How a place was last looked at. */
export interface LookState {
  /** A look is under way or waits for its turn. */
  looking: boolean;
  /** Where it reads many posts. */
  progress: ImportProgress | null;
  /** When a look last worked, in milliseconds since the epoch; null before the first. */
  lookedAt: number | null;
  /** What came of the last look that found anything new, and when. */
  found: FoundPosts | null;
  /** Why the last look did not work. */
  problem: LookProblem | null;
  /** When it is looked at again by itself; null where it is not. */
  nextAt: number | null;
  /** What could not be read, as far as it is kept. */
  issues: ImportIssue[];
}

export interface FollowedFeed extends LookState {
  id: string;
  /** The feed's own, once it was read. */
  address: string;
  /** As the feed calls itself; empty before it was read. */
  title: string;
  /** Posts that it brought and that are still there. */
  posts: number;
}

export interface FollowedFolder extends LookState {
  id: string;
  /** Source of its posts: the folder's name, with a number behind it where two have the same. */
  name: string;
  /** To ask the author for leave to read it, which only a page can. */
  handle: FileSystemDirectoryHandle;
  /** False when the browser wants the author to allow it again. */
  allowed: boolean;
  /** Files that posts are read from. */
  files: number;
  posts: number;
  /** Posts of files that are gone, more than are deleted unasked; 0 for none. */
  missing: number;
  /** The last posts that were deleted as their files are gone; null once they were put back. */
  deleted: { id: string; count: number } | null;
}

export interface Followed {
  /** Null before it was asked. */
  server: FeedServer | null;
  /** Looks by itself while Kindred is open, not only when told to. */
  whileOpen: boolean;
  feeds: FollowedFeed[];
  folders: FollowedFolder[];
}

/** One feed of a list of feeds. */
export interface ListedFeed {
  address: string;
  title: string;
}

/** What an author has stopped following, for `followAgain`: only the library reads what is in it. */
export interface Unfollowed {
  /** Posts that were deleted with it. */
  deleted: number;
  undo: unknown;
}

export interface FollowApi {
  /** As it is now. `LibraryStatus.followed` changes whenever this does. */
  followed(): Promise<Followed>;
  /** Asks the server anew whether it fetches feeds. */
  askFeedServer(): Promise<FeedServer>;
  /**
   * Subscribes to feeds, and begins to look at them. An address without a scheme is taken as https; the address of a page is taken
   * as that of the first feed that it names. What is followed already stays as it is. Rejects with `feed-address`, and follows
   * none, when one is no address.
   */
  followFeeds(addresses: readonly string[]): Promise<void>;
  /** The feeds that an OPML file lists. Rejects with `format-broken` for a file that is none, `feed-list` for an empty one. */
  feedsListed(file: Blob): Promise<ListedFeed[]>;
  /** Watches a folder, and begins to look at it. One that is watched already is only looked at. */
  followFolder(handle: FileSystemDirectoryHandle): Promise<void>;
  /** Looks at some places, at all folders, or at all there are. Resolves when it has; failures are in `followed`. */
  lookAt(ids?: readonly string[] | 'folders'): Promise<void>;
  /** Follows a place no longer, and keeps or deletes the posts that it brought. Null where it was not followed any more. */
  unfollow(id: string, options: { posts: 'keep' | 'delete' } & RequestOptions): Promise<Unfollowed | null>;
  /** Takes `unfollow` back, deleted posts included. */
  followAgain(unfollowed: Unfollowed): Promise<void>;
  /** What becomes of the posts of a folder whose files are gone. */
  settleMissing(folder: string, options: { posts: 'keep' | 'delete' } & RequestOptions): Promise<void>;
  /** Puts back what was last deleted as its files were gone, and keeps it. */
  restoreMissing(folder: string): Promise<void>;
  setWhileOpen(whileOpen: boolean): Promise<void>;
}
