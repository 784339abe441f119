// A post as Kindred keeps it: plain text with its structure beside it, so that no markup of others is ever rendered.

declare const brand: unique symbol;

/** Stable across imports of the same post: the source's own id, address or path, never a position. */
export type PostId = string & { readonly [brand]: 'PostId' };

export const postId = (value: string): PostId => value as PostId;

export type PostKind = 'post' | 'note' | 'video';

export type BlockKind = 'paragraph' | 'heading' | 'item' | 'quote' | 'code' | 'cue';

/** A run of `Post.text`: [start, end) in UTF-16 code units. Blocks are in order and never overlap. */
export interface TextBlock {
  kind: BlockKind;
  start: number;
  end: number;
  /** 1 to 6 for a heading; nesting depth from 1 for a list item. */
  level?: number;
  /** Seconds into the video, for a cue. */
  startS?: number;
  endS?: number;
}

/** A link of the body, by the words that carry it. Only http, https, mailto and relative addresses survive import. */
export interface TextLink {
  start: number;
  end: number;
  href: string;
}

/** Text without markup, its blocks separated by a blank line. */
export interface StructuredText {
  text: string;
  blocks: TextBlock[];
  links: TextLink[];
}

export interface Post extends StructuredText {
  id: PostId;
  kind: PostKind;
  title: string;
  /** Empty where the source gives none. */
  summary: string;
  /** ISO 8601 date or date and time as published, or null. */
  date: string | null;
  /** Absolute address or site path of the published post, or null. */
  url: string | null;
  authors: string[];
  tags: string[];
  series: string | null;
  /** Where it was imported from, as the author would name it: a folder, a file or a feed title. */
  source: string;
  /** Length of the video in seconds, else null. */
  durationS: number | null;
  /** As its source says, by `languageTag`; absent where it says nothing. */
  language?: string;
}

/** What lists show; small enough to keep thousands in the page. */
export interface PostSummary {
  id: PostId;
  kind: PostKind;
  title: string;
  date: string | null;
  source: string;
  tags: string[];
  words: number;
  /** As the source says it or the text shows it, a BCP 47 language ("en"); null where neither tells, absent until it was looked at. */
  language?: string | null;
  /** How many of its passages have a vector of the current embedding space. */
  embedded: number;
  passages: number;
  /** In how many other places it stands; absent where in none. */
  places?: number;
}
