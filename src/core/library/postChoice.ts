// Which posts the author wants to be shown: by kind, source, tag and age; and which of these there are to choose from.
import type { Exception, PostChoice, PostFacets } from '../libraryApi.ts';
import type { PostKind, PostSummary } from '../post.ts';

/** Tags to choose from, the most frequent: more are no choice but a search. */
const MOST_TAGS = 40;
const MOST_FOLDERS = 40;

/** Whether a post is among those chosen. */
export function isChosen(post: PostSummary, choice: PostChoice): boolean {
  const { kind, source, tags, date } = post;
  return (
    !(choice.except ?? []).some((exception) => isExcepted(post, exception)) &&
    (choice.kind === null || kind === choice.kind) &&
    (choice.source === null || source === choice.source) &&
    (choice.tag === null || tags.includes(choice.tag)) &&
    // ISO dates are in the order of time.
    (choice.since === null || (date !== null && date >= String(choice.since)))
  );
}

function isExcepted({ id, source, tags, language }: PostSummary, { by, value }: Exception): boolean {
  switch (by) {
    case 'source':
      return source === value;
    case 'tag':
      return tags.includes(value);
    case 'folder':
      return id.startsWith(`${value}/`);
    case 'language':
      return language === value;
  }
}

/** Posts of files are named by their path; the folder is all of it but the file. Null for posts that have none. */
function folderOf({ id, source }: Pick<PostSummary, 'id' | 'source'>): string | null {
  const path = id.startsWith(`${source}/`) ? id.slice(source.length + 1) : '';
  const end = path.lastIndexOf('/');
  return end <= 0 ? null : `${source}/${path.slice(0, end)}`;
}

/** Most frequent first, years newest first. A tag that one post alone has, or every post, is no choice. */
export function facetsOf(
  posts: Iterable<Pick<PostSummary, 'id' | 'kind' | 'source' | 'tags' | 'date' | 'language'>>,
): PostFacets {
  const folders = new Map<string, number>();
  const languages = new Map<string, number>();
  const [kinds, sources, tags, years] = [
    new Map<PostKind, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
    new Set<number>(),
  ];
  let total = 0;
  for (const post of posts) {
    const { kind, source, tags: own, date, language } = post;
    if (typeof language === 'string') count(languages, language);
    const folder = folderOf(post);
    if (folder !== null) count(folders, folder);
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
    folders: byCount(folders).slice(0, MOST_FOLDERS),
    languages: byCount(languages),
  };
}

function count<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const byCount = <Name extends string>(counts: ReadonlyMap<Name, number>): Name[] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
