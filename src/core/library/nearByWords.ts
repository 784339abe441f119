// Posts that share enough of one's heaviest words to be compared with it.
import type { PostId } from '../post.ts';
import { CANDIDATES } from '../rank/duplicates/candidates.ts';
import { SATURATED, type Bm25Index } from '../search/bm25.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';

/**
 * Share of a post's heaviest words that another must have to be looked at. Pairs of posts on two blogs have at least 0.2,
 * seen from the shorter, and only few others reach this.
 */
const LEAST_SHARE = 0.15;

/** Best first. */
export function nearByWords(
  lexical: Bm25Index,
  id: PostId,
  post: { title: string; summary: string; text: string },
): PostId[] {
  const { terms, total } = heaviestTerms({ title: post.title, text: `${post.summary}\n${post.text}` }, lexical);
  const least = LEAST_SHARE * SATURATED * total;
  return lexical
    .search(terms)
    .slice(0, CANDIDATES + 1)
    .filter((hit) => hit.post !== id && hit.score >= least)
    .map((hit) => hit.post as PostId);
}
