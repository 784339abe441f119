// Of posts that say the same, one stands for all in a list: the one that comes first.
import type { PostId } from '../post.ts';
import type { Fingerprint } from '../rank/duplicates/fingerprint.ts';
import type { TraitIndex } from '../rank/postTraits.ts';
import type { NearDuplicates } from './nearDuplicates.ts';

export interface Standing {
  post: PostId;
  /** Its near-duplicates further down the list, in their order. */
  alike: PostId[];
}

/** Posts in the order given; those that aren't there any more are left out. Compares words alone. */
export async function collapse(
  duplicates: NearDuplicates,
  traits: Pick<TraitIndex, 'get'>,
  posts: readonly PostId[],
): Promise<Standing[]> {
  const prints = await duplicates.fingerprints(posts);
  const standing: Standing[] = [];
  for (const post of posts) {
    const print = prints.get(post);
    if (print === undefined) continue;
    const copied = standing.find((one) => {
      const other = prints.get(one.post);
      if (other === undefined) return false;
      const here: [PostId, Fingerprint] = [post, print];
      const there: [PostId, Fingerprint] = [one.post, other];
      const [newer, older] = inOrder(traits, post, one.post) ? [there, here] : [here, there];
      return duplicates.areSame(newer, older, isDatedApart(traits, post, one.post));
    });
    if (copied === undefined) standing.push({ post, alike: [] });
    else copied.alike.push(post);
  }
  return standing;
}

const dayOf = (traits: Pick<TraitIndex, 'get'>, post: PostId): number | null => traits.get(post)?.day ?? null;

/** Whether the first is dated before the second. */
const inOrder = (traits: Pick<TraitIndex, 'get'>, first: PostId, second: PostId): boolean =>
  (dayOf(traits, first) ?? Infinity) < (dayOf(traits, second) ?? -Infinity);

const isDatedApart = (traits: Pick<TraitIndex, 'get'>, first: PostId, second: PostId): boolean =>
  inOrder(traits, first, second) || inOrder(traits, second, first);
