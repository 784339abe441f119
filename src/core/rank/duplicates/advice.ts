// What may be done about two posts that say the same.
import type { CompetingAdvice } from '../../libraryApi.ts';
import type { NearDuplicate } from './judge.ts';

export interface Advice {
  advice: CompetingAdvice;
  /** For `redirect` which may go: 0 for the first, 1 for the second; null otherwise. */
  spare: 0 | 1 | null;
}

/** A text that has less than this share of its own adds nothing to the other. */
const NOTHING_NEW = 0.2;

/** Posts that link to each other are meant to stand side by side; else it depends on what each has of its own. */
export function adviseOn({ differs: { added, leftOut } }: NearDuplicate, linked: boolean): Advice {
  if (linked) return { advice: 'ignore', spare: null };
  if (Math.min(added, leftOut) >= NOTHING_NEW) return { advice: 'merge', spare: null };
  // Of two that have the same the newer goes: the older one's address is known.
  return { advice: 'redirect', spare: added <= leftOut ? 0 : 1 };
}
