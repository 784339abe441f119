// Posts that stand on two blogs, digital.gov and 18F: whole, shortened to a few sentences, or as a title and a summary.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSite, type SitePost } from '../site.ts';
import type { DuplicateSet } from './duplicateSet.ts';

const LIST = 'blog-digitalgov/share-to-18f.tsv';
/** Pairs of a post before this are for choosing. */
const CHOSEN_UNTIL = '2017';
/** Of the posts that aren't listed so many are asked too: one in. */
const OTHERS = 4;

/** Empty where the data folder lacks one of the blogs. */
export function sharedPosts(data: string): DuplicateSet[] {
  if (!existsSync(join(data, LIST)) || !existsSync(join(data, 'blog-18f'))) return [];
  const asked = readSite(join(data, 'blog-digitalgov')).posts;
  const library = readSite(join(data, 'blog-18f')).posts;
  const same = new Map<string, Set<string>>();
  for (const line of readFileSync(join(data, LIST), 'utf8').split(/\r?\n/).slice(1)) {
    const [post = '', other = '', kind] = line.split('\t');
    if (kind !== 'same-title' && kind !== 'share') continue;
    same.set(post, (same.get(post) ?? new Set()).add(other));
  }
  const posts = asked.filter(({ id }, index) => same.has(id) || index % OTHERS === 0);
  return (['chosen', 'reported'] as const).map((part) => ({
    name: 'shared',
    part,
    library,
    queries: posts
      .filter(({ date }) => date < CHOSEN_UNTIL === (part === 'chosen'))
      .map((post) => ({
        post,
        same: same.get(post.id) ?? new Set<string>(),
        // The list has only posts that link to their other place; an equal title is one all the same.
        unjudged: (other) => titleKey(other) === titleKey(post),
      })),
  }));
}

const NUMBER_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const titleKey = ({ title }: Pick<SitePost, 'title'>): string =>
  (
    title
      .replace(/&#8217;|&[lr]squo;/g, '’')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .map((word) => {
      const number = NUMBER_WORDS.indexOf(word);
      return number === -1 ? word : String(number + 1);
    })
    .join(' ');
