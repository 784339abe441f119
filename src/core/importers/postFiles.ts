// Which files of a folder may be posts; the rest of a site's folder is passed over without being read.

/** Formats of posts, then what archives of posts come in. */
const EXTENSIONS = new Set(
  (
    'md markdown mdown mkd mdx html htm xml rss atom rdf opml json jsonl ndjson jsonlines csv js car vtt srt sbv ttml dfxp txt ' +
    'zip tar tgz gz'
  ).split(' '),
);
const MARKDOWN = new Set(['md', 'markdown', 'mdown', 'mkd', 'mdx']);

const ARCHIVES = new Set(['zip', 'tar', 'tgz', 'gz', 'car']);
const BY_THEMSELVES = new Set([
  ...MARKDOWN,
  'html',
  'htm',
  'xml',
  'rss',
  'atom',
  'rdf',
  'opml',
  'jsonl',
  'ndjson',
  'jsonlines',
]);

/** Folders of site generators and tools that hold no posts. */
const OTHER_FOLDERS = new Set(
  '_layouts _includes _sass _data _site layouts archetypes themes i18n node_modules vendor __MACOSX'.split(' '),
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

/**
 * False for what is never a post when it comes with a folder. Pages of HTML are posts only where there is no Markdown, which they
 * would be made of; Jekyll has some among its posts.
 */
export function mayBePost(path: string, besideMarkdown: boolean): boolean {
  if (isChosenAlone(path)) return true;
  const folders = path.split('/').slice(0, -1);
  if (folders.some((folder) => folder.startsWith('.') || OTHER_FOLDERS.has(folder))) return false;
  const { stem, extension } = splitName(path);
  if (stem.startsWith('.') || !EXTENSIONS.has(extension)) return false;
  if (extension === 'html' || extension === 'htm') return !besideMarkdown || folders.includes('_posts');
  // Plain text beside posts is a note to the site, such as robots.txt.
  if (extension === 'txt') return false;
  if (extension === 'js') return isPostsOfX(path);
  return !OTHER_NAMES.has(stem.toLowerCase());
}

/** The archive of X is data in scripts, of which few hold posts; others have likes, messages, settings. */
export function isPostsOfX(path: string): boolean {
  return /(?:^|\/)(?:community-)?tweets?(?:-part\d+)?\.js$/.test(path);
}

/** False for the name of a folder in which no post lies, however deep. */
export function isFolderOfPosts(name: string): boolean {
  return !name.startsWith('.') && !OTHER_FOLDERS.has(name);
}

/** A file of a folder that may hold posts, and is no archive of some. */
export function isPostFile(path: string): boolean {
  return mayBePost(path, false) && !ARCHIVES.has(splitName(path).extension);
}

/** A file whose posts are its own alone: none of another file is read otherwise for it. */
export function isPostByItself(path: string): boolean {
  return BY_THEMSELVES.has(splitName(path).extension);
}

/** A file that may be a post in Markdown. */
export function isMarkdownPost(path: string): boolean {
  return MARKDOWN.has(splitName(path).extension) && mayBePost(path, false);
}

/** Jekyll keeps its drafts in a folder of their own. */
export function isInDraftFolder(path: string): boolean {
  return path.split('/').slice(0, -1).includes('_drafts');
}
