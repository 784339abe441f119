// The text being written. It never leaves the page.
import type { PostChoice } from './libraryApi.ts';
import type { Amount } from './suggestion.ts';

declare const brand: unique symbol;
export type DraftId = string & { readonly [brand]: 'DraftId' };
export const draftId = (value: string): DraftId => value as DraftId;

/** A draft as stored. */
export interface Draft {
  id: DraftId;
  title: string;
  /** Markdown, as typed. */
  body: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  updatedAt: number;
}

/** What the library is asked with: the draft as it stands, and where the author is in it. */
export interface DraftQuery {
  title: string;
  body: string;
  /** Caret as an offset into `body`, in UTF-16 code units, or null when the title has the focus. */
  caret: number | null;
  /** Post that this draft is a new version of: never suggested to itself. */
  ownPost: string | null;
  amount: Amount;
  /** Posts that are not among these are not suggested. */
  only: PostChoice;
}
