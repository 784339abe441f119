// Medium's export: posts in a folder, beside pages of what the author read, followed and clapped for; and how its pages repeat themselves.
import { elementText } from './elementText.ts';
import { hasClass } from './htmlTree.ts';
import type { HtmlElement } from './htmlTree.ts';
import type { ImporterContext } from './importer.ts';

const POST = /^(.*\/)?posts\/(?:\d{4}-\d{2}-\d{2}|draft)_[^/]*\.html$/;
const BESIDE =
  /^(.*\/)?(?:README|profile\/profile|(?:blocks|bookmarks|claps|highlights|partner-program|pubs-following|sessions|topics-following|users-following)\/[a-z-]+-\d{4})\.html$/;

const foldersOf = new WeakMap<ImporterContext, ReadonlySet<string>>();

/** True for a page of an export that is none of its posts. */
export function isBesideMediumPosts(path: string, context: ImporterContext): boolean {
  const folders = foldersOf.get(context) ?? exportFolders(context);
  foldersOf.set(context, folders);
  if (folders.size === 0) return false;
  const parts = path.split('/');
  // The innermost counts: an export may lie in the folder of another.
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/');
    if (folders.has(folder === '' ? '' : `${folder}/`)) return parts[depth] !== 'posts';
  }
  return false;
}

/** The folders that hold an export, with a slash at the end; '' where its own files were chosen. */
function exportFolders(context: ImporterContext): Set<string> {
  const withPosts = new Set<string>();
  const withOthers = new Set<string>();
  context.find((path) => {
    const post = POST.exec(path);
    const other = post === null ? BESIDE.exec(path) : null;
    if (post !== null) withPosts.add(post[1] ?? '');
    if (other !== null) withOthers.add(other[1] ?? '');
    return false;
  });
  return new Set([...withPosts].filter((folder) => withOthers.has(folder)));
}

const SAID_TWICE = [
  ['p-name', 'graf--title'],
  ['p-summary', 'graf--subtitle'],
] as const;

/** The headings of the body that say what the head of the page has said: title and subtitle. */
export function repeatedHeadings(html: string, all: readonly HtmlElement[]): HtmlElement[] {
  return SAID_TWICE.flatMap(([first, again]) => {
    const head = all.find((one) => hasClass(one, first));
    const heading = all.find((one) => hasClass(one, again));
    if (head === undefined || heading === undefined) return [];
    return elementText(html, head) === elementText(html, heading) ? [heading] : [];
  });
}
