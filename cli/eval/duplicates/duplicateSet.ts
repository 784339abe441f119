// What near-duplicates are judged on: posts to ask with, a library to ask, and which of its posts say the same.
import type { DocumentFields } from '../../../src/core/text/documentTerms.ts';

export interface AskedPost extends DocumentFields {
  id: string;
  /** ISO date; empty where there is none. */
  date: string;
}

export interface DuplicateQuery {
  post: AskedPost;
  /** Posts of the library that say the same; none for a post that only looks like one. */
  same: ReadonlySet<string>;
  /** Posts of which it isn't known whether they do: they count neither way. */
  unjudged: (post: AskedPost) => boolean;
}

export interface DuplicateSet {
  name: string;
  /** Thresholds were chosen on the one part; the other is what counts. */
  part: 'chosen' | 'reported';
  library: readonly AskedPost[];
  queries: readonly DuplicateQuery[];
}
