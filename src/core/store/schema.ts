// The only home of the database's name, its version, its store names and the shape of every row.
import type { DBSchema } from 'idb';
import type { Draft, DraftId } from '../draft.ts';
import type { SpaceKey } from '../embedding.ts';
import type { Post, PostId } from '../post.ts';

export const DATABASE_NAME = 'kindred';

export const POSTS = 'posts';
export const PASSAGES = 'passages';
export const VECTORS = 'vectors';
export const DRAFTS = 'drafts';
export const META = 'meta';
export const DIGESTS = 'digests';
export const TERMS = 'terms';
export const WRITER = 'writer';

export const STORE_NAMES = [POSTS, PASSAGES, VECTORS, DRAFTS, META, DIGESTS, TERMS, WRITER] as const;
export type StoreName = (typeof STORE_NAMES)[number];

export interface StoredPost {
  id: PostId;
  /** Hash of the post's content: equal exactly when an import brought nothing new. */
  revision: string;
  words: number;
  /** As `languageTag` writes it: what the source says, else as found in the text. Null where neither tells; absent until it was looked at. */
  language?: string | null;
  /** Milliseconds since the epoch. */
  importedAt: number;
  post: Post;
}

/** A post on the disk: its text as bytes of UTF-8, unless these would be as many as the string's or could not give it back. */
export interface PostRow extends Omit<StoredPost, 'post'> {
  post: Omit<Post, 'text'> & { text: string | Uint8Array<ArrayBuffer> };
}

/** What of a post is in none of its passages, beside what the rule alone says. */
export interface LeftOut {
  rule: string;
  /** Parts that other posts repeated, by their places in the outline. */
  repeated: Uint32Array<ArrayBuffer>;
}

/**
 * The passages that one rule cuts one revision of a post into, in order. Texts are not kept: they derive from the post.
 * Two rules stand side by side while the library changes its model.
 */
export interface PassageRecord {
  post: PostId;
  revision: string;
  /** Rule that cut them. */
  rule: string;
  /** One id, one text, for good and under every rule; a vector row is live exactly while a record of its rule names its id. */
  ids: Uint32Array<ArrayBuffer>;
  /** Offsets into the post's text; both 0 for the head (title and summary). */
  starts: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  /** Seconds into the video; NaN where there is none. */
  startS: Float64Array<ArrayBuffer>;
  /** Hash of each text, so that a passage that did not change keeps its id and its vector. */
  hashes: Float64Array<ArrayBuffer>;
  /** Absent in records of earlier versions, which left nothing out. */
  leftOut?: LeftOut;
}

/** Up to `ROWS_PER_BLOCK` int8 vectors of one embedding space; a row with id 0 is a hole. */
export interface VectorBlock {
  space: SpaceKey;
  block: number;
  dimension: number;
  ids: Uint32Array<ArrayBuffer>;
  /** ids.length × dimension. */
  codes: Int8Array<ArrayBuffer>;
  /** A component is code × scale of its row. */
  scales: Float32Array<ArrayBuffer>;
  /** Over ids, codes and scales: a block that was damaged on disk is embedded again, never compared. */
  checksum: number;
}

/** What opening needs of up to `POSTS_PER_DIGEST_BLOCK` posts, so that their texts need not be read: see digest.ts. */
export interface DigestBlock {
  block: number;
  /** How they were digested; a block of another rule is made anew. */
  rule: string;
  /** As digestBlock.ts writes them. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Over the bytes: the posts of a block that was damaged on disk are digested again. */
  checksum: number;
}

/** Terms that blocks of digests name by id: those from `page` × `TERMS_PER_PAGE` on. */
export interface TermPage {
  page: number;
  rule: string;
  /** As termDictionary.ts writes them. */
  bytes: Uint8Array<ArrayBuffer>;
  checksum: number;
}

export interface MetaRow {
  key: string;
  value: unknown;
}

/** Who may write, where several tabs share the library: see fence.ts. */
export interface WriterRow {
  /** Of the backend that has opened the library. */
  id: string;
  /** The same in each: there is one row at most. */
  seat: string;
}

export type PassageKey = [post: PostId, rule: string];

export interface KindredSchema extends DBSchema {
  posts: { key: PostId; value: PostRow };
  passages: { key: PassageKey; value: PassageRecord };
  vectors: { key: [SpaceKey, number]; value: VectorBlock };
  drafts: { key: DraftId; value: Draft };
  meta: { key: string; value: MetaRow };
  digests: { key: number; value: DigestBlock };
  terms: { key: number; value: TermPage };
  writer: { key: string; value: WriterRow; indexes: { seat: string } };
}

/** Key path of each store, as the newest version of the database has it. */
export const KEY_PATHS = {
  [POSTS]: 'id',
  [PASSAGES]: ['post', 'rule'],
  [VECTORS]: ['space', 'block'],
  [DRAFTS]: 'id',
  [META]: 'key',
  [DIGESTS]: 'block',
  [TERMS]: 'page',
  [WRITER]: 'id',
} as const satisfies Record<StoreName, string | readonly string[]>;
