// Which posts the author wants to be shown: by kind, source, tag and age; and which of these there are to choose from.
import type { PostChoice, PostFacets } from '../libraryApi.ts';
import type { PostKind, PostSummary } from '../post.ts';

/** Tags to choose from, the most frequent: more are no choice but a search. */
const MOST_TAGS = 40;

/** Whether a post is among those chosen. */
export function isChosen({ kind, source, tags, date }: PostSummary, choice: PostChoice): boolean {
  return (
    (choice.kind === null || kind === choice.kind) &&
    (choice.source === null || source === choice.source) &&
    (choice.tag === null || tags.includes(choice.tag)) &&
    // ISO dates are in the order of time.
    (choice.since === null || (date !== null && date >= String(choice.since)))
  );
}

/** Most frequent first, years newest first. A tag that one post alone has, or every post, is no choice. */
export function facetsOf(posts: Iterable<Pick<PostSummary, 'kind' | 'source' | 'tags' | 'date'>>): PostFacets {
  const [kinds, sources, tags, years] = [
    new Map<PostKind, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
    new Set<number>(),
  ];
  let total = 0;
  for (const { kind, source, tags: own, date } of posts) {
    total++;
    count(kinds, kind);
    count(sources, source);
    for (const tag of new Set(own)) count(tags, tag);
    const year = Number(date?.slice(0, 4));
    if (year > 0) years.add(year);
  }
  const telling = byCount(tags).filter((tag) => (tags.get(tag) ?? 0) > 1 && (tags.get(tag) ?? 0) < total);
  return {
    kinds: byCount(kinds),
    sources: byCount(sources),
    tags: telling.slice(0, MOST_TAGS),
    years: [...years].sort((a, b) => b - a),
  };
}

function count<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const byCount = <Name extends string>(counts: ReadonlyMap<Name, number>): Name[] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
