// Which files of a folder may be posts; the rest of a site's folder is passed over without being read.

const EXTENSIONS = new Set(
  'md markdown mdown mkd mdx html htm xml rss atom rdf json jsonl ndjson jsonlines vtt srt'.split(' '),
);

/** Folders of site generators and tools that hold no posts. */
const OTHER_FOLDERS = new Set(
  '_layouts _includes _sass _data _site layouts archetypes themes i18n node_modules vendor'.split(' '),
);

/** Files about a repository or a section rather than posts. */
const OTHER_NAMES = new Set(
  'readme license licence copying contributing contributors changelog changes code_of_conduct security authors notice support governance _index'.split(
    ' ',
  ),
);

export function splitName(path: string): { stem: string; extension: string } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, dot), extension: name.slice(dot + 1).toLowerCase() };
}

/** True for a file that was chosen or dropped by itself rather than with its folder: of such a file the author wants to hear. */
export function isChosenAlone(path: string): boolean {
  return !path.includes('/');
}

/** False for what is never a post when it comes with a folder. */
export function mayBePost(path: string): boolean {
  if (isChosenAlone(path)) return true;
  const folders = path.split('/').slice(0, -1);
  if (folders.some((folder) => folder.startsWith('.') || OTHER_FOLDERS.has(folder))) return false;
  const { stem, extension } = splitName(path);
  if (stem.startsWith('.') || !EXTENSIONS.has(extension)) return false;
  if (extension === 'html' || extension === 'htm') return folders.includes('_posts');
  return !OTHER_NAMES.has(stem.toLowerCase());
}

/** Jekyll keeps its drafts in a folder of their own. */
export function isInDraftFolder(path: string): boolean {
  return path.split('/').slice(0, -1).includes('_drafts');
}
