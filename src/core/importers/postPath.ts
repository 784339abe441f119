// What the path of a post says: its slug, its date, its section.

export interface PostPath {
  slug: string;
  /** YYYY-MM-DD from a name such as 2014-03-12-coming-soon.md, or null. */
  date: string | null;
  /** Folders between the root of the content and the file, joined by /; '' for none. */
  section: string;
  /** In a folder of Jekyll's that gives posts dated addresses. */
  isJekyll: boolean;
}

const DATED = /^(\d{4}-\d{2}-\d{2})[-_](.+)$/;
/** Folders that site generators keep their content in. */
const CONTENT_ROOTS = new Set(['content', 'src', 'source', 'pages', '_posts']);

export function postPath(path: string): PostPath {
  const folders = path.split('/');
  let name = (folders.pop() ?? '').replace(/\.[^.]*$/, '');
  // Hugo keeps a post with its pictures in a folder of its own.
  if (name === 'index' && folders.length > 0) name = folders.pop() ?? name;
  const dated = DATED.exec(name);
  const root = folders.findLastIndex((folder) => CONTENT_ROOTS.has(folder));
  const section = root >= 0 ? folders.slice(root + 1) : folders.slice(-1);
  return {
    slug: dated?.[2] ?? name,
    date: dated?.[1] ?? null,
    section: section.join('/'),
    isJekyll: folders.includes('_posts'),
  };
}

/** A title made of a file name: the last resort. */
export function titleFromSlug(slug: string): string {
  const words = slug.replace(/[-_\s]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
