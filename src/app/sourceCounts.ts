// What each source of the library has: how many posts, of which kinds, in which languages.
import type { PostKind, PostSummary } from '../core/index.ts';

export interface SourceCount {
  source: string;
  posts: number;
  /** Those that it has, most frequent first. */
  kinds: { kind: PostKind; posts: number }[];
  /** BCP 47 tags, most frequent first; posts of which none is known are left out. */
  languages: string[];
}

/** The largest source first. */
export function countSources(posts: readonly PostSummary[]): SourceCount[] {
  const sources = new Map<string, PostSummary[]>();
  for (const post of posts) {
    const known = sources.get(post.source);
    if (known === undefined) sources.set(post.source, [post]);
    else known.push(post);
  }
  return [...sources]
    .map(([source, own]): SourceCount => {
      const kinds = counted(own.map(({ kind }) => kind)).map(([kind, count]) => ({ kind, posts: count }));
      const told = own.flatMap(({ language }) => (typeof language === 'string' ? [language] : []));
      return { source, posts: own.length, kinds, languages: counted(told).map(([language]) => language) };
    })
    .sort((a, b) => b.posts - a.posts);
}

function counted<Name extends string>(names: readonly Name[]): [Name, number][] {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
